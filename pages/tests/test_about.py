"""The about page: how a statement gets onto the site, with the counts of the day."""

import pytest
from django.test import Client

from articles.tests.factories import create_draft, create_live_guide
from evidence.tests.factories import create_claim, create_source

pytestmark = pytest.mark.django_db


def test_counts_come_from_the_ledger(client: Client) -> None:
    source = create_source()
    create_source()  # nothing rests on it
    for confidence in ("primary", "secondary", "secondary", "unverified"):
        create_claim(source=source, confidence=confidence)
    create_live_guide()
    create_live_guide()
    create_draft()
    page = client.get("/about/").text
    assert "The ledger holds 4 statements from 1 source" in page
    assert "publisher’s own text before us. 1 statement.</dd>" in page
    assert "quotes the source. 2 statements.</dd>" in page
    assert "waiting for a source. 1 statement.</dd>" in page
    assert "Each of the 2 guides" in page


def test_an_empty_site_has_an_about_page(client: Client) -> None:
    response = client.get("/about/")
    assert response.status_code == 200
    assert "<h1>About Backend Guide</h1>" in response.text
