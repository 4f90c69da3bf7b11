"""The revisions of a guide at the desk: listed, compared, brought back."""

import pytest

from accounts.tests.factories import create_user
from articles.content import Content
from articles.models import Category
from articles.publishing import save_revision
from articles.tests.desk import change_url, html_of, sign_in, text_in, text_of
from articles.tests.factories import create_category, create_draft, create_live_guide

pytestmark = pytest.mark.django_db


def pages_of(article):
    base = f"/admin/articles/article/{article.pk}"
    return f"{base}/revisions/", f"{base}/restore/"


def write(article, *, author=None, note="", is_notable=True, **changes):
    """Save one more revision with some parts changed."""
    content = Content.of(article.revisions.newest_first()[0])
    changed = Content(**{**content.__dict__, **changes})
    return save_revision(article, changed, author=author, note=note, is_notable=is_notable)


def test_revisions_are_listed_newest_first(client):
    editor = sign_in(client, "Editor", name="Edda")
    article = create_live_guide(note="First edition.")
    write(article, author=editor, note="Commas", is_notable=False, body="## Other\n")
    revisions, _ = pages_of(article)

    page = text_of(client.get(revisions))

    assert revisions in html_of(client.get(change_url(article)))
    assert page.index("Commas") < page.index("First edition.")
    for words in ("Edda", "minor", "notable", "Starter library", "Live"):
        assert words in page


def test_a_revision_is_compared_with_the_one_before(client):
    sign_in(client, "Editor")
    article = create_draft(body="## Same\n\nOld words.\n\n---\n")
    write(article, body="## Same\n\nNew <b>words</b>.\n")
    revisions, _ = pages_of(article)

    html = html_of(client.get(revisions, {"number": "2"}))

    assert "What revision 2 changed" in html
    assert '<span class="desk-difference__place">@@ ' in html
    assert '<span class="desk-difference__removed">- Old words.' in html
    assert '<span class="desk-difference__removed">- ---' in html
    assert '<span class="desk-difference__added">+ New &lt;b&gt;words&lt;/b&gt;.' in html


def test_first_revision_is_all_new(client):
    sign_in(client, "Editor")
    article = create_draft(title="Begun", faq=[("Why?", "So.")])
    revisions, _ = pages_of(article)

    page = text_of(client.get(revisions, {"number": "1"}))

    assert "+ Begun" in page
    assert "+ ### Why?" in page


@pytest.mark.parametrize("number", ["9", "x", "", "1" * 30])
def test_number_that_is_no_revision_shows_the_list_alone(client, number):
    sign_in(client, "Editor")
    revisions, _ = pages_of(create_draft())

    response = client.get(revisions, {"number": number})

    assert response.status_code == 200
    assert "What revision" not in text_of(response)


def test_old_revision_is_brought_back_and_nothing_is_lost(client):
    editor = sign_in(client, "Editor")
    article = create_live_guide(body="## First\n\nWords.\n")
    write(article, body="## Second\n\nWords.\n")
    _, restore = pages_of(article)

    response = client.post(restore, {"number": "1"}, follow=True)

    assert "Revision 3 repeats revision 1." in text_of(response)
    assert text_in(response, "body") == "## First\n\nWords.\n"
    latest = article.revisions.newest_first()[0]
    assert (latest.number, latest.author, latest.note) == (3, editor, "Back to revision 1")
    article.refresh_from_db()
    assert article.live_revision.number == 1


def test_revision_on_a_shelf_that_is_gone_comes_back_to_the_present_one(client):
    sign_in(client, "Editor")
    shelf = create_category()
    article = create_draft(category=shelf)
    write(article, category=create_category(name="Present").slug)
    Category.objects.filter(pk=shelf.pk).delete()
    _, restore = pages_of(article)

    response = client.post(restore, {"number": "1"}, follow=True)

    assert response.status_code == 200
    article.refresh_from_db()
    assert article.category.name == "Present"


@pytest.mark.parametrize("number", ["9", "x", ""])
def test_what_is_not_there_is_not_brought_back(client, number):
    sign_in(client, "Editor")
    article = create_draft()
    _, restore = pages_of(article)

    assert client.post(restore, {"number": number}).status_code == 404
    assert article.revisions.count() == 1


def test_bringing_back_is_no_link(client):
    sign_in(client, "Editor")
    article = create_draft()
    _, restore = pages_of(article)

    assert client.get(restore).status_code == 405
    assert article.revisions.count() == 1


def test_reading_is_for_staff_and_bringing_back_for_who_may_change(client):
    article = create_live_guide()
    write(article, body="## Other\n")
    revisions, restore = pages_of(article)

    sign_in(client, "Moderator")

    html = html_of(client.get(revisions))
    assert "Bring back" not in html
    assert client.post(restore, {"number": "1"}).status_code == 403
    assert article.revisions.count() == 2


def test_draft_of_another_stays_closed(client):
    sign_in(client, "Author")
    revisions, restore = pages_of(create_draft(created_by=create_user(role="Author")))

    assert client.get(revisions).status_code == 403
    assert client.post(restore, {"number": "1"}).status_code == 403


def test_anonymous_is_refused(client):
    article = create_live_guide()
    for address in pages_of(article):
        assert "/login/" in client.post(address, {"number": "1"})["Location"]
    assert article.revisions.count() == 1


def test_guide_that_is_not_there_is_not_found(client):
    sign_in(client, "Editor")

    assert client.get("/admin/articles/article/4711/revisions/").status_code == 404
    assert client.post("/admin/articles/article/4711/restore/").status_code == 404
