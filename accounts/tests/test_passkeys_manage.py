"""Passkeys of an account: added, named, renamed, removed; used as the second step."""

import json

import pytest
from allauth.mfa.models import Authenticator

from accounts.tests.entering import is_signed_in, minutes_pass, words
from accounts.tests.guarding import (
    ADD_PASSKEY,
    CODES,
    CONFIRM_PASSWORD,
    FIREFOX,
    PHONE,
    SECOND_STEP,
    SECURITY,
    add_passkey,
    add_unconfirmed,
    browser,
    confirm,
    options_in,
    person,
    sign_in,
)
from accounts.tests.soft_passkey import SoftPasskey
from mailing.tests.postbox import deliver_all

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]


@pytest.fixture
def nora(client):
    """Somebody who is signed in, and has just confirmed."""
    user = person(email="nora@example.org", display_name="Nora")
    sign_in(client, user)
    confirm(client)
    return user


def keys(user):
    return Authenticator.objects.filter(user=user, type="webauthn")


def rename_page(key):
    return f"/account/2fa/webauthn/keys/{key.pk}/edit/"


def remove_page(key):
    return f"/account/2fa/webauthn/keys/{key.pk}/remove/"


def test_strangers_are_asked_to_sign_in(client):
    assert client.get(ADD_PASSKEY).url.startswith("/account/login/")


def test_adding_asks_for_the_password_first(client):
    sign_in(client, person())
    minutes_pass(client)

    assert client.get(ADD_PASSKEY).url.startswith(CONFIRM_PASSWORD)
    assert client.post(ADD_PASSKEY, {"credential": "{}"}).url.startswith(CONFIRM_PASSWORD)


def test_page_asks_in_the_name_of_the_site_for_this_person(client, nora):
    response = client.get(ADD_PASSKEY, headers={"user-agent": FIREFOX})

    options = options_in(response)["publicKey"]
    assert options["rp"] == {"id": "testserver", "name": "Backend Guide"}
    assert options["user"]["name"] == "nora@example.org"
    assert 'value="Firefox on Linux"' in response.text
    assert "Passkeys need JavaScript" in words(response)


def test_passkey_is_added_with_recovery_codes(client, nora):
    passkey = SoftPasskey()
    credential = passkey.create(options_in(client.get(ADD_PASSKEY)))

    data = {"name": "My laptop", "credential": credential}
    response = client.post(ADD_PASSKEY, data, follow=True)

    assert response.redirect_chain[-1][0] == CODES
    assert "The passkey is added." in words(response)
    assert str(keys(nora).get()) == "My laptop"
    assert "My laptop" in words(client.get(SECURITY))
    assert any("passkey" in letter.subject.lower() for letter in deliver_all())


def test_passkey_without_a_name_gets_one(client, nora):
    add_passkey(client, "")

    assert str(keys(nora).get()) != ""


def test_name_has_an_end(client, nora):
    add_passkey(client, "x" * 61)

    assert not keys(nora).exists()


def test_first_passkey_signs_other_devices_out_and_not_this_one(client, nora):
    other = browser(PHONE)
    sign_in(other, nora)
    key = client.session.session_key

    add_passkey(client)

    assert is_signed_in(client)
    assert client.session.session_key != key
    assert not is_signed_in(other)


def test_second_passkey_leaves_other_devices_alone(client, nora):
    first = add_passkey(client)
    other = browser(PHONE)
    sign_in(other, nora)
    credential = first.get(options_in(other.get(SECOND_STEP)))
    other.post(SECOND_STEP, {"credential": credential})
    key = client.session.session_key

    add_passkey(client, "Another")

    assert keys(nora).count() == 2
    assert is_signed_in(client)
    assert client.session.session_key != key
    assert is_signed_in(other)


def test_device_that_holds_one_is_told_apart(client, nora):
    passkey = add_passkey(client)

    excluded = options_in(client.get(ADD_PASSKEY))["publicKey"]["excludeCredentials"]

    assert len(excluded) == 1
    assert passkey.id


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "not json",
        "null",
        "[]",
        "{}",
        '"words"',
        '{"id": 1}',
        '{"id": "x", "rawId": "x", "type": "public-key", "response": []}',
        '{"id": "x", "rawId": "x", "type": "public-key", "response": {}}',
        '{"id": "x", "rawId": "x", "type": "public-key", "response": {"clientDataJSON": "e30", '
        '"attestationObject": "oA"}}',
    ],
)
def test_what_is_no_passkey_is_refused_in_words(client, nora, credential):
    client.get(ADD_PASSKEY)

    response = client.post(ADD_PASSKEY, {"name": "Kept", "credential": credential})

    assert response.status_code == 200
    assert 'value="Kept"' in response.text
    assert not keys(nora).exists()


