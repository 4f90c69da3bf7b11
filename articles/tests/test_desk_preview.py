"""The preview: the text of the form as a reader would see it, and nothing stored."""

import pytest

from accounts.tests.factories import create_user
from articles.models import Article, Revision
from articles.tests.desk import ADD, PREVIEW, change_url, html_of, new_guide, sign_in, text_of
from articles.tests.factories import create_draft, create_live_guide
from evidence.tests.factories import create_claim

pytestmark = pytest.mark.django_db


def test_form_offers_a_preview_that_needs_no_script(client):
    sign_in(client, "Author")

    html = html_of(client.get(ADD))

    assert f'formaction="{PREVIEW}"' in html
    assert 'formtarget="guide-preview"' in html
    assert 'name="guide-preview"' in html


def test_plain_post_shows_the_guide_and_stores_nothing(client):
    sign_in(client, "Author")
    claim = create_claim(figure="14.2%")
    body = f"## One\n\nIt is [[claim:{claim.key}]].\n"

    response = client.post(PREVIEW, new_guide(body=body, faq_text="### Why?\n\nSo.\n"))

    page = text_of(response)
    assert "Preview for the desk. Readers see only what was published." in page
    for part in ("Caching without tears", "It is 14.2%", claim.source.title, "Why?", "Ada Writer"):
        assert part in page
    assert not Article.objects.exists()
    assert not Revision.objects.exists()


def test_preview_may_be_framed_by_the_own_site_only(client):
    sign_in(client, "Author")

    response = client.post(PREVIEW, new_guide())

    assert response["X-Frame-Options"] == "SAMEORIGIN"
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_other_pages_of_the_desk_may_not_be_framed(client):
    sign_in(client, "Author")

    response = client.get(ADD)

    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_half_a_guide_can_be_previewed(client):
    sign_in(client, "Author")

    response = client.post(PREVIEW, {"title": "", "body": "## Begun\n"})

    assert "Without a title" in text_of(response)
    assert "Begun" in text_of(response)


def test_problems_are_listed_with_their_lines(client):
    sign_in(client, "Author")

    response = client.post(PREVIEW, new_guide(body="## One\n\n<b>x</b> [[claim:NO-1]]\n"))

    assert response.status_code == 200
    assert "The text cannot be shown yet" in text_of(response)
    assert "Line 3:" in text_of(response)
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_problems_of_questions_are_listed(client):
    sign_in(client, "Author")

    response = client.post(PREVIEW, new_guide(faq_text="### Why?\n"))

    assert "Questions and answers Line 1: “Why?” has no answer below it." in text_of(response)


def test_two_megabytes_are_answered_with_a_message(client):
    sign_in(client, "Author")

    response = client.post(PREVIEW, new_guide(body="x" * 2_000_000))

    assert response.status_code == 200
    assert "The body has 2,000,000 characters" in text_of(response)


def test_hostile_title_is_shown_as_words(client):
    sign_in(client, "Author")

    response = client.post(PREVIEW, new_guide(title="<script>alert(1)</script>"))

    assert "<script>alert(1)</script>" not in html_of(response)
    assert "<script>alert(1)</script>" in text_of(response)


def test_by_get_it_says_what_to_do(client):
    sign_in(client, "Author")

    assert "Press “Refresh the preview”" in text_of(client.get(PREVIEW))


def test_by_get_it_shows_the_latest_revision_of_a_guide(client):
    author = sign_in(client, "Author")
    article = create_draft(title="As saved", created_by=author)
    address = f"{PREVIEW}?guide={article.pk}"

    assert f'src="{address}"' in html_of(client.get(change_url(article)))
    assert "As saved" in text_of(client.get(address))


def test_moderator_reads_the_saved_guide_but_previews_no_text(client):
    sign_in(client, "Moderator")
    article = create_live_guide(title="As saved")

    assert "As saved" in text_of(client.get(f"{PREVIEW}?guide={article.pk}"))
    assert client.post(f"{PREVIEW}?guide={article.pk}", new_guide()).status_code == 403
    assert client.post(PREVIEW, new_guide()).status_code == 403


def test_draft_of_another_is_not_previewed(client):
    sign_in(client, "Author")
    article = create_draft(created_by=create_user(role="Author"))

    assert client.get(f"{PREVIEW}?guide={article.pk}").status_code == 403
    assert client.post(f"{PREVIEW}?guide={article.pk}", new_guide()).status_code == 403


def test_guide_that_is_not_there_is_not_found(client):
    sign_in(client, "Editor")

    assert client.get(f"{PREVIEW}?guide=4711").status_code == 404


def test_anonymous_gets_no_preview(client):
    for response in (client.get(PREVIEW), client.post(PREVIEW, new_guide())):
        assert response.status_code == 302
        assert "/login/" in response["Location"]
