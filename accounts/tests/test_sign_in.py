"""Signing in by password."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from accounts.tests.entering import ADDRESS, LONG, SIGN_IN, is_signed_in, sign_up, words
from accounts.tests.factories import create_user

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]


def sign_in(client, login=ADDRESS, password=LONG, **more):
    return client.post(SIGN_IN, {"login": login, "password": password, **more}, follow=True)


def test_address_and_password_open_the_account(client):
    create_user(email=ADDRESS, password=LONG)

    response = sign_in(client)

    assert response.redirect_chain[-1][0] == "/account/"
    assert is_signed_in(client)


@pytest.mark.parametrize("login", ["NORA@EXAMPLE.ORG", " nora@example.org "])
def test_capitals_and_blanks_around_the_address_do_not_matter(client, login):
    create_user(email=ADDRESS, password=LONG)

    sign_in(client, login)

    assert is_signed_in(client)


@pytest.mark.parametrize("password", ["  spaces count in passwords  ", "пароль из нескольких слов"])
def test_every_character_of_a_password_counts(client, password):
    create_user(email=ADDRESS, password=password)

    sign_in(client, password=password.strip() + "!")
    assert not is_signed_in(client)
    sign_in(client, password=password)
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "typed",
    [
        {"password": "not the right one"},
        {"login": "olga@example.org"},
        {"login": "nora"},
        {"login": ""},
        {"password": ""},
    ],
)
def test_wrong_pairs_are_refused_and_the_address_stays(client, typed):
    create_user(email=ADDRESS, password=LONG)

    response = sign_in(client, **typed)

    page = response.content.decode()
    assert not is_signed_in(client)
    assert "message--error" in page or "_error" in page
    assert f'value="{typed.get("login", ADDRESS)}"' in page or typed.get("login") == ""
    assert LONG not in page
    assert "not the right one" not in page


def test_account_that_is_switched_off_is_not_opened(client):
    create_user(email=ADDRESS, password=LONG)
    User.objects.update(is_active=False)

    sign_in(client)

    assert not is_signed_in(client)


def test_address_must_be_confirmed_first(client):
    sign_up(Client())
    cache.clear()  # a letter went out just now, and the next must wait some seconds

    response = sign_in(client)

    assert f"We sent a letter to {ADDRESS}" in words(response)
    assert not is_signed_in(client)


def test_session_ends_with_the_browser_unless_asked_otherwise(client):
    create_user(email=ADDRESS, password=LONG)

    sign_in(client)
    assert client.cookies["sessionid"]["max-age"] == ""

    other = Client()
    sign_in(other, remember="on")
    assert other.cookies["sessionid"]["max-age"] == 60 * 60 * 24 * 14


def test_what_was_asked_for_comes_after_signing_in(client):
    create_user(email=ADDRESS, password=LONG)

    response = client.get("/account/security/", follow=True)
    assert response.redirect_chain[-1][0] == f"{SIGN_IN}?next=/account/security/"
    assert "Afterwards you go on to the page you came for." in words(response)
    assert '<input type="hidden" name="next" value="/account/security/">' in response.text

    response = sign_in(client, next="/account/security/")
    assert response.redirect_chain[-1][0] == "/account/security/"


def test_page_shows_each_way_in(client):
    response = client.get(f"{SIGN_IN}?next=/about/")

    for address in ("/account/login/code/", "/account/signup/"):
        assert f'href="{address}?next=%2Fabout%2F"' in response.text
    assert 'href="/account/password/reset/"' in response.text
    assert 'data-passkey="get"' in response.text
    assert "Go on with" not in response.text  # no other site is set up


def test_form_serves_password_managers(client):
    page = client.get(SIGN_IN).text

    assert re.search(r'<input[^>]*name="login"[^>]*autocomplete="username"', page)
    assert re.search(r'<input[^>]*name="password"[^>]*autocomplete="current-password"', page)
    assert "placeholder" not in page


def test_page_is_kept_by_no_cache_and_no_search_engine(client):
    response = client.get(SIGN_IN)

    assert "no-store" in response.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.text


def test_who_is_signed_in_is_sent_on(client):
    client.force_login(create_user())

    assert client.get(SIGN_IN).headers["Location"] == "/account/"
    assert client.get(f"{SIGN_IN}?next=/about/").headers["Location"] == "/about/"


def test_every_page_links_to_the_account_with_the_same_bytes_for_all(client):
    anonymous = client.get("/about/")
    client.force_login(create_user())
    signed_in = client.get("/about/")

    assert '<a href="/account/">Account</a>' in anonymous.text
    assert signed_in.content == anonymous.content
    assert "sessionid" not in anonymous.cookies


def test_confirming_asks_for_the_password_and_goes_on(client):
    create_user(email=ADDRESS, password=LONG)
    client.force_login(User.objects.get())

    response = client.get("/account/reauthenticate/?next=/account/")
    assert "Is it still you?" in words(response)
    assert 'autocomplete="current-password"' in response.text
    assert f'value="{ADDRESS}" autocomplete="username"' in response.text

    refused = client.post("/account/reauthenticate/", {"password": "x", "next": "/account/"})
    assert "id_password_error" in refused.text
    passed = client.post("/account/reauthenticate/", {"password": LONG, "next": "/account/"})
    assert passed.headers["Location"] == "/account/"


def test_confirming_is_for_people_who_are_signed_in(client):
    response = client.get("/account/reauthenticate/")

    assert response.headers["Location"].startswith(SIGN_IN)


def test_page_of_an_account_that_is_switched_off_says_so(client):
    assert "This account is switched off" in words(client.get("/account/inactive/"))


@pytest.mark.parametrize("page", ["login/", "login/code/", "signup/", "signup/passkey/"])
def test_title_bears_the_name_of_the_site_and_not_its_host(client, page):
    shown = client.get(f"/account/{page}").content.decode()

    assert re.search(r"<title>[^<]+ · Backend Guide</title>", shown)
    assert 'og:site_name" content="Backend Guide"' in shown