def test_answer_to_another_question_is_refused(client, nora):
    passkey = SoftPasskey()
    old = passkey.create(options_in(client.get(ADD_PASSKEY)))
    client.get(ADD_PASSKEY)

    client.post(ADD_PASSKEY, {"name": "x", "credential": old})

    assert not keys(nora).exists()


def test_address_that_is_not_confirmed_comes_first(client, nora):
    add_unconfirmed(nora)

    response = client.get(ADD_PASSKEY, follow=True)

    assert "A second factor can be added after that." in words(response)


def test_passkey_is_the_second_step(client, nora):
    passkey = add_passkey(client)
    other = browser()
    page = sign_in(other, nora)
    assert page.redirect_chain[-1][0] == SECOND_STEP

    other.post(SECOND_STEP, {"credential": passkey.get(options_in(page))})

    assert is_signed_in(other)


@pytest.mark.parametrize("credential", ["", "null", "[]", "{}", '{"id": {}}'])
def test_second_step_refuses_what_is_no_passkey(client, nora, credential):
    add_passkey(client)
    other = browser()
    sign_in(other, nora)

    response = other.post(SECOND_STEP, {"credential": credential})

    assert response.status_code == 200
    assert not is_signed_in(other)


def test_passkey_of_somebody_else_opens_nothing(client, nora):
    add_passkey(client)
    stranger = person()
    strange = browser()
    sign_in(strange, stranger)
    confirm(strange)
    passkey = add_passkey(strange)
    other = browser()
    page = sign_in(other, nora)

    other.post(SECOND_STEP, {"credential": passkey.get(options_in(page))})

    assert not is_signed_in(other)


def test_passkey_is_renamed(client, nora):
    add_passkey(client)
    key = keys(nora).get()
    assert 'value="My laptop"' in client.get(rename_page(key)).text

    response = client.post(rename_page(key), {"name": "Old laptop"}, follow=True)

    assert response.redirect_chain[-1][0] == SECURITY
    assert "Old laptop" in words(response)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_bad_name_is_refused(client, nora, name):
    add_passkey(client)
    key = keys(nora).get()

    assert 'class="field__error"' in client.post(rename_page(key), {"name": name}).text
    assert str(keys(nora).get()) == "My laptop"


def test_passkey_is_removed_and_other_devices_signed_out(client, nora):
    passkey = add_passkey(client)
    other = browser(PHONE)
    sign_in(other, nora)
    other.post(SECOND_STEP, {"credential": passkey.get(options_in(other.get(SECOND_STEP)))})
    assert is_signed_in(other)
    key = keys(nora).get()
    assert "Remove the passkey “My laptop”?" in words(client.get(remove_page(key)))

    response = client.post(remove_page(key), follow=True)

    assert "The passkey is removed." in words(response)
    assert not Authenticator.objects.filter(user=nora).exists()  # nor recovery codes
    assert is_signed_in(client)
    assert not is_signed_in(other)


@pytest.mark.parametrize("page", [rename_page, remove_page])
def test_passkeys_of_others_are_not_there(client, nora, page):
    add_passkey(client)
    key = keys(nora).get()
    stranger = browser()
    sign_in(stranger, person())
    confirm(stranger)

    assert stranger.get(page(key)).status_code == 404
    assert stranger.post(page(key), {"name": "mine"}).status_code == 404
    assert str(keys(nora).get()) == "My laptop"


@pytest.mark.parametrize("page", [rename_page, remove_page])
def test_changing_asks_for_the_password_first(client, nora, page):
    add_passkey(client)
    key = keys(nora).get()
    client.force_login(type(nora).objects.get(pk=nora.pk))
    session = client.session
    session["account_authentication_methods"] = []
    session.save()

    assert client.post(page(key), {"name": "mine"}).url.startswith(CONFIRM_PASSWORD)
    assert str(keys(nora).get()) == "My laptop"


def test_credential_is_stored_without_a_secret(client, nora):
    add_passkey(client)

    stored = json.dumps(keys(nora).get().data)

    assert "attestationObject" in stored
    assert "private" not in stored.lower()
