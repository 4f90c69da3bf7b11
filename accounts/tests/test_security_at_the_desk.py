"""Security of people at the desk: a look, and the taking off of a lost second factor."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry

from accounts.tests.entering import is_signed_in, letters_to, words
from accounts.tests.factories import PASSWORD, create_user
from accounts.tests.guarding import (
    SECRET,
    browser,
    give_app,
    person,
    sign_in,
    sign_in_with_code,
)
from accounts.tests.test_desk import PEOPLE

pytestmark = pytest.mark.django_db
REASON = "Called back on the number we know, and she told me her last guide."


@pytest.fixture
def nora():
    """An editor with an app."""
    user = person(email="nora@example.org", role="Editor")
    give_app(user)
    return user


@pytest.fixture
def administrator(client):
    """Who looks after people, and is signed in."""
    user = person(role="Administrator")
    client.force_login(user)
    return user


def page_of(user):
    return f"{PEOPLE}{user.pk}/change/"


def reset_page(user):
    return f"{PEOPLE}{user.pk}/second-factor/"


def has_factor(user):
    return Authenticator.objects.filter(user=user).exists()


def test_page_of_a_person_says_how_they_are_protected(client, administrator, nora):
    sign_in_with_code(browser(), nora)

    response = client.get(page_of(nora))

    text = words(response)
    assert "authenticator app, 10 recovery codes left" in text
    assert "1 device" in text
    assert reset_page(nora) in response.text
    assert SECRET not in response.text


def test_person_without_a_factor_has_nothing_to_take_off(client, administrator):
    user = person()

    response = client.get(page_of(user))

    assert reset_page(user) not in response.text


def test_factor_is_taken_off_with_a_reason(client, administrator, nora):
    theirs = browser()
    sign_in_with_code(theirs, nora)
    assert "Make sure first that it is really them" in words(client.get(reset_page(nora)))
    assert has_factor(nora)

    response = client.post(reset_page(nora), {"reason": REASON}, follow=True)

    assert "has no second factor now, and was told by letter" in words(response)
    assert not has_factor(nora)
    assert not is_signed_in(theirs)
    sign_in(theirs, nora)
    assert is_signed_in(theirs)


def test_person_is_told_who_it_was_not(client, administrator, nora):
    client.post(reset_page(nora), {"reason": REASON})

    (letter,) = letters_to("nora@example.org")
    body = " ".join(letter.body.replace("> ", "").split())
    assert "second factor" in letter.subject
    assert REASON in body
    assert "http://localhost:8000/account/security/" in body
    assert administrator.email not in letter.body


def test_log_of_the_desk_keeps_who_and_why(client, administrator, nora):
    client.post(reset_page(nora), {"reason": REASON})

    entry = LogEntry.objects.latest("pk")
    assert (entry.user, entry.object_id) == (administrator, str(nora.pk))
    assert REASON in entry.change_message


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_reason_is_asked_for(client, administrator, nora, reason):
    response = client.post(reset_page(nora), {"reason": reason})

    assert response.status_code == 200
    assert "errorlist" in response.text
    assert reason.strip() in response.text
    assert has_factor(nora)


def test_nobody_takes_the_own_off_here(client, administrator):
    give_app(administrator)

    assert client.post(reset_page(administrator), {"reason": REASON}).status_code == 403
    assert has_factor(administrator)


def test_administrator_does_not_touch_a_superuser(client, administrator):
    owner = person(is_superuser=True)
    give_app(owner)

    assert client.get(reset_page(owner)).status_code == 403
    assert client.post(reset_page(owner), {"reason": REASON}).status_code == 403
    assert has_factor(owner)


@pytest.mark.parametrize("role", ["Author", "Editor", "Moderator", "Analyst"])
def test_other_roles_take_nothing_off(client, nora, role):
    client.force_login(create_user(role=role))

    assert client.post(reset_page(nora), {"reason": REASON}).status_code == 403
    assert has_factor(nora)


def test_strangers_and_members_take_nothing_off(client, nora):
    assert client.post(reset_page(nora), {"reason": REASON}).status_code == 302
    client.force_login(create_user())
    assert client.post(reset_page(nora), {"reason": REASON}).status_code == 302
    assert has_factor(nora)


def test_person_who_is_not_there(client, administrator):
    assert client.get(f"{PEOPLE}999999/second-factor/").status_code == 404


@pytest.mark.parametrize(
    "page",
    [
        "mfa/authenticator/",
        "usersessions/usersession/",
        "account/emailaddress/",
        "socialaccount/socialaccount/",
        "socialaccount/socialtoken/",
    ],
)
def test_keys_and_ways_in_have_no_list_at_the_desk(client, page):
    client.force_login(create_user(is_superuser=True))

    assert client.get(f"/admin/{page}").status_code == 404


def test_own_password_is_changed_where_a_letter_is_sent(client, administrator):
    assert client.get("/admin/password_change/").url == "/account/password/change/"


def test_own_password_is_not_set_without_the_one_before(client, administrator):
    page = f"{PEOPLE}{administrator.pk}/password/"

    assert client.post(page, new_password()).url == "/account/password/change/"
    administrator.refresh_from_db()
    assert administrator.check_password(PASSWORD)


def test_new_password_from_the_desk_is_told_by_letter(client, administrator, nora):
    client.post(f"{PEOPLE}{nora.pk}/password/", {"password1": "x", "password2": "y"})
    assert not letters_to(nora.email)

    client.post(f"{PEOPLE}{nora.pk}/password/", new_password())

    [letter] = letters_to(nora.email)
    assert "was changed" in letter.subject


def test_new_address_from_the_desk_is_told_at_the_old_one(client, administrator, nora):
    data = {"email": "other@example.org", "is_active": "on", "is_staff": "on"}
    client.post(page_of(nora), data)
    client.post(page_of(nora), data)

    [letter] = letters_to("nora@example.org")
    assert "to other@example.org" in letter.body


def new_password():
    words = "seven lamps under the stairs"
    return {"password1": words, "password2": words, "usable_password": "true"}
