"""Signing up and in with a passkey. What the browser itself does is shown in the browser tests."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.models import User
from accounts.tests.entering import ADDRESS, CONFIRM_ADDRESS, code_for, is_signed_in, words
from accounts.tests.factories import create_user
from accounts.tests.soft_passkey import SoftPasskey

pytestmark = pytest.mark.django_db
SIGN_UP = "/account/signup/passkey/"
MAKE = "/account/2fa/webauthn/signup/"
SIGN_IN = "/account/2fa/webauthn/login/"


def options_in(response):
    """Return the options that the page hands to passkeys.js."""
    found = re.search(r'<script id="passkey-options"[^>]*>(.*?)</script>', response.text)
    assert found, "the page holds no options"
    return json.loads(found[1])


def options_to_sign_in(client):
    return client.get(SIGN_IN, headers={"accept": "application/json"}).json()["request_options"]


def sign_up(client, passkey):
    """Sign up with a passkey, to the end."""
    client.post(SIGN_UP, {"email": ADDRESS})
    response = client.post(CONFIRM_ADDRESS, {"code": code_for(ADDRESS)}, follow=True)
    assert response.redirect_chain[-1][0] == MAKE
    credential = passkey.create(options_in(response))
    return client.post(MAKE, {"name": "My laptop", "credential": credential}, follow=True)


@pytest.fixture
def passkey(client):
    """A passkey with an account; nobody is signed in."""
    passkey = SoftPasskey()
    sign_up(client, passkey)
    client.post("/account/logout/")
    return passkey


def test_address_code_and_passkey_open_an_account(client):
    response = sign_up(client, SoftPasskey())

    assert response.status_code == 200
    assert is_signed_in(client)
    user = User.objects.get(email=ADDRESS)
    assert not user.has_usable_password()
    assert Authenticator.objects.get(user=user, type="webauthn").wrap().is_passwordless


def test_passkey_signs_in(client, passkey):
    credential = passkey.get(options_to_sign_in(client))

    response = client.post(SIGN_IN, {"credential": credential, "next": "/about/"})

    assert response.headers["Location"] == "/about/"
    assert is_signed_in(client)


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example/"])
def test_passkey_leads_to_no_strange_site(client, passkey, evil):
    credential = passkey.get(options_to_sign_in(client))

    response = client.post(SIGN_IN, {"credential": credential, "next": evil})

    assert response.headers["Location"] == "/account/"


def test_answer_to_another_challenge_is_refused(client, passkey):
    credential = passkey.get(options_to_sign_in(Client()))
    options_to_sign_in(client)

    client.post(SIGN_IN, {"credential": credential})

    assert not is_signed_in(client)


def test_answer_works_once(client, passkey):
    credential = passkey.get(options_to_sign_in(client))
    client.post(SIGN_IN, {"credential": credential})
    client.post("/account/logout/")

    client.post(SIGN_IN, {"credential": credential})

    assert not is_signed_in(client)


def test_key_that_did_not_ask_who_holds_it_is_refused(client, passkey):
    passkey.flags = SoftPasskey(is_verifying=False).flags

    client.post(SIGN_IN, {"credential": passkey.get(options_to_sign_in(client))})

    assert not is_signed_in(client)


def test_answer_made_for_another_site_is_refused(client, passkey, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False  # as on a site with https
    passkey.origin = "https://testserver.evil.example"

    client.post(SIGN_IN, {"credential": passkey.get(options_to_sign_in(client))}, secure=True)

    assert not is_signed_in(client)


def test_passkey_of_an_account_that_is_switched_off_opens_nothing(client, passkey):
    User.objects.update(is_active=False)

    client.post(SIGN_IN, {"credential": passkey.get(options_to_sign_in(client))})

    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "{",
        "[]",
        "null",
        '"text"',
        "{}",
        '{"id": "AAAA"}',
        '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}',
        '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": "x"}',
        '{"id": 1, "rawId": 2, "type": 3, "response": {"clientDataJSON": 4}}',
        '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {'
        '"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA", '
        '"userHandle": "AAAA"}}',
        '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": "A", '
        '"authenticatorData": "A", "signature": "A", "userHandle": null}}',
    ],
)
@pytest.mark.parametrize("has_asked", [True, False])
def test_nonsense_is_refused_with_words(client, credential, has_asked):
    create_user(email=ADDRESS)
    if has_asked:
        options_to_sign_in(client)

    response = client.post(SIGN_IN, {"credential": credential}, follow=True)

    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == "/account/login/"
    assert 'class="message message--error"' in response.text.partition('class="account"')[0]
    assert not is_signed_in(client)


def test_nonsense_makes_no_passkey_at_sign_up(client):
    client.post(SIGN_UP, {"email": ADDRESS})
    client.post(CONFIRM_ADDRESS, {"code": code_for(ADDRESS)}, follow=True)

    for credential in ("", "[]", "{}", '{"id": "AAAA", "rawId": "AAAA", "response": {}}'):
        response = client.post(MAKE, {"name": "", "credential": credential})
        assert response.status_code == 200
        assert not Authenticator.objects.exists()
    assert not is_signed_in(client)


def test_page_of_sign_up_says_what_it_needs_without_javascript(client):
    response = client.get(SIGN_UP)

    assert "The last step needs JavaScript" in words(response)
    assert "Sign up with a password" in words(response)


def test_sign_in_page_says_so_too(client):
    assert "Passkeys need JavaScript." in words(client.get("/account/login/"))


def test_passkey_page_is_not_there_before_the_code(client):
    assert client.get(MAKE).headers["Location"] == "/account/signup/"


def test_address_of_the_options_leads_people_to_the_door(client):
    assert client.get(SIGN_IN).headers["Location"] == "/account/login/"
