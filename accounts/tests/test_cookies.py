"""Cookies: none for readers; those of people who sign in are closed as far as browsers allow."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import PASSWORD, create_user

READ = """
import json
from backend_guide import settings
names = ("SESSION_COOKIE", "CSRF_COOKIE")
parts = ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "DOMAIN", "PATH")
print(json.dumps({f"{n}_{p}": getattr(settings, f"{n}_{p}", None) for n in names for p in parts}))
"""


def cookie_settings(**changes: str) -> dict[str, object]:
    """Return how a site with this environment sets its cookies."""
    keep = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    environment = {**keep, "SECRET_KEY": "k" * 50, **changes}
    ran = subprocess.run(
        [sys.executable, "-c", READ],
        env=environment,
        cwd=site.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(ran.stdout)


@pytest.fixture
def client() -> Client:
    return Client()


def sign_in(client: Client):
    user = create_user(password=PASSWORD)
    client.get(reverse("account_login"))
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


def test_in_production_cookies_are_bound_to_this_host_and_to_https() -> None:
    found = cookie_settings(
        SITE_URL="https://guide.example",
        SITE_OPERATOR="Guide",
        SITE_CONTACT="a@guide.example",
        EMAIL_URL="console:",
    )
    for name in ("SESSION_COOKIE", "CSRF_COOKIE"):
        assert str(found[f"{name}_NAME"]).startswith("__Host-")
        assert found[f"{name}_SECURE"] is True
        assert found[f"{name}_HTTPONLY"] is True
        assert found[f"{name}_SAMESITE"] == "Lax"
        # What the prefix demands: no domain, and the whole site.
        assert found[f"{name}_DOMAIN"] is None
        assert found[f"{name}_PATH"] in {None, "/"}


def test_on_localhost_they_work_without_https() -> None:
    found = cookie_settings(SITE_URL="http://localhost:8000")
    for name in ("SESSION_COOKIE", "CSRF_COOKIE"):
        assert found[f"{name}_NAME"] is None  # Django's own
        assert found[f"{name}_SECURE"] is False
        assert found[f"{name}_HTTPONLY"] is True


@pytest.mark.django_db
def test_every_cookie_of_signing_in_is_closed_to_scripts_and_other_sites(client, settings) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    answer = sign_in(client)
    assert answer.status_code == 302
    assert set(client.cookies) >= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    for name, cookie in client.cookies.items():
        if not cookie.value:
            continue  # taken away again
        assert cookie["secure"], name
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert not cookie["domain"], name


@pytest.mark.django_db
@pytest.mark.parametrize(("https", "name"), [(True, "__Host-messages"), (False, "messages")])
def test_what_the_next_page_says_waits_in_a_cookie_of_this_host(settings, https, name) -> None:
    settings.SITE_IS_HTTPS = settings.SESSION_COOKIE_SECURE = https
    client = Client()
    sign_in(client)
    client.post(reverse("account_logout"), secure=https)
    cookie = client.cookies[name]
    assert cookie.value
    assert bool(cookie["secure"]) is https
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Lax", "")
    said = client.get(reverse("account_login"), secure=https)
    assert "You are signed out." in said.text
    assert client.cookies[name].value == ""


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/guides/", "/about/", "/transparency/", "/no-such-page/"])
def test_who_only_reads_gets_no_cookie(client, path: str) -> None:
    assert not client.get(path).cookies


@pytest.mark.django_db
def test_signing_out_takes_the_session_away(client) -> None:
    sign_in(client)
    kept = client.cookies[site.SESSION_COOKIE_NAME].value
    client.post(reverse("account_logout"))
    client.cookies[site.SESSION_COOKIE_NAME] = kept  # somebody who copied it before
    assert client.get(reverse("accounts:overview")).status_code == 302
