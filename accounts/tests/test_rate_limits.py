"""Limits: every form of the account has one, by a client that cannot be made up, and kindly."""

import html
import time
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.signing_in import limits
from accounts.tests.addresses import account_paths
from accounts.tests.factories import PASSWORD, create_user
from mailing.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]


def statuses(client: Client, path: str, data: dict[str, str], times: int) -> list[int]:
    return [client.post(path, data).status_code for _ in range(times)]


def test_the_list_of_pages_is_not_empty() -> None:
    found = account_paths()
    for name in ("account_login", "account_signup", "mfa_authenticate", "accounts:profile"):
        assert reverse(name) in found
    assert len(found) > 35


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_no_form_below_account_can_be_sent_without_end(monkeypatch, is_signed_in: bool) -> None:
    few = dict.fromkeys(limits.LIMITS, "2/m/ip")
    monkeypatch.setattr(limits, "LIMITS", few)
    monkeypatch.setattr(limits, "OTHERWISE", "2/m/ip")
    for path in account_paths():
        client = Client()
        if is_signed_in:
            client.force_login(create_user())
        before = statuses(client, path, {}, 2)
        assert client.post(path).status_code == 429, (path, before)
        assert client.get(path).status_code != 429, path  # reading is free


def test_the_names_in_the_table_exist() -> None:
    known = set()

    def collect(patterns: list[URLPattern | URLResolver], space: str = "") -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                collect(
                    pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space
                )
            else:
                known.add(f"{space}{pattern.name}")

    collect(get_resolver().url_patterns)
    assert set(limits.LIMITS) <= known


ANONYMOUS = {
    "account_signup": ({"email": "not an address", "password1": "x"}, 10),
    "account_login": ({"login": "not an address", "password": "x"}, 30),
    "account_signup_by_passkey": ({"email": "not an address"}, 10),
    "account_confirm_login_code": ({"code": "AAAA-AAAA"}, 20),
    "account_email_verification_sent": ({"code": "AAAA-AAAA"}, 20),
    "account_confirm_password_reset_code": ({"code": "AAAA-AAAA"}, 20),
    "account_complete_password_reset": ({"password1": "x"}, 20),
    "mfa_authenticate": ({"code": "000000"}, 20),
    "mfa_login_webauthn": ({"credential": "{}"}, 10),
}
SIGNED_IN = {
    "account_reauthenticate": ({"password": "wrong"}, 10),
    "account_change_password": ({"oldpassword": "wrong"}, 5),
    "account_email": ({"action_add": "", "email": "not an address"}, 10),
    "mfa_generate_recovery_codes": ({}, 10),
    "mfa_activate_totp": ({"code": "000000"}, 10),
    "mfa_deactivate_totp": ({}, 10),
    "accounts:download": ({}, 5),
    "accounts:delete": ({}, 5),
}


@pytest.mark.parametrize("page", ANONYMOUS)
def test_how_often_a_stranger_may_send_a_form(page: str) -> None:
    data, allowed = ANONYMOUS[page]
    found = statuses(Client(), reverse(page), data, allowed + 1)
    assert 429 not in found[:allowed]
    assert found[allowed] == 429


@pytest.mark.parametrize("page", SIGNED_IN)
def test_how_often_somebody_signed_in_may_send_a_form(page: str) -> None:
    data, allowed = SIGNED_IN[page]
    client = Client()
    client.force_login(create_user(password=PASSWORD))
    found = statuses(client, reverse(page), data, allowed + 1)
    assert 429 not in found[:allowed]
    assert found[allowed] == 429


def test_the_old_password_cannot_be_guessed_at_the_desk_either() -> None:
    client = Client()
    client.force_login(create_user(role="Editor", password=PASSWORD))
    data = {"old_password": "guess", "new_password1": "x", "new_password2": "x"}
    answer = client.post(reverse("admin:password_change"), data)
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_change_password"))


