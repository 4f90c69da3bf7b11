"""Every way into an account is told of: a further address, and what a new password leaves open."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.tests.entering import (
    ASK_CODE,
    CONFIRM_ADDRESS,
    CONFIRM_CODE,
    LONG,
    RESET,
    RESET_COMPLETE,
    RESET_CONFIRM,
    code_for,
    is_signed_in,
    letters_to,
    sign_up,
    words,
)
from accounts.tests.factories import create_user
from accounts.tests.guarding import add_unconfirmed, browser, confirm, person, sign_in

pytestmark = pytest.mark.django_db
MAIN = "nora@example.org"
NEW = "stranger@example.net"
TOLD = "An address was added to your account at Backend Guide"


def subjects(address: str) -> list[str]:
    return [letter.subject for letter in letters_to(address)]


def add(client: Client) -> None:
    client.post("/account/email/", {"email": NEW, "action_add": "1"})
    client.post(CONFIRM_ADDRESS, {"code": code_for(NEW)})


def reset(client: Client):
    client.post(RESET, {"email": MAIN})
    client.post(RESET_CONFIRM, {"code": code_for(MAIN)})
    return client.post(RESET_COMPLETE, {"password1": LONG}, follow=True)


def test_the_main_address_is_told_of_one_that_was_added(client) -> None:
    sign_in(client, person(email=MAIN))
    confirm(client)

    add(client)

    letter = next(found for found in letters_to(MAIN) if found.subject == TOLD)
    assert NEW in letter.body
    assert "http://localhost:8000/account/email/" in letter.body
    assert TOLD not in subjects(NEW)


def test_it_is_told_also_where_a_code_to_sign_in_confirms_the_address() -> None:
    add_unconfirmed(person(email=MAIN), NEW)
    stranger = browser()

    stranger.post(ASK_CODE, {"email": NEW})
    stranger.post(CONFIRM_CODE, {"code": code_for(NEW)})

    assert EmailAddress.objects.get(email=NEW).verified
    assert is_signed_in(stranger)
    assert TOLD in subjects(MAIN)


def test_the_first_address_is_told_of_to_nobody(client) -> None:
    sign_up(client, MAIN)
    client.post(CONFIRM_ADDRESS, {"code": code_for(MAIN)})

    assert is_signed_in(client)
    assert TOLD not in subjects(MAIN)


def test_a_new_password_names_the_addresses_that_still_let_somebody_in(client) -> None:
    user = create_user(email=MAIN)
    EmailAddress.objects.create(user=user, email=NEW, verified=True)
    EmailAddress.objects.create(user=user, email="unproven@example.com", verified=False)

    said = words(page := reset(client)) + page.text

    assert "Codes to these addresses of the account still let somebody in: s…@example.net." in said
    assert NEW not in page.text
    assert "unproven" not in said
    assert "example.com" not in said
    assert 'href="/account/email/"' in page.text


def test_a_new_password_says_nothing_of_addresses_where_there_is_one(client) -> None:
    create_user(email=MAIN)

    assert "still let somebody in" not in reset(client).text
