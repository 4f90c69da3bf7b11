"""Where a source is used, as its page and the list of sources say."""

import pytest
from django.test import Client

from articles.tests.factories import create_draft, create_live_guide
from evidence.tests.factories import create_claim, create_source

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ledger() -> None:
    source = create_source(slug="study", title="Study")
    for key in ("ONE-01", "TWO-01", "NIL-01"):
        create_claim(key=key, source=source)
    both = "## It\n\nIt is [[claim:ONE-01]] and [[claim:TWO-01]].\n"
    create_live_guide(title="Zebras", slug="zebras", body=both)
    create_live_guide(title="Apes", slug="apes", faq=[("Why?", "See[[cite:ONE-01]].")])
    create_draft(title="Drafts", slug="drafts", body=both)


def record(page: str, key: str) -> str:
    return page.split(f'id="{key.lower()}"')[1].split("</li>", maxsplit=1)[0]


def test_each_statement_names_the_guides_that_use_it(client: Client) -> None:
    page = client.get("/sources/study/").text
    used = 'Used in <a href="/guides/apes/">Apes</a>, <a href="/guides/zebras/">Zebras</a></p>'
    assert used in record(page, "ONE-01")
    assert 'Used in <a href="/guides/zebras/">Zebras</a></p>' in record(page, "TWO-01")
    assert "No guide uses this yet." in record(page, "NIL-01")
    assert "Drafts" not in page


def test_list_counts_each_guide_once(client: Client) -> None:
    page = client.get("/sources/").text
    assert "<span>3 statements</span> <span>in 2 guides</span>" in page
