"""Publishing at the desk: what may go live, what is refused, and that no word is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Publication, Revision
from articles.tests.desk import (
    ADD,
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
from articles.tests.factories import create_draft, create_live_guide
from evidence.tests.factories import create_claim

pytestmark = pytest.mark.django_db


def test_editor_publishes_a_new_guide(client):
    editor = sign_in(client, "Editor")

    response = client.post(ADD, new_guide(_publish="1"), follow=True)

    article = Article.objects.published().get()
    assert response.redirect_chain[-1][0] == change_url(article)
    assert "“Caching without tears” is live: view on site" in text_of(response)
    assert "successfully" not in text_of(response)  # one message is enough
    assert f'href="{article.get_absolute_url()}"' in html_of(response)
    assert Publication.objects.get().actor == editor
    assert "A request comes in" in text_of(client.get(article.get_absolute_url()))


def test_editor_publishes_changes_of_a_live_guide(client):
    sign_in(client, "Editor")
    article = create_live_guide()

    data = changed_guide(article, body="## Now\n\nFresh words.\n", note="Newer.", _publish="1")
    response = client.post(change_url(article), data, follow=True)

    assert "Readers see revision 2." in text_of(response)
    assert "Fresh words." in text_of(client.get(article.get_absolute_url()))
    assert "Newer." in text_of(client.get(f"{article.get_absolute_url()}changes/"))


def test_publishing_needs_the_right(client):
    author = sign_in(client, "Author")
    article = create_draft(created_by=author)

    response = client.post(change_url(article), changed_guide(article, _publish="1"))

    assert response.status_code == 403
    assert client.post(ADD, new_guide(_publish="1")).status_code == 403
    assert article.revisions.count() == 1
    assert not Article.objects.published().exists()


def test_author_is_not_offered_what_only_editors_may(client):
    author = sign_in(client, "Author")

    html = html_of(client.get(change_url(create_draft(created_by=author))))

    assert 'name="_publish"' not in html
    assert 'name="publish_at_0"' not in html


def test_missing_parts_are_named_beside_their_fields(client):
    sign_in(client, "Editor")
    empty = {"standfirst": "", "body": "", "takeaways_text": "", "byline": [], "next_review_on": ""}

    response = client.post(
        ADD, new_guide(**empty, faq_text="### Why?\n\nSo.\n", note="My note", _publish="1")
    )

    assert errors_at(response, "standfirst") == "Write the promise of the guide in a sentence."
    assert errors_at(response, "body") == "The body is empty."
    assert errors_at(response, "takeaways_text") == "Write at least one key takeaway."
    assert "Name at least one author" in errors_at(response, "byline")
    assert "looked at again" in errors_at(response, "next_review_on")
    assert value_of(response, "title") == "Caching without tears"
    assert value_of(response, "note") == "My note"
    assert text_in(response, "faq_text") == "### Why?\n\nSo.\n"
    assert not Article.objects.exists()


def test_missing_parts_and_a_bad_field_are_told_together(client):
    sign_in(client, "Editor")
    create_draft(slug="taken")

    response = client.post(ADD, new_guide(slug="taken", takeaways_text="", _publish="1"))

    assert errors_at(response, "slug") == "Another guide has this address already."
    assert errors_at(response, "takeaways_text") == "Write at least one key takeaway."


def test_title_is_needed_even_for_a_draft(client):
    sign_in(client, "Author")

    response = client.post(ADD, new_guide(title="", body="## Kept\n", _continue="1"))

    assert errors_at(response, "title") == "This field is required."
    assert text_in(response, "body") == "## Kept\n"


def test_all_markup_problems_are_named_with_their_lines(client):
    sign_in(client, "Editor")
    body = "## One\n\n#### Too deep\n\n[[claim:broken\n\n::: shout\nHey\n:::\n"

    response = client.post(ADD, new_guide(body=body, _publish="1"))

    errors = errors_at(response, "body")
    for line in ("Line 3:", "Line 5:", "Line 7:"):
        assert line in errors
    assert text_in(response, "body") == body
    assert not Article.objects.exists()


def test_problems_in_answers_are_named_beside_the_questions(client):
    sign_in(client, "Editor")
    faq = "### Why?\n\nSee [[claim:NO-1]].\n"

    response = client.post(ADD, new_guide(faq_text=faq, _publish="1"))

    assert "“Why?”: Line 1:" in errors_at(response, "faq_text")
    assert text_in(response, "faq_text") == faq


def test_unknown_claim_is_refused_with_its_line(client):
    sign_in(client, "Editor")
    body = "## One\n\nAbout [[claim:SO99-1]] of them.\n"

    response = client.post(ADD, new_guide(body=body, _publish="1"))

    assert "Line 3: no claim has the ID SO99-1" in errors_at(response, "body")
    assert text_in(response, "body") == body


def test_known_claim_goes_live_with_its_source(client):
    sign_in(client, "Editor")
    claim = create_claim(figure="14.2%")

    client.post(ADD, new_guide(body=f"## One\n\nIt is [[claim:{claim.key}]].\n", _publish="1"))

    page = text_of(client.get(Article.objects.get().get_absolute_url()))
    assert "It is 14.2%" in page
    assert claim.source.title in page


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        'Hi <img src="x" onerror="alert(1)">',
        '<iframe src="https://example.org/"></iframe>',
        "[click](javascript:alert(1))",
    ],
)
def test_hostile_html_is_refused_and_never_echoed_as_html(client, hostile):
    sign_in(client, "Editor")
    body = f"## One\n\n{hostile}\n"

    response = client.post(ADD, new_guide(body=body, _publish="1"))

    assert "Line 3:" in errors_at(response, "body")
    assert text_in(response, "body") == body
    assert hostile not in html_of(response) or "<" not in hostile
    assert not Article.objects.exists()


def test_duplicate_slug_is_refused(client):
    sign_in(client, "Author")
    create_draft(slug="caching-without-tears")

    response = client.post(ADD, new_guide(body="## Kept\n", _continue="1"))

    assert errors_at(response, "slug") == "Another guide has this address already."
    assert text_in(response, "body") == "## Kept\n"
    assert Article.objects.count() == 1


@pytest.mark.parametrize("button", ["_continue", "_publish"])
def test_two_megabytes_in_the_body_come_back_with_an_error(client, button):
    sign_in(client, "Editor")
    body = "A long paste. " * 150_000

    response = client.post(ADD, new_guide(body=body, **{button: "1"}))

    assert response.status_code == 200
    assert "The body has 2,100,000 characters; a guide may have 200,000." in errors_at(
        response, "body"
    )
    assert "empty" not in errors_at(response, "body")
    assert text_in(response, "body") == body
    assert value_of(response, "title") == "Caching without tears"
    assert not Article.objects.exists()
    assert not Revision.objects.exists()


def test_first_publication_can_be_scheduled(client):
    sign_in(client, "Editor")

    data = new_guide(publish_at_0="2999-05-01", publish_at_1="09:30:00", _publish="1")
    response = client.post(ADD, data, follow=True)

    article = Article.objects.get()
    assert "goes live on 1 May 2999, 09:30 UTC" in text_of(response)
    assert "Revision 1 goes live on 1 May 2999, 09:30 UTC." in text_of(response)
    assert "view on site" not in text_of(response).lower()
    assert client.get(article.get_absolute_url()).status_code == 404
    assert Article.objects.published(at=article.published_at).exists()


def test_scheduled_guide_keeps_its_time_when_it_is_published_again(client):
    sign_in(client, "Editor")
    moment = (timezone.now() + timedelta(days=3)).replace(microsecond=0)
    article = create_live_guide(at=moment)
    form = client.get(change_url(article))
    day, time = value_of(form, "publish_at_0"), value_of(form, "publish_at_1")

    data = changed_guide(article, publish_at_0=day, publish_at_1=time, _publish="1")
    client.post(change_url(article), data)

    article.refresh_from_db()
    assert article.published_at == moment
    assert article.live_revision.number == 2


def test_moment_that_has_passed_is_refused(client):
    sign_in(client, "Editor")

    response = client.post(
        ADD, new_guide(publish_at_0="2020-01-01", publish_at_1="09:00", _publish="1")
    )

    assert "This moment has passed." in errors_at(response, "publish_at")
    assert not Article.objects.exists()


def test_time_without_publishing_is_not_taken_for_a_schedule(client):
    sign_in(client, "Editor")

    data = new_guide(publish_at_0="2999-05-01", publish_at_1="09:30", _continue="1")
    response = client.post(ADD, data, follow=True)

    assert "the time counts once you press the button that publishes" in text_of(response)
    assert Article.objects.get().state == Article.State.DRAFT


def test_view_on_site_is_offered_only_while_live(client):
    sign_in(client, "Editor")
    draft, live = create_draft(), create_live_guide()
    scheduled = create_live_guide(at=timezone.now() + timedelta(days=1))

    assert "View on site" in text_of(client.get(change_url(live)))
    assert "View on site" not in text_of(client.get(change_url(draft)))
    assert "View on site" not in text_of(client.get(change_url(scheduled)))


def test_slug_is_fixed_once_the_guide_has_been_public(client):
    sign_in(client, "Editor")
    article = create_live_guide(slug="for-good")

    assert 'name="slug"' not in html_of(client.get(change_url(article)))
    client.post(change_url(article), changed_guide(article, slug="moved", _publish="1"))

    article.refresh_from_db()
    assert article.slug == "for-good"
    assert article.revisions.count() == 2
