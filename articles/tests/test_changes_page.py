"""The public history of a guide."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import views
from articles.content import Content
from articles.models import Article
from articles.publishing import go_live, save_revision
from articles.tests.factories import create_draft, create_live_guide

pytestmark = pytest.mark.django_db


def put_live(article: Article, *, note: str, is_notable: bool = True) -> None:
    content = Content.of(article.revisions.newest_first()[0])
    revision = save_revision(article, content, author=None, note=note, is_notable=is_notable)
    go_live(revision, actor=None)


def notes(client: Client, slug: str) -> list[str]:
    page = client.get(f"/guides/{slug}/changes/").text
    return re.findall(r"</p>\n<p>([^<]*)</p>\n</li>", page)


def test_history_newest_first_with_kind_and_note(client: Client) -> None:
    guide = create_live_guide(title="Queues & lines", slug="queues")
    put_live(guide, note="New <figures>.")
    put_live(guide, note="Spelling.", is_notable=False)
    put_live(guide, note="")
    page = client.get("/guides/queues/changes/").text
    assert notes(client, "queues") == [
        "No note was left.",
        "Spelling.",
        "New &lt;figures&gt;.",
        "First edition.",
    ]
    kinds = re.findall(r'<p class="label">(Revision \d) · (\w+) · ', page)
    assert kinds == [
        ("Revision 4", "notable"),
        ("Revision 3", "minor"),
        ("Revision 2", "notable"),
        ("Revision 1", "notable"),
    ]
    assert '<a href="/guides/queues/">Queues &amp; lines</a>' in page
    assert re.search(r'<time datetime="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+]00:?00">', page)


def test_saved_drafts_stay_private(client: Client) -> None:
    guide = create_live_guide(slug="queues")
    content = Content.of(guide.revisions.get())
    save_revision(guide, content, author=None, note="A secret plan.")
    assert notes(client, "queues") == ["First edition."]


def test_history_does_not_tell_what_lies_ahead(client: Client) -> None:
    """A guide that was scheduled, then published at once, went live once."""
    article = create_draft(slug="queues", note="First edition.")
    revision = article.revisions.get()
    go_live(revision, actor=None, at=timezone.now() + timedelta(days=1))
    go_live(revision, actor=None)
    assert notes(client, "queues") == ["First edition."]
    assert article.publications.count() == 1


def test_pages_of_the_history(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "CHANGES_PER_PAGE", 1)
    guide = create_live_guide(slug="queues")
    put_live(guide, note="Second edition.")
    assert notes(client, "queues") == ["Second edition."]
    assert 'href="?page=2"' in client.get("/guides/queues/changes/").text
    assert "First edition." in client.get("/guides/queues/changes/?page=2").text
    assert client.get("/guides/queues/changes/?page=3").status_code == 404
