"""A change of an account and the letter about it are stored together, or not at all."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import DatabaseError
from django.test import Client
from django.urls import get_resolver

from accounts.models import User
from accounts.signing_in import together
from accounts.tests.entering import (
    LONG,
    RESET,
    RESET_COMPLETE,
    RESET_CONFIRM,
    code_for,
    is_signed_in,
    letters_to,
)
from accounts.tests.factories import PASSWORD
from accounts.tests.guarding import (
    ADD_PASSKEY,
    FIREFOX,
    NEW_CODES,
    REMOVE_APP,
    SET_UP_APP,
    code_now,
    confirm,
    give_app,
    options_in,
    person,
    sign_in_with_code,
)
from accounts.tests.guarding import sign_in as sign_in_plainly
from accounts.tests.soft_passkey import SoftPasskey
from mailing import outbox

pytestmark = pytest.mark.django_db
CHANGE = "/account/password/change/"
ADDRESSES = "/account/email/"


@pytest.fixture
def client() -> Client:
    """A browser to which a fault is a page, as in real life."""
    return Client(raise_request_exception=False, headers={"user-agent": FIREFOX})


@pytest.fixture
def broken(monkeypatch):
    """An outbox that takes no letter; calling the fixture mends it."""
    real = outbox._store

    def refuse(key, content):
        raise DatabaseError("no room")

    monkeypatch.setattr(outbox, "_store", refuse)
    return lambda: monkeypatch.setattr(outbox, "_store", real)


def state(user):
    """Return what of an account a page can change here."""
    return (
        User.objects.filter(pk=user.pk).values("password", "email", "security_stamp").get(),
        sorted(EmailAddress.objects.filter(user=user).values_list("email", "primary")),
        [(row.type, row.data) for row in Authenticator.objects.filter(user=user).order_by("pk")],
    )


def password(client, user):
    return client.post(CHANGE, {"oldpassword": PASSWORD, "password1": LONG})


def main_address(client, user):
    return client.post(ADDRESSES, {"email": "two@example.org", "action_primary": "1"})


def removed_address(client, user):
    return client.post(ADDRESSES, {"email": "two@example.org", "action_remove": "1"})


def app(client, user):
    page = client.get(SET_UP_APP)
    return client.post(SET_UP_APP, {"code": code_now(page.context["form"].secret)})


def passkey(client, user):
    credential = SoftPasskey().create(options_in(client.get(ADD_PASSKEY)))
    return client.post(ADD_PASSKEY, {"name": "Laptop", "credential": credential})


def removed_app(client, user):
    return client.post(REMOVE_APP)


def codes(client, user):
    return client.post(NEW_CODES)


@pytest.mark.parametrize(
    ("act", "has_app"),
    [
        (password, False),
        (main_address, False),
        (removed_address, False),
        (app, False),
        (passkey, False),
        (removed_app, True),
        (codes, True),
    ],
)
def test_without_its_letter_nothing_changes_and_one_can_try_again(client, act, has_app, broken):
    user = person()
    EmailAddress.objects.create(user=user, email="two@example.org", verified=True)
    if has_app:
        give_app(user)
        sign_in_with_code(client, user)
    else:
        sign_in_plainly(client, user)
    confirm(client)
    before = state(user)

    answer = act(client, user)

    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text
    assert state(user) == before
    assert is_signed_in(client)

    broken()
    assert act(client, user).status_code == 302
    assert state(user) != before
    assert letters_to(before[0]["email"])


def test_reset_without_its_letter_leaves_the_old_password(client, broken):
    user = person()
    broken()
    client.post(RESET, {"email": user.email})
    client.post(RESET_CONFIRM, {"code": code_for(user.email)})
    before = state(user)

    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(outbox, "_store")
        assert client.post(RESET_COMPLETE, {"password1": LONG}).status_code == 500
    assert state(user) == before

    client.post(RESET_COMPLETE, {"password1": LONG})
    assert User.objects.get(pk=user.pk).check_password(LONG)


def test_wrong_tries_still_count(client):
    user = person()
    client.post(RESET, {"email": user.email})
    for _ in range(3):
        client.post(RESET_CONFIRM, {"code": "AAAA-AAAA"})

    client.post(RESET_CONFIRM, {"code": code_for(user.email)})

    assert client.get(RESET_COMPLETE).headers["Location"] == RESET


def test_every_page_that_is_named_exists():
    assert set(_names(get_resolver())) >= together.CHANGES


def _names(resolver):
    for item in resolver.url_patterns:
        yield from _names(item) if hasattr(item, "url_patterns") else [item.name]
