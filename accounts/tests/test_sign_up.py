"""Signing up: an address, a password, a code; and everything that can be typed wrongly."""

import re

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.entering import (
    ADDRESS,
    ASK_CODE,
    CONFIRM_ADDRESS,
    CONFIRM_CODE,
    LONG,
    SIGN_IN,
    SIGN_UP,
    code_for,
    is_signed_in,
    letters_to,
    sign_up,
    words,
)
from accounts.tests.factories import create_user

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]


def field(response, name):
    """Return the <input> of a form field as it stands in the page."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', response.content.decode())
    assert found, f"no field {name}"
    return found[0]


def test_address_password_and_code_open_an_account(client):
    response = sign_up(client)
    assert f"We sent a letter to {ADDRESS}" in words(response)
    assert not is_signed_in(client)

    response = client.post(CONFIRM_ADDRESS, {"code": code_for(ADDRESS)}, follow=True)

    assert response.redirect_chain[-1][0] == "/account/"
    assert f"Your address {ADDRESS} is confirmed." in words(response)
    assert User.objects.get(email=ADDRESS).check_password(LONG)


def test_form_serves_password_managers_and_hides_no_label(client):
    response = client.get(SIGN_UP)

    assert 'autocomplete="email"' in field(response, "email")
    assert 'type="email"' in field(response, "email")
    assert 'autocomplete="new-password"' in field(response, "password1")
    assert "placeholder" not in response.content.decode()
    assert "onpaste" not in response.content.decode()
    assert "At least 12 characters." in words(response)


def test_page_says_what_is_accepted_and_links_to_it(client):
    page = client.get(SIGN_UP).content.decode()

    for address in ("/terms/", "/community-rules/", "/privacy/"):
        assert f'<a href="{address}">' in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": ""}, "Write your e-mail address."),
        ({"email": "nora"}, "Write an e-mail address like name@example.org."),
        ({"email": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 20}.org"}, "at most 254"),
        ({"password1": ""}, "Choose a password."),
        ({"password1": "short"}, "12 characters"),
        ({"password1": "nora@example.org"}, "easy to guess"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_address_stays(client, typed, said):
    response = client.post(SIGN_UP, {"email": ADDRESS, "password1": LONG, **typed})

    assert response.status_code == 200
    name = next(iter(typed))
    page = response.content.decode()
    error = page.partition(f'id="id_{name}_error"')[2].partition("</ul>")[0]
    assert said in words(response)
    assert error, "the error does not stand with its field"
    assert f'id="id_{name}_error"' in page
    assert f"id_{name}_error" in field(response, name)  # tied to it for screen readers
    assert f'value="{typed.get("email", ADDRESS)}"' in field(response, "email") or not typed.get(
        "email", ADDRESS
    )
    assert not User.objects.exists()


def test_password_is_never_given_back(client):
    response = client.post(SIGN_UP, {"email": "nora", "password1": LONG})

    assert LONG not in response.content.decode()


def test_wrong_code_is_refused_three_times_and_then_ends(client):
    sign_up(client)
    code = code_for(ADDRESS)

    for _ in range(2):
        response = client.post(CONFIRM_ADDRESS, {"code": "BBBB-BBBB"})
        assert "id_code_error" in response.content.decode()
    client.post(CONFIRM_ADDRESS, {"code": "BBBB-BBBB"})
    client.post(CONFIRM_ADDRESS, {"code": code})

    assert not is_signed_in(client)


def test_code_may_be_typed_in_small_letters_without_the_dash(client):
    sign_up(client)

    client.post(CONFIRM_ADDRESS, {"code": code_for(ADDRESS).lower().replace("-", "")})

    assert is_signed_in(client)


def test_code_runs_out(client, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = -1
    sign_up(client)

    client.post(CONFIRM_ADDRESS, {"code": code_for(ADDRESS)})

    assert not is_signed_in(client)


def test_another_code_can_be_sent_and_the_first_no_longer_works(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": None}
    sign_up(client)
    first = code_for(ADDRESS)

    response = client.post(CONFIRM_ADDRESS, {"action": "resend"}, follow=True)
    assert f"We sent a letter to {ADDRESS}" in words(response)
    second = code_for(ADDRESS)
    assert second != first

    client.post(CONFIRM_ADDRESS, {"code": first})
    assert not is_signed_in(client)
    client.post(CONFIRM_ADDRESS, {"code": second})
    assert is_signed_in(client)


def test_one_can_begin_again_with_another_address(client):
    response = sign_up(client, "nroa@example.org")
    assert "Begin again" in words(response)

    response = client.post("/account/logout/", {"next": SIGN_UP}, follow=True)
    assert response.redirect_chain[-1][0] == SIGN_UP
    sign_up(client)
    client.post(CONFIRM_ADDRESS, {"code": code_for(ADDRESS)})

    assert is_signed_in(client)


def test_code_of_one_browser_does_not_work_in_another(client):
    sign_up(client)
    code = code_for(ADDRESS)

    other = Client()
    other.post(CONFIRM_ADDRESS, {"code": code})

    assert not is_signed_in(other)


def test_address_with_an_account_gets_a_letter_and_no_second_account(client):
    create_user(email=ADDRESS)

    response = sign_up(client, "Nora@Example.org")

    assert f"We sent a letter to {ADDRESS}" in words(response)
    assert User.objects.count() == 1
    [letter] = letters_to(ADDRESS)
    assert "/account/login/" in letter.body or "/account/password/reset/" in letter.body


def test_who_is_signed_in_is_sent_to_the_account(client):
    client.force_login(create_user())

    assert client.get(SIGN_UP).headers["Location"] == "/account/"


def test_password_of_a_stranger_ends_when_the_owner_comes_in_by_code(client):
    """A stranger signs up with my address; I come in by code; their password must not open it."""
    sign_up(Client(), ADDRESS, "the password of a stranger")
    client.post(ASK_CODE, {"email": ADDRESS})
    response = client.post(CONFIRM_CODE, {"code": code_for(ADDRESS)}, follow=True)

    assert is_signed_in(client)
    assert "so it no longer works" in words(response)
    stranger = Client()
    stranger.post(SIGN_IN, {"login": ADDRESS, "password": "the password of a stranger"})
    assert not is_signed_in(stranger)


def test_own_password_stays_when_one_comes_in_by_code_later(client):
    user = create_user(email=ADDRESS, password=LONG)

    client.post(ASK_CODE, {"email": ADDRESS})
    client.post(CONFIRM_CODE, {"code": code_for(ADDRESS)})

    user.refresh_from_db()
    assert user.check_password(LONG)
