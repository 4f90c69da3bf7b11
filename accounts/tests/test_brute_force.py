"""Guessing: passwords, codes of letters and second factors are found by nobody who tries."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import PASSWORD, create_user
from mailing.tests.postbox import deliver_all

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/login/"
TOO_MANY = "Too many tries"


@pytest.fixture
def ada() -> User:
    return create_user(email="ada@example.org", password=PASSWORD)


def attempt(password: str, *, place: str = "203.0.113.1", login: str = "ada@example.org"):
    return Client(REMOTE_ADDR=place).post(SIGN_IN, {"login": login, "password": password})


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("accounts:overview")).status_code == 200


@pytest.mark.usefixtures("ada")
def test_one_account_from_many_places() -> None:
    for number in range(5):
        page = attempt(f"guess {number}", place=f"203.0.113.{number}")
        assert "do not match" in page.content.decode()
    page = attempt(PASSWORD, place="203.0.113.99", login="ADA@example.org")
    assert page.status_code == 200  # even the right one is not tried, so a guess learns nothing
    assert TOO_MANY in page.content.decode()
    assert 'value="ADA@example.org"' in page.content.decode()


@pytest.mark.usefixtures("ada")
def test_one_place_at_many_accounts() -> None:
    for number in range(10):
        assert TOO_MANY not in attempt(PASSWORD, login=f"p{number}@example.org").content.decode()
    assert TOO_MANY in attempt(PASSWORD).content.decode()
    assert attempt(PASSWORD, place="203.0.113.2").status_code == 302  # others are not shut out


@pytest.mark.usefixtures("ada")
def test_a_sign_in_between_does_not_start_the_count_anew() -> None:
    for number in range(4):
        attempt(f"guess {number}", place=f"203.0.113.{number}")
    assert attempt(PASSWORD).status_code == 302
    attempt("guess 4", place="203.0.113.44")
    assert TOO_MANY in attempt("guess 5", place="203.0.113.55").content.decode()


@pytest.mark.usefixtures("ada")
def test_whoever_is_guessed_at_gets_in_another_way_and_soon_as_before(monkeypatch) -> None:
    for number in range(6):
        attempt(f"guess {number}", place=f"203.0.113.{number}")
    client = Client(REMOTE_ADDR="203.0.113.200")
    client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    code = re.search(r"^[A-Z]{4}-[A-Z]{4}$", deliver_all()[-1].body, re.MULTILINE)
    assert code
    client.post(reverse("account_confirm_login_code"), {"code": code.group()})
    assert is_signed_in(client)
    now = time.time()
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: now + 301)
    assert attempt(PASSWORD, place="203.0.113.201").status_code == 302


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        ("account_request_login_code", "account_confirm_login_code"),
        ("account_reset_password", "account_confirm_password_reset_code"),
    ],
)
def test_the_code_of_a_letter_ends_after_three_wrong_tries(ask: str, answer: str) -> None:
    client = Client()
    client.post(reverse(ask), {"email": "ada@example.org"})
    code = re.search(r"^[A-Z]{4}-[A-Z]{4}$", deliver_all()[-1].body, re.MULTILINE)
    assert code
    for number in range(3):
        client.post(reverse(answer), {"code": f"BBBB-BBB{'BCD'[number]}"})
    client.post(reverse(answer), {"code": code.group()})
    assert not is_signed_in(client)
    assert client.get(reverse("account_complete_password_reset")).status_code == 302


@pytest.mark.usefixtures("ada")
def test_a_code_works_only_where_it_was_asked_for() -> None:
    asked, other = Client(), Client()
    for client in (asked, other):
        client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    first, second = (
        re.search(r"^[A-Z]{4}-[A-Z]{4}$", message.body, re.MULTILINE) for message in deliver_all()
    )
    assert first
    assert second
    other.post(reverse("account_confirm_login_code"), {"code": first.group()})
    assert not is_signed_in(other)
    other.post(reverse("account_confirm_login_code"), {"code": second.group()})
    assert is_signed_in(other)
    other.post(reverse("account_logout"))
    other.post(reverse("account_confirm_login_code"), {"code": second.group()})
    assert not is_signed_in(other)  # and once


def test_codes_of_an_authenticator_app_cannot_be_tried_through(ada: User) -> None:
    TOTP.activate(ada, "JBSWY3DPEHPK3PXP")
    assert Authenticator.objects.filter(user=ada).exists()
    pages = []
    for number in range(8):
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        client.post(SIGN_IN, {"login": ada.email, "password": PASSWORD})
        page = client.post(reverse("mfa_authenticate"), {"code": f"00000{number}"})
        assert not is_signed_in(client)
        pages.append(page.content.decode())
    assert TOO_MANY not in pages[0]
    assert TOO_MANY in pages[-1]


def test_the_password_of_a_found_session_cannot_be_tried_through(ada: User) -> None:
    client = Client()
    client.force_login(ada)
    found = [
        client.post(reverse("account_reauthenticate"), {"password": f"guess {number}"})
        for number in range(7)
    ]
    assert TOO_MANY in found[6].content.decode()
