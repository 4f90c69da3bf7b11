"""The public history keeps every note, and says when and why a guide was away."""

import pytest
from django.test import Client

from articles.content import Content
from articles.models import Article, Publication
from articles.publishing import go_live, save_revision, withdraw
from articles.tests.factories import create_live_guide

pytestmark = pytest.mark.django_db
PAGE = "/guides/queues/changes/"


def save(article: Article, note: str):
    content = Content.of(article.revisions.newest_first()[0])
    return save_revision(article, content, author=None, note=note)


def test_notes_of_drafts_reach_the_history(client: Client) -> None:
    article = create_live_guide(slug="queues", note="First edition.")
    save(article, "Corrected the table.")
    save(article, "")
    go_live(save(article, "Shorter end."), actor=None)
    latest = Publication.objects.newest_first()[0]
    assert latest.note == "Corrected the table.\nShorter end."
    page = client.get(PAGE).text
    assert "Corrected the table.<br>Shorter end." in page
    assert page.count("First edition.") == 1


def test_an_old_revision_brings_only_its_own_note() -> None:
    article = create_live_guide(slug="queues", note="First edition.")
    first = article.revisions.get()
    go_live(save(article, "Second edition."), actor=None)
    article.refresh_from_db()
    first.article = article
    assert go_live(first, actor=None).note == "First edition."


def test_withdrawal_stands_in_the_history_once_the_guide_is_back(client: Client) -> None:
    article = create_live_guide(slug="queues", note="First edition.")
    withdraw(article, reason="A figure was <wrong>.")
    assert client.get(PAGE).status_code == 404
    article.refresh_from_db()
    go_live(save(article, "With the right figure."), actor=None)
    page = client.get(PAGE).text
    assert '<p class="label">Withdrawn</p>' in page
    assert "A figure was &lt;wrong&gt;." in page
    order = ["With the right figure.", "A figure was", "First edition."]
    assert sorted(order, key=page.index) == order
