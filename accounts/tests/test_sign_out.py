"""Signing out."""

import pytest

from accounts.tests.entering import ADDRESS, is_signed_in, words
from accounts.tests.factories import create_user

pytestmark = pytest.mark.django_db
SIGN_OUT = "/account/logout/"


def test_page_asks_and_says_who_is_signed_in(client):
    client.force_login(create_user(email=ADDRESS))

    response = client.get(SIGN_OUT)

    assert f"You are signed in as {ADDRESS}" in words(response)
    assert is_signed_in(client)  # a link alone signs nobody out


def test_button_ends_the_session_and_says_so(client):
    client.force_login(create_user())
    key = client.session.session_key

    response = client.post(SIGN_OUT, follow=True)

    assert response.redirect_chain[-1][0] == "/account/login/"
    assert "You are signed out." in words(response)
    assert not is_signed_in(client)
    client.cookies["sessionid"] = key
    assert not is_signed_in(client)  # the old cookie opens nothing


def test_who_is_not_signed_in_is_sent_to_the_door(client):
    assert client.get(SIGN_OUT).headers["Location"] == "/account/login/"
    assert client.post(SIGN_OUT).headers["Location"] == "/account/login/"


def test_where_one_goes_afterwards_can_be_named(client):
    client.force_login(create_user())

    assert client.post(SIGN_OUT, {"next": "/about/"}).headers["Location"] == "/about/"
