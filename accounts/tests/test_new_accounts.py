"""The first minutes of an account: nobody who has just signed up is asked who they are."""

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.tests.entering import (
    ADDRESS,
    ASK_CODE,
    CONFIRM_ADDRESS,
    CONFIRM_CODE,
    LONG,
    SIGN_IN,
    code_for,
    minutes_pass,
    sign_up,
    words,
)
from accounts.tests.factories import create_user
from accounts.tests.guarding import ADD_PASSKEY, CONFIRM_PASSWORD, NEW_CODES, options_in
from accounts.tests.soft_passkey import SoftPasskey
from accounts.tests.test_passkeys_entrance import sign_up as sign_up_by_passkey

pytestmark = pytest.mark.django_db
RECORDS = "account_authentication_methods"


def methods(client: Client) -> list[str]:
    return [record["method"] for record in client.session.get(RECORDS, [])]


def new_account(client: Client) -> None:
    sign_up(client)
    client.post(CONFIRM_ADDRESS, {"code": code_for(ADDRESS)})


def test_who_has_just_signed_up_is_not_asked_again(client) -> None:
    new_account(client)

    assert "Add a passkey" in client.get(ADD_PASSKEY).text


def test_who_signed_up_a_while_ago_is_asked(client) -> None:
    new_account(client)
    minutes_pass(client)

    assert client.get(ADD_PASSKEY).headers["Location"].startswith(CONFIRM_PASSWORD)


def test_an_unfinished_sign_up_proves_nothing(client) -> None:
    sign_up(client)

    assert methods(client) == []


def test_sign_in_is_noted_as_what_it_was(client) -> None:
    user = create_user(email=ADDRESS, password=LONG)
    client.post(SIGN_IN, {"login": ADDRESS, "password": LONG})
    assert methods(client) == ["password"]

    other = Client()
    other.post(ASK_CODE, {"email": user.email})
    other.post(CONFIRM_CODE, {"code": code_for(user.email)})
    assert methods(other) == ["code"]


def test_a_later_sign_in_after_an_unfinished_sign_up_is_no_sign_up(client) -> None:
    sign_up(Client())

    cache.clear()  # one letter in ten seconds
    client.post(SIGN_IN, {"login": ADDRESS, "password": LONG})
    client.post(CONFIRM_ADDRESS, {"code": code_for(ADDRESS)})

    assert methods(client) == ["password"]


def test_passkey_sign_up_leads_to_recovery_codes_without_asking(client) -> None:
    response = sign_up_by_passkey(client, SoftPasskey())

    assert response.redirect_chain[-1][0] == NEW_CODES
    assert "Make new recovery codes?" in words(response)
    page = client.post(NEW_CODES, follow=True)
    assert "10 of 10" in words(page)


def test_passkey_sign_up_that_led_somewhere_still_leads_there(client) -> None:
    client.post("/account/signup/passkey/", {"email": ADDRESS, "next": "/about/"})
    page = client.post(CONFIRM_ADDRESS, {"code": code_for(ADDRESS)}, follow=True)
    credential = SoftPasskey().create(options_in(page))

    response = client.post("/account/2fa/webauthn/signup/", {"credential": credential})

    assert response.headers["Location"] == "/about/"


def test_overview_says_first_that_codes_are_missing_until_they_are_made(client) -> None:
    sign_up_by_passkey(client, SoftPasskey())

    said = words(client.get("/account/"))
    assert said.index("Make recovery codes") < said.index("Fill in your profile")

    client.post(NEW_CODES)
    assert "Make recovery codes" not in words(client.get("/account/"))


def test_security_says_what_an_emailed_code_needs_beside_it(client) -> None:
    sign_up_by_passkey(client, SoftPasskey())

    said = words(client.get("/account/security/"))
    assert "an e-mailed code together with your second factor" in said
    assert "or an e-mailed code lets you in" not in said
