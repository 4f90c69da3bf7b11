"""A forgotten password: address, code, a new one."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.entering import (
    ADDRESS,
    LONG,
    RESET,
    RESET_COMPLETE,
    RESET_CONFIRM,
    SIGN_IN,
    code_for,
    is_signed_in,
    letters_to,
    sign_up,
    words,
)
from accounts.tests.factories import create_user

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]
NEW = "seven green boats on a hill"


def ask(client, address=ADDRESS):
    return client.post(RESET, {"email": address}, follow=True)


def test_code_lets_one_set_a_new_password(client):
    create_user(email=ADDRESS, password=LONG)

    response = ask(client)
    assert f"We sent a letter to {ADDRESS}" in words(response)
    response = client.post(RESET_CONFIRM, {"code": code_for(ADDRESS)}, follow=True)
    assert "Set a new password" in words(response)
    assert f'value="{ADDRESS}" autocomplete="username"' in response.text
    response = client.post(RESET_COMPLETE, {"password1": NEW}, follow=True)

    assert "Your password is changed" in words(response)
    assert User.objects.get().check_password(NEW)
    assert not is_signed_in(client)  # a second factor is asked for as always
    client.post(SIGN_IN, {"login": ADDRESS, "password": NEW})
    assert is_signed_in(client)


def test_new_password_ends_every_session(client):
    user = create_user(email=ADDRESS, password=LONG)
    elsewhere = Client()
    elsewhere.force_login(user)

    ask(client)
    client.post(RESET_CONFIRM, {"code": code_for(ADDRESS)})
    client.post(RESET_COMPLETE, {"password1": NEW})

    assert not is_signed_in(elsewhere)


@pytest.mark.parametrize(
    ("typed", "said"), [("", "Choose a password."), ("short", "12 characters")]
)
def test_bad_new_password_is_refused_and_the_old_one_stays(client, typed, said):
    create_user(email=ADDRESS, password=LONG)
    ask(client)
    client.post(RESET_CONFIRM, {"code": code_for(ADDRESS)})

    response = client.post(RESET_COMPLETE, {"password1": typed})

    assert said in words(response)
    assert "id_password1_error" in response.text
    assert User.objects.get().check_password(LONG)


def test_new_password_cannot_be_set_without_the_code(client):
    create_user(email=ADDRESS, password=LONG)
    assert client.get(RESET_COMPLETE).headers["Location"] == RESET
    ask(client)

    response = client.post(RESET_COMPLETE, {"password1": NEW})

    assert response.headers["Location"] == RESET_CONFIRM
    assert User.objects.get().check_password(LONG)


def test_three_wrong_codes_end_it(client):
    create_user(email=ADDRESS, password=LONG)
    ask(client)
    code = code_for(ADDRESS)

    for _ in range(3):
        client.post(RESET_CONFIRM, {"code": "BBBB-BBBB"})
    client.post(RESET_CONFIRM, {"code": code})

    assert client.get(RESET_COMPLETE).headers["Location"] == RESET


def test_code_runs_out(client, settings):
    settings.ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = -1
    create_user(email=ADDRESS, password=LONG)
    ask(client)

    client.post(RESET_CONFIRM, {"code": code_for(ADDRESS)})

    assert client.get(RESET_COMPLETE).headers["Location"] == RESET


def test_one_can_leave_the_password_as_it_is(client):
    create_user(email=ADDRESS, password=LONG)
    ask(client)
    response = client.post(RESET_CONFIRM, {"code": code_for(ADDRESS)}, follow=True)
    assert "Leave the password as it is" in words(response)

    client.post("/account/logout/", {"next": SIGN_IN})

    assert client.get(RESET_COMPLETE).headers["Location"] == RESET
    assert User.objects.get().check_password(LONG)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write your e-mail address."),
        ("nora", "Write an e-mail address like name@example.org."),
    ],
)
def test_bad_address_is_refused_beside_the_field(client, typed, said):
    response = ask(client, typed)

    assert said in words(response)
    assert "id_email_error" in response.text


def test_address_without_an_account_is_told_so_by_letter_only(client):
    assert f"We sent a letter to {ADDRESS}" in words(ask(client))

    [letter] = letters_to(ADDRESS)
    assert "/account/signup/" in letter.body


def test_owner_of_an_address_takes_over_what_a_stranger_began(client):
    sign_up(Client(), password="the password of a stranger")

    ask(client)
    client.post(RESET_CONFIRM, {"code": code_for(ADDRESS)})
    client.post(RESET_COMPLETE, {"password1": NEW})

    stranger = Client()
    stranger.post(SIGN_IN, {"login": ADDRESS, "password": "the password of a stranger"})
    assert not is_signed_in(stranger)
    client.post(SIGN_IN, {"login": ADDRESS, "password": NEW})
    assert is_signed_in(client)


def test_page_for_the_code_is_not_there_for_who_asked_for_none(client):
    assert client.get(RESET_CONFIRM).headers["Location"] == SIGN_IN
