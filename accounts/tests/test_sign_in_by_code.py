"""Signing in by an e-mailed code."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.entering import (
    ADDRESS,
    ASK_CODE,
    CONFIRM_CODE,
    LONG,
    SIGN_IN,
    code_for,
    is_signed_in,
    letters_to,
    words,
)
from accounts.tests.factories import create_user

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]


def ask(client, address=ADDRESS, **more):
    return client.post(ASK_CODE, {"email": address, **more}, follow=True)


def test_code_opens_the_account(client):
    create_user(email=ADDRESS)

    response = ask(client)
    assert f"We sent a letter to {ADDRESS}" in words(response)
    assert 'autocomplete="one-time-code"' in response.text
    response = client.post(CONFIRM_CODE, {"code": code_for(ADDRESS)}, follow=True)

    assert response.redirect_chain[-1][0] == "/account/"
    assert is_signed_in(client)


def test_code_brings_one_where_one_wanted(client):
    create_user(email=ADDRESS)

    response = ask(client, next="/about/")
    assert '<input type="hidden" name="next" value="/about/">' in response.text
    response = client.post(CONFIRM_CODE, {"code": code_for(ADDRESS), "next": "/about/"})

    assert response.headers["Location"] == "/about/"


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


def test_wrong_code_is_refused_and_after_three_nothing_works(client):
    create_user(email=ADDRESS)
    ask(client)
    code = code_for(ADDRESS)

    for _ in range(3):
        client.post(CONFIRM_CODE, {"code": "BBBB-BBBB"})
    client.post(CONFIRM_CODE, {"code": code})

    assert not is_signed_in(client)


def test_empty_code_says_what_is_missing(client):
    create_user(email=ADDRESS)
    ask(client)

    assert "Write the code from the e-mail." in words(client.post(CONFIRM_CODE, {"code": ""}))


def test_code_runs_out(client, settings):
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    create_user(email=ADDRESS)
    ask(client)

    client.post(CONFIRM_CODE, {"code": code_for(ADDRESS)})

    assert not is_signed_in(client)


def test_code_works_once(client):
    create_user(email=ADDRESS)
    ask(client)
    code = code_for(ADDRESS)
    client.post(CONFIRM_CODE, {"code": code})
    client.post("/account/logout/")

    client.post(CONFIRM_CODE, {"code": code})

    assert not is_signed_in(client)


def test_code_of_one_browser_does_not_work_in_another(client):
    create_user(email=ADDRESS)
    ask(client)

    other = Client()
    ask(other, "olga@example.org")
    other.post(CONFIRM_CODE, {"code": code_for(ADDRESS)})

    assert not is_signed_in(other)


def test_another_code_can_be_sent(client):
    create_user(email=ADDRESS)
    ask(client)
    first = code_for(ADDRESS)

    assert "Send another code" in words(client.get(CONFIRM_CODE))
    client.post(CONFIRM_CODE, {"action": "resend"})
    client.post(CONFIRM_CODE, {"code": first})
    assert not is_signed_in(client)
    client.post(CONFIRM_CODE, {"code": code_for(ADDRESS)})
    assert is_signed_in(client)


def test_page_for_the_code_is_not_there_for_who_asked_for_none(client):
    assert client.get(CONFIRM_CODE).headers["Location"] == ASK_CODE


def test_account_that_is_switched_off_gets_no_code(client):
    create_user(email=ADDRESS)
    User.objects.update(is_active=False)

    ask(client)

    assert "code" not in letters_to(ADDRESS)[-1].subject.lower()


def test_stranger_is_told_by_letter_that_there_is_no_account(client):
    response = ask(client)

    assert f"We sent a letter to {ADDRESS}" in words(response)
    [letter] = letters_to(ADDRESS)
    assert "/account/signup/" in letter.body


def test_one_can_leave_the_code_for_a_password(client):
    create_user(email=ADDRESS, password=LONG)
    ask(client)

    response = client.post("/account/logout/", {"next": SIGN_IN}, follow=True)
    assert response.redirect_chain[-1][0] == SIGN_IN
    client.post(SIGN_IN, {"login": ADDRESS, "password": LONG})

    assert is_signed_in(client)


def test_help_says_how_long_the_code_works(client, settings):
    create_user(email=ADDRESS)

    minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
    assert f"It works for {minutes} minutes" in words(ask(client))
