"""/account/security/: how safe the account is, and the one thing to do next."""

import pytest
from allauth.mfa.models import Authenticator

from accounts.tests.entering import words
from accounts.tests.factories import create_user
from accounts.tests.guarding import (
    CODES,
    PHONE,
    SECURITY,
    add_passkey,
    add_unconfirmed,
    browser,
    confirm,
    give_app,
    person,
    recovery_codes,
    sign_in,
    sign_in_with_code,
)

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]


def page_of(client, user):
    client.force_login(user)
    return words(client.get(SECURITY))


def use_up(user, left):
    codes = Authenticator.objects.get(user=user, type="recovery_codes").wrap()
    codes.mark_as_viewed()
    for code in codes.get_unused_codes()[left:]:
        assert codes.validate_code(code)


def test_strangers_are_asked_to_sign_in(client):
    response = client.get(SECURITY)

    assert response.status_code == 302
    assert response.url == f"/account/login/?next={SECURITY}"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_page_is_only_read(client, method):
    client.force_login(create_user())

    assert getattr(client, method)(SECURITY).status_code == 405


def test_nothing_of_it_is_kept_by_caches(client):
    client.force_login(create_user())

    assert "no-store" in client.get(SECURITY)["Cache-Control"]


def test_password_alone_is_said_plainly(client):
    text = page_of(client, person())

    assert "Your password, or your mailbox, is all that a stranger needs." in text
    assert "Add a passkey" in text
    assert "You have one. Change the password" in text
    assert "You get ten with your first passkey or app." in text


def test_account_without_a_password_is_told_so(client):
    text = page_of(client, create_user())

    assert "Your mailbox is all that a stranger needs." in text
    assert "You have none, and need none" in text


def test_staff_are_told_that_the_desk_is_closed(client, settings):
    settings.STAFF_SECOND_FACTOR = True

    text = page_of(client, person(role="Editor"))

    assert "The desk is closed to you until you have a second factor." in text


def test_unconfirmed_address_comes_first(client):
    user = person()
    add_unconfirmed(user)

    text = page_of(client, user)

    assert "One of your e-mail addresses is not confirmed." in text
    assert "new@example.org (not confirmed)" in text


def test_codes_that_nobody_looked_at_are_the_next_step(client):
    user = person()
    give_app(user)

    text = page_of(client, user)

    assert "Your recovery codes wait to be written down." in text
    assert "10 of 10 left." in text


def test_account_is_well_protected_once_the_codes_were_seen(client):
    user = person()
    give_app(user)
    sign_in_with_code(client, user)
    confirm(client)
    client.get(CODES)

    text = words(client.get(SECURITY))

    assert "Your account is well protected." in text
    assert "There is nothing to do." in text


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (4, "Your account is well protected."),
        (3, "Only 3 of your recovery codes are left."),
        (1, "Only 1 of your recovery codes is left."),
        (0, "there is no way around it for you"),
    ],
)
def test_few_codes_are_the_next_step(client, left, told):
    user = person()
    give_app(user)
    use_up(user, left)
    assert len(recovery_codes(user)) == left

    assert told in page_of(client, user)


def test_passkeys_are_listed_with_their_names(client):
    sign_in(client, person())
    confirm(client)
    add_passkey(client, "Kitchen <b>laptop</b>")

    response = client.get(SECURITY)

    assert "Kitchen &lt;b&gt;laptop&lt;/b&gt;" in response.text
    assert "not used yet" in words(response)


def test_devices_are_counted(client):
    user = person()
    sign_in(client, user)
    assert "You are signed in here only." in words(client.get(SECURITY))

    sign_in(browser(PHONE), user)

    assert "You are signed in on 2 devices." in words(client.get(SECURITY))


def test_codes_sealed_with_a_lost_key_are_said_to_be_lost(client, settings):
    user = person()
    give_app(user)
    settings.SECRET_KEY = "another key than before " * 3

    text = page_of(client, user)

    assert "We cannot read your recovery codes any more" in text
    assert "Make new codes" in text


def test_page_costs_the_same_for_many_passkeys(client, django_assert_max_num_queries):
    sign_in(client, person())
    confirm(client)
    for number in range(5):
        add_passkey(client, f"Key {number}")

    with django_assert_max_num_queries(12):
        assert client.get(SECURITY).status_code == 200


def test_overview_says_it_in_a_line(client):
    user = person()
    client.force_login(user)
    assert "No second factor yet." in words(client.get("/account/"))

    give_app(user)

    assert "Protected by authenticator app." in words(client.get("/account/"))


@pytest.mark.parametrize("address", ["/account/2fa/", "/account/2fa/webauthn/"])
def test_lists_of_allauth_lead_here(client, address):
    assert client.get(address).status_code == 302
    client.force_login(create_user())

    assert client.get(address).url == SECURITY
