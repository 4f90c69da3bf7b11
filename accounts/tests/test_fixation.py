"""A session that somebody planted is of no use to them after their victim has signed in."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from accounts.tests.entering import is_signed_in
from accounts.tests.factories import PASSWORD
from accounts.tests.guarding import (
    CONFIRM_PASSWORD,
    SECOND_STEP,
    SIGN_IN,
    browser,
    code_now,
    confirm,
    give_app,
    person,
    sign_in,
    sign_in_with_code,
)

pytestmark = pytest.mark.django_db


def planted(client, **content):
    """Put a session that a stranger knows into the browser of a victim; return its key."""
    store = SessionStore()
    store.update({"planted": "yes", **content})
    store.save()
    client.cookies["sessionid"] = store.session_key
    return store.session_key


def holding(key):
    """Return the browser of whoever knows a key."""
    client = browser()
    client.cookies["sessionid"] = key
    return client


def test_signing_in_gives_a_new_key(client):
    user = person()
    key = planted(client)

    sign_in(client, user)

    assert is_signed_in(client)
    assert client.session.session_key != key
    assert not is_signed_in(holding(key))
    assert not Session.objects.filter(pk=key).exists()


def test_second_step_gives_a_new_key(client):
    user = person()
    give_app(user)
    key = planted(client)
    sign_in(client, user)
    between = client.session.session_key

    client.post(SECOND_STEP, {"code": code_now()})

    assert is_signed_in(client)
    for known in {key, between}:
        assert not is_signed_in(holding(known))


def test_key_that_was_never_given_out_is_not_taken(client):
    user = person()
    client.cookies["sessionid"] = "a" * 32

    sign_in(client, user)

    assert client.session.session_key != "a" * 32


def test_signing_in_as_another_person_leaves_nothing_of_the_first(client):
    first, second = person(), person()
    sign_in(client, first)
    session = client.session
    session["words"] = "of the first"
    session.save()

    client.force_login(second)

    assert "words" not in client.session


def test_signing_out_throws_the_session_away(client):
    sign_in(client, person())
    key = client.session.session_key

    client.post("/account/logout/")

    assert not is_signed_in(holding(key))
    assert not Session.objects.filter(pk=key).exists()


def test_half_signed_in_is_not_signed_in(client):
    user = person()
    give_app(user)

    sign_in(client, user)

    assert not is_signed_in(client)
    assert client.get("/account/security/").status_code == 302
    assert client.post(CONFIRM_PASSWORD, {"password": PASSWORD}).status_code == 302
    assert not is_signed_in(client)


def test_key_is_in_no_address_and_no_page(client):
    user = person()
    give_app(user)
    response = sign_in_with_code(client, user)
    confirm(client)
    key = client.session.session_key

    for page in ("/account/", "/account/security/", "/account/sessions/"):
        assert key not in client.get(page).text
    assert not any(key in address for address, _ in response.redirect_chain)


def test_key_in_the_address_is_not_looked_at(client):
    sign_in(client, person())
    key = client.session.session_key

    assert browser().get("/account/", {"sessionid": key}).status_code == 302
    assert browser().post(SIGN_IN, {"sessionid": key}).status_code == 200
