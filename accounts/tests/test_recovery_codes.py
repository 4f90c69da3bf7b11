"""Recovery codes: seen by their person only, each good once, made anew."""

import pytest
from allauth.mfa.models import Authenticator

from accounts.tests.entering import is_signed_in, letters_to, minutes_pass, words
from accounts.tests.guarding import (
    CODES,
    CONFIRM_PASSWORD,
    DOWNLOAD_CODES,
    NEW_CODES,
    add_passkey,
    browser,
    confirm,
    give_app,
    person,
    recovery_codes,
    sign_in,
    sign_in_with_code,
)

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]
USED = "A recovery code was used at Backend Guide"


@pytest.fixture
def nora(client):
    """Somebody with an app, signed in, who has just confirmed."""
    user = person(email="nora@example.org")
    give_app(user)
    sign_in_with_code(client, user)
    confirm(client)
    return user


@pytest.mark.parametrize("page", [CODES, DOWNLOAD_CODES, NEW_CODES])
def test_strangers_see_nothing(client, page):
    response = client.get(page)

    assert response.status_code == 302
    assert response.url.startswith("/account/login/")


@pytest.mark.parametrize("page", [CODES, DOWNLOAD_CODES, NEW_CODES])
def test_password_is_asked_for_again(client, page):
    user = person()
    give_app(user)
    sign_in_with_code(client, user)
    minutes_pass(client)

    assert client.get(page).url.startswith(CONFIRM_PASSWORD)


def test_page_shows_the_codes_that_work(client, nora):
    response = client.get(CODES)

    codes = recovery_codes(nora)
    assert len(codes) == 10
    assert all(f"<code>{code}</code>" in response.text for code in codes)
    assert "10 of 10 are left" in words(response)
    assert "no-store" in response["Cache-Control"]


def test_codes_can_be_taken_as_text(client, nora):
    response = client.get(DOWNLOAD_CODES)

    assert response["Content-Type"].startswith("text/plain")
    assert "recovery-codes.txt" in response["Content-Disposition"]
    assert "Recovery codes for nora@example.org on Backend Guide" in response.text
    assert response.text.split()[-10:] == recovery_codes(nora)


def test_code_opens_the_account_once(nora):
    code = recovery_codes(nora)[4]
    first, second = browser(), browser()

    sign_in_with_code(first, nora, code)
    sign_in_with_code(second, nora, code)

    assert is_signed_in(first)
    assert not is_signed_in(second)
    assert code not in recovery_codes(nora)
    assert len(recovery_codes(nora)) == 9


def test_owner_is_told_that_a_code_was_used(nora):
    sign_in_with_code(browser(), nora, "00000000")
    assert USED not in [letter.subject for letter in letters_to(nora.email)]

    sign_in_with_code(browser(), nora, recovery_codes(nora)[0])

    assert [letter.subject for letter in letters_to(nora.email)].count(USED) == 1


def test_second_step_asks_for_what_there_is(nora):
    assert "6 digits that your authenticator app shows now, or one of" in words(
        sign_in(browser(), nora)
    )
    owner = browser()
    sign_in(owner, other := person(email="olga@example.org"))
    confirm(owner)
    add_passkey(owner)
    said = words(sign_in(browser(), other))
    assert said.index("Use the passkey") < said.index("Recovery code") < said.index("Use the code")
    assert "authenticator app" not in said

    Authenticator.objects.filter(user=other, type="recovery_codes").delete()
    said = words(sign_in(browser(), other))
    assert "There are no recovery codes for this account." in said
    assert "Use the code" not in said


def test_code_of_somebody_else_opens_nothing(nora):
    other = person()
    give_app(other)
    client = browser()

    sign_in_with_code(client, other, recovery_codes(nora)[0])

    assert not is_signed_in(client)


def test_new_codes_end_the_old_ones(client, nora):
    old = recovery_codes(nora)
    assert "The 10 that you have stop working at once." in words(client.get(NEW_CODES))

    response = client.post(NEW_CODES, follow=True)

    new = recovery_codes(nora)
    assert response.redirect_chain[-1][0] == CODES
    assert not set(old) & set(new)
    other = browser()
    sign_in_with_code(other, nora, old[0])
    assert not is_signed_in(other)
    sign_in_with_code(other, nora, new[0])
    assert is_signed_in(other)


def test_looking_makes_no_new_ones(client, nora):
    before = recovery_codes(nora)

    client.get(NEW_CODES)
    client.get(CODES)

    assert recovery_codes(nora) == before


def test_without_a_factor_there_are_none(client):
    sign_in(client, person())
    confirm(client)

    assert client.get(CODES).status_code == 404
    assert client.get(DOWNLOAD_CODES).status_code == 404
    response = client.post(NEW_CODES)
    assert "Recovery codes stand in for a second factor." in words(response)


def test_codes_in_the_clear_are_on_no_other_page(client, nora):
    code = recovery_codes(nora)[0]

    for page in ("/account/", "/account/security/", "/account/sessions/", "/account/email/"):
        assert code not in client.get(page).text
