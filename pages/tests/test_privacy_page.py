"""The privacy page against what the software does, with the texts that come with it."""

import re
from datetime import timedelta
from html import unescape
from shutil import copytree

import pytest
from django.conf import settings

import accounts.library
from accounts.models import Document
from comments.appeals import APPEAL_WITHIN
from comments.house_rules import HOUSE_RULES
from comments.posting import ADDRESS_KEPT
from core import retention
from core.library import Report
from pages.tests.small_library import load, write_library

pytestmark = pytest.mark.django_db

PRIVACY = accounts.library.read(settings.CONTENT_DIR, Document.PRIVACY)


@pytest.fixture
def _texts():
    accounts.library.load(settings.CONTENT_DIR, Report())


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_privacy_text_was_written_for_this_table():
    """Whoever changes what is kept must look at the privacy text, and raise its number."""
    assert PRIVACY.head["table"] == retention.digest(), (
        "What is kept, or how long, has changed. Read content/policies/privacy.md, give it the "
        f"next number and say what changed; then write table: {retention.digest()}"
    )


@pytest.mark.usefixtures("_texts")
def test_table_is_printed_as_the_purge_carries_it_out(client):
    shown = text_of(client.get("/privacy/"))

    assert len(retention.table()) > 25
    for row in retention.table():
        assert f"{row.what} {row.how_long}. {row.why}" in shown


@pytest.mark.usefixtures("_texts")
def test_table_follows_the_code_at_once(client, monkeypatch):
    row = retention.Keeping("x.y", "Crumbs", "For birds.", 3 * retention.DAY, "tea", "", len)
    monkeypatch.setitem(retention._keepings, "x.y", row)

    assert "Crumbs 3 days after tea." in text_of(client.get("/privacy/"))
    assert "Crumbs" not in text_of(client.get("/privacy/versions/1/"))  # as it was promised then


@pytest.mark.usefixtures("_texts")
def test_only_the_privacy_page_has_the_table(client):
    assert "What we keep" not in text_of(client.get("/terms/"))


@pytest.mark.usefixtures("_texts")
def test_reasons_of_the_rules_are_those_of_the_moderators(client):
    shown = text_of(client.get("/community-rules/"))

    assert [rule.name for rule in HOUSE_RULES if f"{rule.name}." not in shown] == []
    assert shown.count("What is neither about the guide") == 1


def test_spans_that_the_texts_name_are_those_of_the_code():
    assert f"for {ADDRESS_KEPT.days} days" in PRIVACY.text
    assert "24 hours" in PRIVACY.text
    assert timedelta(days=180) == APPEAL_WITHIN
    assert "within six months" in accounts.library.read(
        settings.CONTENT_DIR, Document.COMMUNITY_RULES
    ).text.replace("\n", " ")


@pytest.mark.parametrize("document", list(Document))
@pytest.mark.usefixtures("_texts")
def test_every_link_of_the_texts_leads_somewhere(client, document):
    html = client.get(document.url).content.decode()
    text = html.partition('<div class="prose">')[2].partition("</main>")[0]

    for address in set(re.findall(r'href="(/[^"#]*)', text)):
        assert client.get(address).status_code in {200, 302}, address


def test_library_brings_the_texts_and_a_check_of_it_does_not(client, tmp_path):
    root = write_library(tmp_path)
    copytree(settings.CONTENT_DIR / "policies", root / "policies")

    load(root, "--check")
    assert "No text is published" in text_of(client.get("/terms/"))

    load(root)
    assert "How comments are moderated" in text_of(client.get("/terms/"))
