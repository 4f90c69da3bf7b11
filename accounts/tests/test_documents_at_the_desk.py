"""A new version at the desk: looked at first, then published for good."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils.html import strip_tags

from accounts.models import Document, DocumentVersion
from accounts.tests.factories import create_user
from accounts.tests.papers import WORDS, put, today

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/documentversion/"
ADD = f"{LIST}add/"


def text_of(response):
    return " ".join(unescape(strip_tags(response.content.decode())).split())


@pytest.fixture
def boss(client):
    user = create_user(role="Administrator")
    client.force_login(user)
    return user


def filled(**changes):
    fields = {
        "document": "terms",
        "text": WORDS.replace("Reading is free.", "Reading is free for all."),
        "change": "Free for all.",
        "is_notable": "on",
        "in_force_from": str(today() + timedelta(days=14)),
    }
    return {**fields, **changes}


def look(client, **changes):
    """Look at a version; return the page and the form with its token."""
    fields = filled(**changes)
    response = client.post(ADD, {**fields, "_look": "1"})
    token = re.search(r'name="seen" value="([^"]+)"', response.content.decode())
    return response, {**fields, "seen": token[1] if token else "", "_save": "1"}


def test_form_begins_with_the_text_in_force(client, boss):
    put()

    page = client.get(f"{ADD}?document=terms")

    assert "Reading is free." in text_of(page)
    assert f'value="{today() + timedelta(days=14):%d/%m/%Y}"' in page.content.decode()


def test_look_shows_text_changes_and_who_is_asked_and_publishes_nothing(client, boss):
    put()

    response, _ = look(client)

    assert "Terms, version 2, as readers will see it" in text_of(response)
    assert "1 account is asked to agree" in text_of(response)
    assert "told by letter as soon as it is published" in text_of(response)
    assert "<ins>free for all." in response.content.decode()
    assert DocumentVersion.objects.count() == 1


def test_what_was_looked_at_is_published(client, boss):
    put()
    _, form = look(client)

    response = client.post(ADD, form)

    assert response.status_code == 302
    version = DocumentVersion.objects.get(number=2)
    assert "<p>Reading is free for all.</p>" in version.html
    assert version.library_digest == ""


def test_nothing_is_published_unseen(client, boss):
    response = client.post(ADD, {**filled(), "_save": "1"})

    assert "Nothing is published yet." in text_of(response)
    assert not DocumentVersion.objects.exists()


def test_other_words_than_those_looked_at_are_looked_at_again(client, boss):
    _, form = look(client)

    response = client.post(ADD, {**form, "text": "Something else."})

    assert "Nothing is published yet." in text_of(response)
    assert not DocumentVersion.objects.exists()


def test_version_that_somebody_else_published_meanwhile_is_looked_at_again(client, boss):
    _, form = look(client)
    put(text="Theirs.\n")

    response = client.post(ADD, form)

    assert "Terms, version 2, as readers will see it" in text_of(response)
    assert DocumentVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"text": ""}, "This field is required"),
        ({"text": "<b>Bold</b>"}, "Line 1"),
        ({"text": WORDS}, "These are the words of version 1."),
        ({"change": ""}, "This field is required"),
        ({"change": "x" * 401}, "at most 400"),
        ({"document": "cookies"}, "not one of the available choices"),
        ({"in_force_from": "2020-01-01"}, "cannot begin in the past"),
        ({"in_force_from": "soon"}, "Enter a valid date"),
    ],
)
def test_what_cannot_stand_is_refused_with_the_words_kept(client, boss, changes, problem):
    put()

    response = client.post(ADD, {**filled(), **changes, "_look": "1"})

    assert problem in text_of(response)
    assert DocumentVersion.objects.count() == 1
    assert {**filled(), **changes}["change"] in text_of(response)


def test_version_cannot_begin_before_the_one_it_replaces(client, boss):
    put(days=20)

    response, _ = look(client)

    assert "Version 1 begins later than that." in text_of(response)


def test_first_version_is_notable_even_if_nobody_said_so(client, boss):
    fields = filled()
    del fields["is_notable"]
    token_page = client.post(ADD, {**fields, "_look": "1"})
    (token,) = re.findall(r'name="seen" value="([^"]+)"', token_page.content.decode())

    client.post(ADD, {**fields, "seen": token, "_save": "1"})

    assert DocumentVersion.objects.get().is_notable


def test_privacy_version_takes_the_table_with_it(client, boss):
    _, form = look(client, document="privacy")
    client.post(ADD, form)

    version = DocumentVersion.objects.get(document=Document.PRIVACY)
    assert {"what", "why", "how_long"} == set(version.keepings[0])


def test_published_version_is_shown_and_cannot_be_touched(client, boss):
    version = put()
    page = f"{LIST}{version.pk}/"

    shown = client.get(f"{page}change/")

    assert "Reading is free." in text_of(shown)
    assert "Look at it" not in shown.content.decode()
    assert "<textarea" not in shown.content.decode()
    assert client.post(f"{page}change/", filled()).status_code == 403
    assert client.post(f"{page}delete/", {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": version.pk, "post": "yes"}
    client.post(LIST, chosen)
    assert DocumentVersion.objects.count() == 1


@pytest.mark.parametrize("role", ["Author", "Editor", "Moderator", "Analyst"])
def test_only_administrators_publish(client, role):
    client.force_login(create_user(role=role))

    assert client.get(LIST).status_code == 403
    assert client.post(ADD, filled()).status_code == 403
