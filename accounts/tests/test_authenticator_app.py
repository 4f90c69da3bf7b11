"""An authenticator app: set up, used as the second step, removed."""

import base64
from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from accounts.templatetags.groups import in_groups
from accounts.tests.entering import (
    ASK_CODE,
    CONFIRM_CODE,
    code_for,
    is_signed_in,
    minutes_pass,
    words,
)
from accounts.tests.guarding import (
    CODES,
    CONFIRM_PASSWORD,
    PHONE,
    REMOVE_APP,
    SECOND_STEP,
    SECURITY,
    SET_UP_APP,
    add_unconfirmed,
    browser,
    code_now,
    commits_at_once,  # noqa: F401  a fixture
    confirm,
    give_app,
    person,
    sign_in,
    sign_in_with_code,
    wrong_code,
)
from mailing.tests.postbox import deliver_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]


@pytest.fixture
def nora(client):
    """Somebody who is signed in, and has just confirmed."""
    user = person(email="nora@example.org")
    sign_in(client, user)
    confirm(client)
    return user


def set_up(client):
    page = client.get(SET_UP_APP)
    return client.post(SET_UP_APP, {"code": code_now(page.context["form"].secret)}, follow=True)


def has_app(user):
    return Authenticator.objects.filter(user=user, type="totp").exists()


@pytest.mark.parametrize("page", [SET_UP_APP, REMOVE_APP])
def test_strangers_are_asked_to_sign_in(client, page):
    assert client.get(page).status_code in {302, 403}


def test_setting_up_asks_for_the_password_first(client):
    sign_in(client, person())
    minutes_pass(client)

    assert client.get(SET_UP_APP).url.startswith(CONFIRM_PASSWORD)
    assert client.post(SET_UP_APP, {"code": "123456"}).url.startswith(CONFIRM_PASSWORD)


def test_page_shows_the_key_as_picture_and_as_words(client, nora):
    response = client.get(SET_UP_APP)

    secret = response.context["form"].secret
    assert f"<code>{in_groups(secret)}</code>" in response.text
    picture = response.text.partition('src="data:image/svg+xml;base64,')[2].partition('"')[0]
    assert base64.b64decode(unescape(picture)).lstrip().startswith(b"<")
    assert 'autocomplete="one-time-code"' in response.text
    assert "issuer=Backend%20Guide" in unescape(response.context["totp_url"])


def test_right_code_switches_it_on_and_shows_recovery_codes(client, nora):
    response = set_up(client)

    assert response.redirect_chain[-1][0] == CODES
    assert "Your authenticator app is set up." in words(response)
    assert has_app(nora)


def test_person_is_told_by_letter(client, nora):
    set_up(client)

    assert any("authenticator app" in letter.subject.lower() for letter in deliver_all())


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "wrong"])
def test_wrong_code_switches_nothing_on(client, nora, code):
    secret = client.get(SET_UP_APP).context["form"].secret
    sent = wrong_code(secret) if code == "wrong" else code

    response = client.post(SET_UP_APP, {"code": sent})

    assert 'class="field__error"' in response.text
    assert f"<code>{in_groups(secret)}</code>" in response.text  # the scan is not in vain
    assert not has_app(nora)


def test_tries_are_limited(client, nora):
    secret = client.get(SET_UP_APP).context["form"].secret
    for _ in range(20):
        client.post(SET_UP_APP, {"code": wrong_code(secret)})

    response = client.post(SET_UP_APP, {"code": code_now(secret)})

    assert not has_app(nora)
    assert response.status_code in {200, 429}


def test_address_that_is_not_confirmed_comes_first(client, nora):
    add_unconfirmed(nora)

    response = client.get(SET_UP_APP, follow=True)

    assert "A second factor can be added after that." in words(response)


def test_first_factor_signs_other_devices_out_and_not_this_one(client, nora):
    other = browser(PHONE)
    sign_in(other, nora)
    key = client.session.session_key

    set_up(client)

    assert is_signed_in(client)
    assert client.session.session_key != key
    assert not is_signed_in(other)
    assert "You are signed in here only." in words(client.get(SECURITY))


def test_sign_in_asks_for_the_code(client):
    user = person()
    give_app(user)

    response = sign_in(client, user)

    assert response.redirect_chain[-1][0] == SECOND_STEP
    assert "The second step" in words(response)
    assert not is_signed_in(client)
    client.post(SECOND_STEP, {"code": code_now()})
    assert is_signed_in(client)


@pytest.mark.parametrize("code", ["", "12345", "99999999", "wrong", "' OR 1=1 --", "٠١٢٣٤٥"])
def test_wrong_code_lets_nobody_in(client, code):
    user = person()
    give_app(user)
    sign_in(client, user)

    response = client.post(SECOND_STEP, {"code": wrong_code() if code == "wrong" else code})

    assert 'class="field__error"' in response.text
    assert not is_signed_in(client)


def test_code_works_once(client):
    user = person()
    give_app(user)
    code = code_now()
    sign_in_with_code(client, user, code)
    assert is_signed_in(client)
    other = browser()

    sign_in_with_code(other, user, code)

    assert not is_signed_in(other)


@pytest.mark.parametrize(("steps", "is_in"), [(-3, False), (-1, True), (1, True), (3, False)])
def test_clocks_may_differ_a_little(client, steps, is_in):
    user = person()
    give_app(user)

    sign_in_with_code(client, user, code_now(steps=steps))

    assert is_signed_in(client) == is_in


def test_guessing_codes_is_stopped(client):
    user = person()
    give_app(user)
    sign_in(client, user)
    for _ in range(20):
        client.post(SECOND_STEP, {"code": wrong_code()})

    client.post(SECOND_STEP, {"code": code_now()})

    assert not is_signed_in(client)
    cache.clear()
    sign_in_with_code(client, user)
    assert is_signed_in(client)


def test_sign_in_by_an_e_mailed_code_asks_for_the_code_of_the_app_too(client):
    user = person()
    give_app(user)
    client.post(ASK_CODE, {"email": user.email})

    response = client.post(CONFIRM_CODE, {"code": code_for(user.email)}, follow=True)

    assert response.redirect_chain[-1][0] == SECOND_STEP
    assert not is_signed_in(client)
    client.post(SECOND_STEP, {"code": code_now()})
    assert is_signed_in(client)


def test_second_step_stands_open_to_nobody_without_the_first(client):
    assert client.get(SECOND_STEP).url == "/account/login/"
    assert client.post(SECOND_STEP, {"code": code_now()}).url == "/account/login/"


def test_removing_asks_first_and_signs_other_devices_out(client):
    user = person()
    give_app(user)
    sign_in_with_code(client, user)
    other = browser(PHONE)
    sign_in_with_code(other, user, code_now(steps=1))
    assert is_signed_in(other)
    confirm(client)
    assert "Remove the authenticator app?" in words(client.get(REMOVE_APP))
    assert has_app(user)

    response = client.post(REMOVE_APP, follow=True)

    assert "The authenticator app is removed." in words(response)
    assert not Authenticator.objects.filter(user=user).exists()  # nor recovery codes
    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_removing_asks_for_the_password_first(client):
    user = person()
    client.force_login(user)
    give_app(user)

    assert client.post(REMOVE_APP).url.startswith(CONFIRM_PASSWORD)
    assert has_app(user)


def test_nobody_removes_what_is_not_there(client, nora):
    assert client.get(REMOVE_APP).status_code == 404
