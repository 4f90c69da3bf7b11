"""Nobody learns from outside whether an address has an account.

Each form is sent twice, from two fresh browsers: for an address that has an account and for one
that has none. Status, target, bytes, cookies, the number of letters and of slow hashings must be
the same.
"""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from accounts.tests.entering import (
    ASK_CODE,
    CONFIRM_ADDRESS,
    CONFIRM_CODE,
    LONG,
    RESET,
    RESET_CONFIRM,
    SIGN_IN,
    SIGN_UP,
)
from accounts.tests.factories import create_user
from mailing.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]
KNOWN = "known.person@example.org"
OTHER = "other.person@example.org"  # as long as the known one
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')
WRONG = "BBBB-BBBB"

# Each way is a list of forms: address, and what is typed into it.
WAYS = {
    "sign up": [(SIGN_UP, {"email": "{}", "password1": LONG})],
    "sign up with a weak password": [(SIGN_UP, {"email": "{}", "password1": "short"})],
    "sign up, type a wrong code": [
        (SIGN_UP, {"email": "{}", "password1": LONG}),
        (CONFIRM_ADDRESS, {"code": WRONG}),
    ],
    "sign up, ask for another code": [
        (SIGN_UP, {"email": "{}", "password1": LONG}),
        (CONFIRM_ADDRESS, {"action": "resend"}),
    ],
    "sign up, ask for another code, type three wrong ones": [
        (SIGN_UP, {"email": "{}", "password1": LONG}),
        (CONFIRM_ADDRESS, {"action": "resend"}),
        *[(CONFIRM_ADDRESS, {"code": WRONG})] * 3,
    ],
    "sign up twice": [(SIGN_UP, {"email": "{}", "password1": LONG})] * 2,
    "sign up with a passkey": [("/account/signup/passkey/", {"email": "{}"})],
    "sign up with a passkey, type a wrong code": [
        ("/account/signup/passkey/", {"email": "{}"}),
        (CONFIRM_ADDRESS, {"code": WRONG}),
    ],
    "sign in with a wrong password": [(SIGN_IN, {"login": "{}", "password": "not this one"})],
    "sign in wrongly seven times": [(SIGN_IN, {"login": "{}", "password": "not this one"})] * 7,
    "ask for a code": [(ASK_CODE, {"email": "{}"})],
    "ask for a code, type three wrong ones": [
        (ASK_CODE, {"email": "{}"}),
        *[(CONFIRM_CODE, {"code": WRONG})] * 3,
    ],
    "ask for a code, ask for another": [
        (ASK_CODE, {"email": "{}"}),
        (CONFIRM_CODE, {"action": "resend"}),
    ],
    "ask for a code five times": [(ASK_CODE, {"email": "{}"})] * 5,
    "reset": [(RESET, {"email": "{}"})],
    "reset, type three wrong codes": [
        (RESET, {"email": "{}"}),
        *[(RESET_CONFIRM, {"code": WRONG})] * 3,
    ],
    "reset seven times": [(RESET, {"email": "{}"})] * 7,
}
# A second letter goes to people only who have an account: it is seen by them alone.
QUIET = {"sign up, ask for another code", "ask for a code, ask for another"}


@pytest.fixture(autouse=True)
def hashings(monkeypatch):
    """Count how often a password is hashed: that is what would take a noticeable time."""
    counted = []
    real = MD5PasswordHasher.encode

    def encode(self, password, salt):
        counted.append(1)
        return real(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    return counted


def seen(way, address):
    """Go a way from a fresh browser and return all that its person can see."""
    cache.clear()
    client = Client()
    sights = []
    for url, typed in WAYS[way]:
        data = {name: value.replace("{}", address) for name, value in typed.items()}
        response = client.post(url, data)
        sights.append((response.status_code, response.headers.get("Location"), body(response)))
        while "Location" in response.headers:
            response = client.get(response.headers["Location"])
            sights.append((response.status_code, response.headers.get("Location"), body(response)))
        sights.append((response.status_code, None, headers(response)))
    sights.append(cookies(client))
    return [repr(sight).replace(address, "ADDRESS") for sight in sights]


def body(response):
    return TOKEN.sub(r"\1", response.text)


def headers(response):
    varying = {"Content-Length", "ETag", "Expires"}
    return {name: value for name, value in response.headers.items() if name not in varying}


def cookies(client):
    """Return the cookies: names and attributes, and of the values how long they are."""
    return {
        name: (len(morsel.value), morsel["path"], morsel["max-age"], morsel["httponly"])
        for name, morsel in client.cookies.items()
    }


@pytest.mark.parametrize("way", WAYS)
def test_known_and_unknown_address_look_the_same(way, hashings):
    create_user(email=KNOWN, password=LONG)

    hashings.clear()
    known = seen(way, KNOWN)
    sent_to_known, hashed_for_known = Letter.objects.count(), len(hashings)
    hashings.clear()
    unknown = seen(way, OTHER)
    sent_to_unknown = Letter.objects.count() - sent_to_known

    assert known == unknown
    assert hashed_for_known == len(hashings)
    if way not in QUIET:
        assert sent_to_known == sent_to_unknown


@pytest.mark.parametrize("way", [way for way in WAYS if "sign up" not in way])
def test_account_that_is_switched_off_looks_like_none(way):
    create_user(email=KNOWN, password=LONG)
    User.objects.update(is_active=False)

    assert seen(way, KNOWN) == seen(way, OTHER)


@pytest.mark.parametrize("way", ["sign up", "ask for a code", "reset"])
def test_account_whose_address_was_never_confirmed_looks_like_none(way):
    Client().post(SIGN_UP, {"email": KNOWN, "password1": LONG})

    assert seen(way, KNOWN) == seen(way, OTHER)


def test_passkey_form_says_the_same_for_every_strange_passkey(client):
    create_user(email=KNOWN)
    strange = '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}'

    pages = {
        body(client.post("/account/2fa/webauthn/login/", {"credential": text}, follow=True))
        for text in (strange, strange.replace("AAAA", "BBBB"))
    }

    assert len(pages) == 1