@pytest.mark.parametrize(
    ("page", "status", "words"),
    [
        ("account_request_login_code", 200, "Too many codes were asked for"),
        ("account_reset_password", 429, "Please wait a little"),
    ],
)
@pytest.mark.parametrize("is_known", [True, False])
def test_nobody_can_flood_a_mailbox(page: str, status: int, words: str, is_known: bool) -> None:
    if is_known:
        create_user(email="ada@example.org")
    for number in range(6):  # each from another place
        answer = Client(REMOTE_ADDR=f"203.0.113.{number}").post(
            reverse(page), {"email": "ada@example.org" if number % 2 else "Ada@Example.ORG"}
        )
        assert answer.status_code == (302 if number < 3 else status)
    assert words in answer.content.decode()
    assert 'value="ada@example.org"' in answer.content.decode()
    assert Letter.objects.count() == 3


def refused(path: str, data: dict[str, str], client: Client | None = None) -> Any:
    """Send a form until it is refused, and return the refusal."""
    client = client or Client()
    for _ in range(40):
        answer = client.post(path, data)
        if answer.status_code == 429:
            return answer
    raise AssertionError("It was never refused.")


def test_the_page_is_kind_and_gives_back_what_was_written() -> None:
    path = reverse("account_signup") + "?next=/guides/"
    answer = refused(
        path, {"email": "ada <b>@example", "password1": "hush-hush", "next": "/guides/"}
    )
    text = answer.content.decode()
    assert answer["Retry-After"] == "60"
    assert "no-store" in answer["Cache-Control"]
    assert "Please wait a little" in text
    assert "nothing you wrote is lost" in text
    assert 'value="ada &lt;b&gt;@example"' in text
    assert 'name="next" value="/guides/"' in text
    assert f'action="{html.escape(path)}"' in text
    assert 'name="password1"' in text
    assert 'autocomplete="new-password"' in text
    assert "hush-hush" not in text
    assert text.count("csrfmiddlewaretoken") == 1


def test_long_words_are_kept_too_and_codes_are_not() -> None:
    client = Client()
    client.force_login(create_user())
    bio = "I build queues.\n" * 20
    text = refused(reverse("mfa_activate_totp"), {"code": "123456", "bio": bio}, client)
    assert bio in html.unescape(text.content.decode().replace("\r\n", "\n"))
    assert "123456" not in text.content.decode()


def test_the_answer_of_a_passkey_is_not_sent_again() -> None:
    text = refused(reverse("mfa_login_webauthn"), {"credential": '{"id": "x"}'}).content.decode()
    assert "the page you came from" in text
    assert "Send it again" not in text


def test_after_a_minute_it_can_be_sent_again(monkeypatch) -> None:
    data = {"email": "not an address", "password1": "x"}
    client = Client()
    refused(reverse("account_signup"), data, client)
    now = time.time()
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: now + 61)
    assert client.post(reverse("account_signup"), data).status_code == 200


def test_who_is_counted_cannot_be_made_up(settings) -> None:
    data = {"email": "not an address", "password1": "x"}
    path = reverse("account_signup")
    spoof = Client()
    found = [
        spoof.post(path, data, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}").status_code
        for number in range(11)
    ]
    assert found[10] == 429  # without a proxy no header is believed
    assert Client(REMOTE_ADDR="203.0.113.77").post(path, data).status_code == 200
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(11):
        forwarded = f"198.51.100.{number}, 203.0.113.5"
        answer = spoof.post(path, data, HTTP_X_FORWARDED_FOR=forwarded)
    assert answer.status_code == 429  # behind one proxy the last one counts


def test_a_household_with_ipv6_is_one_client() -> None:
    data = {"email": "not an address", "password1": "x"}
    for number in range(11):
        client = Client(REMOTE_ADDR=f"2001:db8:1:2::{number:x}")
        answer = client.post(reverse("account_signup"), data)
    assert answer.status_code == 429
    other = Client(REMOTE_ADDR="2001:db8:1:3::1")
    assert other.post(reverse("account_signup"), data).status_code == 200


@pytest.mark.parametrize("remote", ["", "nonsense"])
def test_where_the_address_is_not_known_forms_work_and_share_a_limit(remote: str) -> None:
    client = Client(REMOTE_ADDR=remote)
    user = create_user(password=PASSWORD)
    path = reverse("account_login")
    assert client.post(path, {"login": user.email, "password": PASSWORD}).status_code == 302
    data = {"email": "not an address", "password1": "x"}
    assert refused(reverse("account_signup"), data, Client(REMOTE_ADDR=remote))
