"""Changing the password, and setting one where there is none."""

import pytest
from allauth.usersessions.models import UserSession

from accounts.models import User
from accounts.tests.entering import LONG, come_by_code, is_signed_in, letters_to, words
from accounts.tests.factories import PASSWORD, create_user
from accounts.tests.guarding import (
    CONFIRM_PASSKEY,
    PHONE,
    add_passkey,
    browser,
    confirm,
    options_in,
    person,
    sign_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]
CHANGE = "/account/password/change/"
SET = "/account/password/set/"


def change(client, old=PASSWORD, new=LONG):
    return client.post(CHANGE, {"oldpassword": old, "password1": new}, follow=True)


def has_password(user, password):
    return User.objects.get(pk=user.pk).check_password(password)


@pytest.mark.parametrize("page", [CHANGE, SET])
def test_strangers_are_asked_to_sign_in(client, page):
    assert client.get(page).url.startswith("/account/login/")


def test_form_is_made_for_password_managers(client):
    user = person()
    sign_in(client, user)

    page = client.get(CHANGE).text

    assert 'autocomplete="current-password"' in page
    assert 'autocomplete="new-password"' in page
    assert f'value="{user.email}" autocomplete="username"' in page
    assert "onpaste" not in page


def test_password_is_changed_and_told(client):
    user = person(email="nora@example.org")
    sign_in(client, user)

    response = change(client)

    assert "Your password is changed." in words(response)
    assert has_password(user, LONG)
    assert "password" in letters_to("nora@example.org")[-1].subject


def test_other_devices_are_signed_out_and_this_one_is_not(client):
    user = person()
    sign_in(client, user)
    other = browser(PHONE)
    sign_in(other, user)
    key = client.session.session_key

    change(client)

    assert is_signed_in(client)
    assert client.session.session_key != key
    assert not is_signed_in(other)
    assert UserSession.objects.get(user=user).session_key == client.session.session_key


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("wrong", LONG),
        ("", LONG),
        (PASSWORD, ""),
        (PASSWORD, "short"),
        (PASSWORD, "password1234"),
        (PASSWORD, "123456789012"),
    ],
)
def test_refused_changes_nothing_and_gives_no_password_back(client, old, new):
    user = person()
    sign_in(client, user)

    response = change(client, old, new)

    assert 'class="field__error"' in response.text
    assert has_password(user, PASSWORD)
    for typed in filter(None, (old, new)):
        assert f'value="{typed}"' not in response.text


def test_person_without_a_password_is_led_to_setting_one(client):
    client.force_login(create_user())

    assert client.get(CHANGE).url == SET


def test_person_with_a_password_is_led_to_changing_it(client):
    sign_in(client, person())
    confirm(client)

    assert client.get(SET).url == CHANGE


def test_password_is_set_where_there_was_none(client):
    user = create_user()
    come_by_code(client, user)

    response = client.post(SET, {"password1": LONG}, follow=True)

    assert "Your password is set." in words(response)
    assert has_password(user, LONG)
    assert is_signed_in(client)


def test_weak_password_is_not_set(client):
    user = create_user()
    come_by_code(client, user)

    response = client.post(SET, {"password1": "short"})

    assert 'class="field__error"' in response.text
    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_setting_one_asks_for_the_passkey_first(client):
    user = create_user()
    come_by_code(client, user)
    passkey = add_passkey(client)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()

    sent = client.post(SET, {"password1": LONG})

    assert sent.url.startswith("/account/2fa/")
    assert not User.objects.get(pk=user.pk).has_usable_password()
    credential = passkey.get(options_in(client.get(CONFIRM_PASSKEY)))
    client.post(CONFIRM_PASSKEY, {"credential": credential, "next": SET})
    client.post(SET, {"password1": LONG})
    assert has_password(user, LONG)
