"""Drafts at the desk: who writes them, what saving does, and how one is thrown away."""

from urllib.parse import quote

import pytest

from accounts.tests.factories import create_user
from articles.content import Content
from articles.models import Article
from articles.tests.desk import (
    ADD,
    LIST,
    change_url,
    changed_guide,
    errors_at,
    html_of,
    new_guide,
    sign_in,
    text_in,
    text_of,
    value_of,
)
from articles.tests.factories import (
    create_category,
    create_contributor,
    create_draft,
    create_live_guide,
    create_tag,
)

pytestmark = pytest.mark.django_db


def test_anonymous_is_sent_to_sign_in(client):
    response = client.get(ADD, follow=True)

    assert response.redirect_chain[-1][0].startswith("/account/login/?next=")
    assert quote(ADD, safe="") in response.redirect_chain[-1][0]


def test_reader_without_a_role_cannot_open_the_desk(client):
    client.force_login(create_user())

    assert client.get(ADD, follow=True).status_code == 403
    assert client.get(LIST, follow=True).status_code == 403


def test_author_writes_a_draft(client):
    author = sign_in(client, "Author", name="Arno")

    response = client.post(ADD, new_guide(_continue="1"), follow=True)

    article = Article.objects.get()
    revision = article.revisions.get()
    assert article.state == Article.State.DRAFT
    assert article.created_by == author
    assert revision.author == author
    assert revision.note == "First edition."
    assert Content.of(revision).body == text_in(response, "body")
    assert "Revision 1, saved" in text_of(response)
    assert "by Arno" in text_of(response)
    assert "Nothing is missing: it can go live." in text_of(response)
    assert client.get(article.get_absolute_url()).status_code == 404


def test_empty_slug_is_made_from_the_title(client):
    sign_in(client, "Author")

    response = client.post(ADD, new_guide(title="What is a Queue?", _continue="1"), follow=True)

    assert value_of(response, "slug") == "what-is-a-queue"


def test_title_without_latin_letters_needs_an_address_by_hand(client):
    sign_in(client, "Author")

    response = client.post(ADD, new_guide(title="后端是什么", _continue="1"))

    assert "Write an address" in errors_at(response, "slug")
    assert value_of(response, "title") == "后端是什么"
    assert not Article.objects.exists()


def test_title_and_category_are_enough_for_a_draft(client):
    sign_in(client, "Author")
    data = {"title": "Only a plan", "category": create_category().pk, "level": "beginner"}

    response = client.post(ADD, {**data, "position": "100", "_continue": "1"}, follow=True)

    page = text_of(response)
    assert Article.objects.get().title == "Only a plan"
    assert "missing before it can go live" in page
    for wish in ("The body is empty.", "Name at least one author", "one key takeaway"):
        assert wish in page


def test_draft_with_bad_markdown_is_saved_and_the_lines_are_named(client):
    sign_in(client, "Author")
    body = "## One\n\nSee [[claim:NO-1]].\n"

    response = client.post(ADD, new_guide(body=body, _continue="1"), follow=True)

    assert Content.of(Article.objects.get().revisions.get()).body == body
    assert "Saved as a draft. 1 thing is missing" in text_of(response)
    assert "Line 3:" in text_of(response)


def test_authors_stand_in_the_order_in_which_they_were_chosen(client):
    sign_in(client, "Author")
    ada, zoe = create_contributor(name="Ada"), create_contributor(name="Zoe")

    client.post(ADD, new_guide(byline=[zoe.pk, ada.pk], _continue="1"))

    assert Article.objects.get().author_names == ["Zoe", "Ada"]


def test_questions_that_cannot_be_read_come_back_with_the_line(client):
    sign_in(client, "Author")
    faq = "### Why?\n\nBecause.\n\n### And how?\n"

    response = client.post(ADD, new_guide(faq_text=faq, _continue="1"))

    assert "Line 5: “And how?” has no answer below it." in errors_at(response, "faq_text")
    assert text_in(response, "faq_text") == faq
    assert not Article.objects.exists()


