"""Withdrawing a guide: with a reason, by who may publish, and never for good."""

import pytest
from django.contrib.auth.models import Permission

from accounts.tests.factories import create_user
from articles.tests.desk import change_url, changed_guide, html_of, sign_in, text_of, value_of
from articles.tests.factories import create_draft, create_live_guide

pytestmark = pytest.mark.django_db


def page_of(article):
    return f"/admin/articles/article/{article.pk}/withdraw/"


def test_editor_withdraws_with_a_reason(client):
    sign_in(client, "Editor")
    article = create_live_guide()

    assert page_of(article) in html_of(client.get(change_url(article)))
    response = client.post(page_of(article), {"reason": "It is wrong."}, follow=True)

    page = text_of(response)
    assert "is withdrawn." in page
    assert "Reason: It is wrong." in page
    assert "Publish this text again" in html_of(response)
    assert "View on site" not in page
    assert client.get(article.get_absolute_url()).status_code == 404


def test_page_names_the_guides_that_link_here(client):
    sign_in(client, "Editor")
    article = create_live_guide()
    create_live_guide(title="A neighbour", body=f"## One\n\nSee [[guide:{article.slug}]].\n")

    page = text_of(client.get(page_of(article)))

    assert "These guides link to it" in page
    assert "A neighbour" in page


@pytest.mark.parametrize("reason", ["", "   "])
def test_reason_is_needed(client, reason):
    sign_in(client, "Editor")
    article = create_live_guide()

    response = client.post(page_of(article), {"reason": reason})

    assert "Say why the guide is withdrawn." in text_of(response)
    assert client.get(article.get_absolute_url()).status_code == 200


def test_too_long_a_reason_comes_back(client):
    sign_in(client, "Editor")
    article = create_live_guide()
    reason = "“Because” & so on. " * 20

    response = client.post(page_of(article), {"reason": reason})

    assert "Say it in at most 250 characters." in text_of(response)
    assert value_of(response, "reason") == reason
    assert client.get(article.get_absolute_url()).status_code == 200


def test_publishing_brings_the_guide_back(client):
    sign_in(client, "Editor")
    article = create_live_guide()
    client.post(page_of(article), {"reason": "For a day."})

    client.post(change_url(article), changed_guide(article, _publish="1"))

    assert client.get(article.get_absolute_url()).status_code == 200


def test_withdrawn_guide_is_not_withdrawn_again(client):
    sign_in(client, "Editor")
    article = create_live_guide()
    client.post(page_of(article), {"reason": "The true reason."})

    response = client.post(page_of(article), {"reason": "Another."}, follow=True)

    assert "is withdrawn already." in text_of(response)
    article.refresh_from_db()
    assert article.withdrawal_reason == "The true reason."


def test_draft_cannot_be_withdrawn(client):
    sign_in(client, "Editor")
    article = create_draft()

    assert page_of(article) not in html_of(client.get(change_url(article)))
    assert client.post(page_of(article), {"reason": "Why not?"}).status_code == 403


@pytest.mark.parametrize("role", ["Author", "Moderator", "Analyst"])
def test_right_is_needed(client, role):
    user = sign_in(client, role)
    article = create_live_guide(created_by=user)

    assert page_of(article) not in html_of(client.get(change_url(article)))
    assert client.get(page_of(article)).status_code == 403
    assert client.post(page_of(article), {"reason": "I want to."}).status_code == 403
    assert client.get(article.get_absolute_url()).status_code == 200


def test_who_may_change_every_guide_still_needs_the_right_to_withdraw(client):
    user = create_user(is_staff=True)
    wanted = ["view_article", "change_article", "change_any_article"]
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    client.force_login(user)
    article = create_live_guide()

    assert client.get(change_url(article)).status_code == 200
    assert client.post(page_of(article), {"reason": "I want to."}).status_code == 403
    assert client.get(article.get_absolute_url()).status_code == 200


def test_anonymous_is_refused(client):
    article = create_live_guide()

    assert "/login/" in client.post(page_of(article), {"reason": "Hi."})["Location"]
    assert client.get(article.get_absolute_url()).status_code == 200
