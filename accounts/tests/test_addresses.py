"""/account/email/: the addresses of an account, confirmed before they count."""

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from accounts.tests.entering import CONFIRM_ADDRESS, code_for, letters_to, minutes_pass, words
from accounts.tests.guarding import (
    CONFIRM_PASSWORD,
    add_unconfirmed,
    browser,
    confirm,
    person,
    sign_in,
)

pytestmark = pytest.mark.django_db
PAGE = "/account/email/"
NEW = "new@example.org"


@pytest.fixture
def nora(client):
    """Somebody who is signed in, and has just confirmed."""
    user = person(email="nora@example.org")
    sign_in(client, user)
    confirm(client)
    return user


def add(client, email=NEW):
    return client.post(PAGE, {"email": email, "action_add": "1"}, follow=True)


def own(user, email=NEW):
    return EmailAddress.objects.create(user=user, email=email, verified=True)


def addresses(user):
    rows = EmailAddress.objects.filter(user=user, verified=True)
    return set(rows.values_list("email", flat=True))


def test_strangers_are_asked_to_sign_in(client):
    assert client.get(PAGE).url == f"/account/login/?next={PAGE}"


def test_adding_asks_for_the_password_first(client):
    user = person()
    sign_in(client, user)
    minutes_pass(client)

    response = client.post(PAGE, {"email": NEW, "action_add": "1"})

    assert response.url.startswith(CONFIRM_PASSWORD)
    assert addresses(user) == {user.email}


def test_nobody_is_asked_again_within_five_minutes_of_signing_in(client):
    sign_in(client, person())
    minutes_pass(client, 4)

    response = client.post(PAGE, {"email": NEW, "action_add": "1"})

    assert response.url.startswith(CONFIRM_ADDRESS)


def test_address_counts_once_its_code_was_given(client, nora):
    add(client)
    assert addresses(nora) == {"nora@example.org"}

    response = client.post(CONFIRM_ADDRESS, {"code": code_for(NEW)}, follow=True)

    assert f"Your address {NEW} is confirmed." in words(response)
    assert response.redirect_chain[-1][0] == PAGE
    assert "Make it the main one" in words(response)
    assert "Type it here" not in words(response)
    assert addresses(nora) == {"nora@example.org", NEW}
    assert User.objects.get(pk=nora.pk).email == "nora@example.org"


def test_page_shows_the_main_address_first_and_the_way_back_to_the_code(client, nora):
    own(nora, "a@example.org")
    add(client)

    page = client.get(PAGE)

    said = words(page)
    assert said.index("nora@example.org") < said.index("a@example.org")
    assert f"A code was sent to {NEW}." in said
    assert f'<a href="{CONFIRM_ADDRESS}">Type it here</a>' in page.text


def test_wrong_code_confirms_nothing(client, nora):
    add(client)

    response = client.post(CONFIRM_ADDRESS, {"code": "AAAA-AAAA"})

    assert 'class="field__error"' in response.text
    assert addresses(nora) == {"nora@example.org"}


@pytest.mark.parametrize("email", ["", "nora", "nora@", "a b@example.org", "nora@example.org"])
def test_bad_address_is_refused_and_given_back(client, nora, email):
    response = add(client, email)

    assert 'class="field__error"' in response.text
    assert f'value="{email}"' in response.text or not email


def test_address_of_somebody_else_looks_like_any_other(client, nora):
    person(email="olga@example.org")

    taken, free = add(client, "olga@example.org"), None
    other = browser()
    sign_in(other, person())
    confirm(other)
    free = add(other, "nobody@example.org")

    assert taken.status_code == free.status_code == 200
    assert words(taken).replace("olga@", "x@") == words(free).replace("nobody@", "x@")
    assert addresses(nora) == {"nora@example.org"}


def test_another_confirmed_address_becomes_the_main_one(client, nora):
    own(nora)

    response = client.post(PAGE, {"email": NEW, "action_primary": "1"}, follow=True)

    assert "This is your main address now." in words(response)
    assert User.objects.get(pk=nora.pk).email == NEW
    assert letters_to("nora@example.org"), "the address of before is told"


def test_unconfirmed_address_cannot_become_the_main_one(client, nora):
    add_unconfirmed(nora)

    response = client.post(PAGE, {"email": NEW, "action_primary": "1"}, follow=True)

    assert "Only a confirmed address can be the main one." in words(response)
    assert User.objects.get(pk=nora.pk).email == "nora@example.org"


def test_address_is_removed_and_told(client, nora):
    own(nora)

    response = client.post(PAGE, {"email": NEW, "action_remove": "1"}, follow=True)

    assert f"{NEW} is removed." in words(response)
    assert addresses(nora) == {"nora@example.org"}
    assert letters_to("nora@example.org")


def test_main_address_cannot_be_removed(client, nora):
    own(nora)

    client.post(PAGE, {"email": "nora@example.org", "action_remove": "1"})

    assert "nora@example.org" in addresses(nora)


@pytest.mark.parametrize("action", ["action_primary", "action_remove", "action_send"])
def test_addresses_of_others_are_out_of_reach(client, nora, action):
    other = person(email="olga@example.org")

    client.post(PAGE, {"email": "olga@example.org", action: "1"})

    assert addresses(other) == {"olga@example.org"}
    assert User.objects.get(pk=other.pk).email == "olga@example.org"


@pytest.mark.parametrize("action", ["action_primary", "action_remove"])
def test_changing_asks_for_the_password_first(client, action):
    user = person()
    own(user)
    sign_in(client, user)
    minutes_pass(client)

    response = client.post(PAGE, {"email": NEW, action: "1"})

    assert response.url.startswith(CONFIRM_PASSWORD)
    assert NEW in addresses(user)


def test_three_are_the_most(client, nora):
    own(nora)
    own(nora, "third@example.org")

    assert "Three addresses are the most" in words(client.get(PAGE))
    add(client, "fourth@example.org")
    assert len(addresses(nora)) == 3


def test_unconfirmed_address_can_be_sent_a_code_or_removed(client, nora):
    add_unconfirmed(nora)
    page = client.get(PAGE)
    assert "Send a code to confirm it" in words(page)
    assert "Make it the main one" not in words(page)

    client.post(PAGE, {"email": NEW, "action_send": "1"})
    client.post(CONFIRM_ADDRESS, {"code": code_for(NEW)})

    assert NEW in addresses(nora)


def test_one_can_sign_in_with_each(client, nora):
    own(nora)
    other = browser()

    sign_in(other, nora, login=NEW)

    assert other.get(PAGE).status_code == 200