def test_author_saves_the_own_draft_again(client):
    author = sign_in(client, "Author")
    article = create_draft(created_by=author)
    tag = create_tag(name="Servers")

    data = changed_guide(article, title="A better title", tags=[tag.pk], _continue="1")
    response = client.post(change_url(article), data, follow=True)

    article.refresh_from_db()
    assert article.title == "A better title"
    assert list(article.tags.all()) == [tag]
    assert [revision.number for revision in article.revisions.newest_first()] == [2, 1]
    assert value_of(response, "based_on") == "2"


def test_author_gets_nothing_of_the_draft_of_another(client):
    sign_in(client, "Author")
    article = create_draft(title="Not yours", created_by=create_user(role="Author"))

    assert client.get(change_url(article)).status_code == 403
    assert client.post(change_url(article), changed_guide(article)).status_code == 403
    assert "Not yours" not in text_of(client.get(LIST))
    assert article.revisions.count() == 1


def test_author_reads_a_live_guide_but_cannot_change_it(client):
    author = sign_in(client, "Author")
    article = create_live_guide(created_by=author, body="## Open to all\n\nWords.\n")

    response = client.get(change_url(article))

    assert "## Open to all" in text_of(response)
    assert "Save draft" not in html_of(response)
    assert client.post(change_url(article), changed_guide(article)).status_code == 403
    assert article.revisions.count() == 1


@pytest.mark.parametrize("role", ["Moderator", "Analyst"])
def test_who_only_reads_along_sees_public_guides_without_buttons(client, role):
    sign_in(client, role)
    article = create_live_guide(body="## Open to all\n\nWords.\n")

    response = client.get(change_url(article))

    assert "## Open to all" in text_of(response)
    assert "Save draft" not in html_of(response)
    assert "Refresh the preview" not in html_of(response)
    assert client.post(change_url(article), changed_guide(article)).status_code == 403
    assert client.get(ADD).status_code == 403
    assert client.get(change_url(create_draft())).status_code == 403


def test_editor_changes_the_draft_of_an_author(client):
    sign_in(client, "Editor")
    article = create_draft(created_by=create_user(role="Author"))

    response = client.post(
        change_url(article), changed_guide(article, title="Edited", _continue="1"), follow=True
    )

    assert value_of(response, "title") == "Edited"


def test_saving_a_live_guide_changes_nothing_for_readers(client):
    sign_in(client, "Editor")
    article = create_live_guide(title="As it was")
    before = client.get(article.get_absolute_url()).content

    data = changed_guide(article, title="As it will be", body="## New\n\nText.\n", _continue="1")
    response = client.post(change_url(article), data, follow=True)

    assert "Readers see revision 1." in text_of(response)
    assert "Revision 2 below waits to be published." in text_of(response)
    assert value_of(response, "title") == "As it will be"
    assert client.get(article.get_absolute_url()).content == before


def test_form_shows_the_latest_revision_and_not_the_public_row(client):
    sign_in(client, "Editor")
    article = create_live_guide()
    shelf = create_category(name="Another shelf")

    client.post(change_url(article), changed_guide(article, category=shelf.pk, _continue="1"))

    assert f'<option value="{shelf.pk}" selected>' in html_of(client.get(change_url(article)))


def test_draft_is_deleted(client):
    author = sign_in(client, "Author")
    article = create_draft(created_by=author)
    delete_url = f"/admin/articles/article/{article.pk}/delete/"

    assert delete_url in html_of(client.get(change_url(article)))
    client.post(delete_url, {"post": "yes"})

    assert not Article.objects.exists()


def test_what_was_public_cannot_be_deleted(client):
    sign_in(client, "Editor")
    article = create_live_guide()
    delete_url = f"/admin/articles/article/{article.pk}/delete/"

    assert delete_url not in html_of(client.get(change_url(article)))
    assert client.post(delete_url, {"post": "yes"}).status_code == 403
    assert Article.objects.exists()


def test_author_cannot_delete_the_draft_of_another(client):
    sign_in(client, "Author")
    article = create_draft()

    response = client.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"})

    assert response.status_code == 403
    assert Article.objects.exists()
