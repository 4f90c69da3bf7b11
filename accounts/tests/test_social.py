"""Signing in through another site: there only with keys, and keeping little."""

import json
import os
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.github.provider import GitHubProvider
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from django.core.exceptions import ImproperlyConfigured

from accounts.models import User
from accounts.signing_in import social
from accounts.tests.entering import ADDRESS, LONG, code_for, is_signed_in, letters_to, words
from accounts.tests.factories import create_user
from accounts.tests.social_site import GitHub

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]
GITHUB = {"SIGN_IN_GITHUB_ID": "our-id", "SIGN_IN_GITHUB_SECRET": "our-secret"}
LOGIN = "/account/github/login/"
CALLBACK = "/account/github/login/callback/"
CONNECTIONS = "/account/3rdparty/"


def found(environment):
    return social.from_environment(lambda name: environment.get(name, ""))


@pytest.fixture
def github(settings, monkeypatch):
    """A site where GitHub is set up; returns what GitHub tells."""
    told = GitHub()
    settings.ROOT_URLCONF = "accounts.tests.social_site"
    settings.SOCIALACCOUNT_PROVIDERS = found(GITHUB).providers
    monkeypatch.setitem(registry.provider_map, "github", GitHubProvider)
    monkeypatch.setattr(DefaultSocialAccountAdapter, "get_requests_session", lambda self: told)
    token = {"access_token": "a-token", "token_type": "bearer"}
    monkeypatch.setattr(OAuth2Client, "get_access_token", lambda *args, **more: token)
    return told


def come_from_github(client, **query):
    """Go to GitHub and back, and return where that ends."""
    sent = client.post(f"{LOGIN}?process={query.pop('process', 'login')}", query)
    state = parse_qs(urlsplit(sent.headers["Location"]).query)["state"][0]
    return client.get(CALLBACK, {"code": "a-code", "state": state}, follow=True)


def confirmed(*addresses):
    return [{"email": email, "primary": True, "verified": True} for email in addresses]


def test_without_keys_there_is_nothing(client):
    assert found({}) == social.Social()
    assert "Go on with" not in client.get("/account/login/").text
    assert client.get(LOGIN).status_code == 404


def test_with_both_keys_there_is_an_app_a_provider_and_an_origin():
    github = found(GITHUB)

    assert github.apps == ["allauth.socialaccount.providers.github"]
    [app] = github.providers["github"]["APPS"]
    assert (app["client_id"], app["secret"]) == ("our-id", "our-secret")
    assert github.origins == ["https://github.com"]


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"SIGN_IN_GITHUB_ID": "x"}, "SIGN_IN_GITHUB_SECRET"),
        ({"SIGN_IN_GOOGLE_SECRET": "x"}, "SIGN_IN_GOOGLE_ID"),
        ({"SIGN_IN_MICROSOFT_TENANT": "consumers"}, "SIGN_IN_MICROSOFT_ID"),
        (
            {
                "SIGN_IN_GITLAB_ID": "x",
                "SIGN_IN_GITLAB_SECRET": "x",
                "SIGN_IN_GITLAB_URL": "http://a",
            },
            "URL",
        ),
        (
            {
                "SIGN_IN_GITLAB_ID": "x",
                "SIGN_IN_GITLAB_SECRET": "x",
                "SIGN_IN_GITLAB_URL": "https://a/b",
            },
            "URL",
        ),
    ],
)
def test_half_set_stops_the_start_and_names_the_variable(environment, named):
    with pytest.raises(ImproperlyConfigured, match=named):
        found(environment)


def test_gitlab_of_ones_own_is_asked_instead_of_the_public_one():
    gitlab = found(
        {
            "SIGN_IN_GITLAB_ID": "x",
            "SIGN_IN_GITLAB_SECRET": "x",
            "SIGN_IN_GITLAB_URL": "https://git.example.org/",
        }
    )

    assert gitlab.origins == ["https://git.example.org"]
    [app] = gitlab.providers["gitlab"]["APPS"]
    assert app["settings"] == {"gitlab_url": "https://git.example.org"}


def test_site_that_starts_with_all_keys_shows_all_buttons_and_lets_their_forms_go_there():
    """The real settings and addresses, in a process of their own."""
    ask = (
        "import django, json; django.setup()\n"
        "from django.conf import settings; from django.test import Client\n"
        "from django.db import connection\n"
        "from django.core.management import call_command\n"
        "from django.apps import apps\n"
        "settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}\n"
        "call_command('migrate', run_syncdb=True, verbosity=0)\n"  # bare tables: seconds less
        "answer = Client(headers={'host': 'localhost'}).get('/account/login/')\n"
        "print(json.dumps([answer.text, answer.headers['Content-Security-Policy']]))"
    )
    keys = {
        f"SIGN_IN_{name}_{part}": "x"
        for name in ("GITHUB", "GITLAB", "GOOGLE", "MICROSOFT")
        for part in ("ID", "SECRET")
    }
    clean = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    settings = {"DJANGO_SETTINGS_MODULE": "backend_guide.settings_test"}
    done = subprocess.run(
        [sys.executable, "-c", ask],
        env={**clean, **settings, **keys, "DATABASE_URL": "sqlite://:memory:"},
        capture_output=True,
        text=True,
        check=True,
    )
    page, policy = json.loads(done.stdout)

    for name in ("GitHub", "GitLab", "Google", "Microsoft"):
        assert f"Go on with {name}" in page
    for host in ("github.com", "gitlab.com", "accounts.google.com", "login.microsoftonline.com"):
        assert f"https://{host}" in policy.partition("form-action")[2].partition(";")[0]


def test_button_is_a_form_that_keeps_where_one_wanted(client, github):
    page = client.get("/account/login/?next=/about/").text

    assert f'<form method="post" action="{LOGIN}?process=login&amp;next=%2Fabout%2F">' in page
    assert "Go on with GitHub" in page
    assert "Go on with GitHub" in client.get("/account/signup/").text


def test_link_alone_leads_nowhere_and_the_form_does(client, github):
    response = client.get(LOGIN)
    assert response.status_code == 200
    assert "Go to GitHub" in words(response)

    target = urlsplit(client.post(LOGIN).headers["Location"])
    query = parse_qs(target.query)
    assert f"{target.scheme}://{target.netloc}" == "https://github.com"
    assert query["redirect_uri"] == [f"http://testserver{CALLBACK}"]
    assert query["state"]


def test_new_person_with_a_confirmed_address_gets_an_account(client, github):
    github.emails = confirmed(ADDRESS)

    come_from_github(client)

    assert is_signed_in(client)
    user = User.objects.get(email=ADDRESS)
    assert not user.has_usable_password()
    assert user.display_name == ""  # a name is shown in public only after one chose it
    assert EmailAddress.objects.get(user=user).verified


def test_little_is_kept_of_what_was_told(client, github):
    github.emails = confirmed(ADDRESS)

    come_from_github(client)
    come_from_github(client)

    account = SocialAccount.objects.get()
    assert account.extra_data == {"login": "nora-gh", "name": "Nora"}


def test_unconfirmed_address_is_confirmed_here(client, github):
    github.emails = [{"email": ADDRESS, "primary": True, "verified": False}]

    response = come_from_github(client)

    assert f"We sent a letter to {ADDRESS}" in words(response)
    assert not is_signed_in(client)
    client.post("/account/confirm-email/", {"code": code_for(ADDRESS)})
    assert is_signed_in(client)


def test_without_an_address_one_is_asked_for(client, github):
    response = come_from_github(client)
    assert "One thing is missing: an e-mail address." in words(response)

    refused = client.post("/account/3rdparty/signup/", {"email": "nora"})
    assert "Write an e-mail address like name@example.org." in words(refused)
    response = client.post("/account/3rdparty/signup/", {"email": ADDRESS}, follow=True)

    assert f"We sent a letter to {ADDRESS}" in words(response)


def test_address_of_another_account_opens_nothing(client, github):
    """Somebody may have written my address into their profile there."""
    create_user(email=ADDRESS, password=LONG)
    github.emails = confirmed(ADDRESS)

    response = come_from_github(client)

    assert not is_signed_in(client)
    assert f"We sent a letter to {ADDRESS}" in words(response)
    assert not SocialAccount.objects.exists()
    assert len(letters_to(ADDRESS)) == 1


def test_one_who_stops_there_is_told_that_nothing_happened(client, github):
    sent = client.post(LOGIN)
    state = parse_qs(urlsplit(sent.headers["Location"]).query)["state"][0]

    response = client.get(CALLBACK, {"error": "access_denied", "state": state}, follow=True)

    assert "You stopped on the other site, so nothing has changed here." in words(response)


@pytest.mark.parametrize("query", [{}, {"code": "x"}, {"code": "x", "state": "made-up"}])
def test_answer_that_was_not_asked_for_is_refused(client, github, query):
    response = client.get(CALLBACK, query)

    assert response.status_code == 401
    assert "The other site gave no proper answer" in words(response)
    assert not User.objects.exists()


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example/"])
def test_way_back_leads_to_no_strange_site(client, github, evil):
    github.emails = confirmed(ADDRESS)

    response = come_from_github(client, next=evil)

    assert all(
        hop.startswith("/") and not hop.startswith("//") for hop, _ in response.redirect_chain
    )


def test_account_is_connected_and_disconnected(client, github):
    user = create_user(email=ADDRESS, password=LONG)
    client.force_login(user)
    assert "No other site opens your account." in words(client.get(CONNECTIONS))
    client.post("/account/reauthenticate/", {"password": LONG, "next": CONNECTIONS})

    response = come_from_github(client, process="connect")
    assert "GitHub: nora-gh, since" in words(response)
    assert "It is connected" in words(response)
    account = SocialAccount.objects.get(user=user)
    response = client.post(CONNECTIONS, {"account": account.pk}, follow=True)

    assert "It is disconnected" in words(response)
    assert not SocialAccount.objects.exists()
    subjects = [letter.subject for letter in letters_to(ADDRESS)]
    assert len(subjects) == 2


def test_connection_of_another_person_cannot_be_cut(client, github):
    mine, theirs = create_user(password=LONG), create_user()
    account = SocialAccount.objects.create(user=theirs, provider="github", uid="9")
    client.force_login(mine)

    response = client.post(CONNECTIONS, {"account": account.pk})

    assert response.status_code in {200, 302}
    assert SocialAccount.objects.filter(pk=account.pk).exists()


def test_connections_are_for_people_who_are_signed_in(client, github):
    assert client.get(CONNECTIONS).headers["Location"].startswith("/account/login/")


def test_connections_are_reached_from_the_page_about_security(client, github):
    client.force_login(create_user())

    assert f'href="{CONNECTIONS}"' in client.get("/account/security/").content.decode()


def test_security_speaks_of_no_other_sites_where_there_are_none(client):
    client.force_login(create_user())

    assert CONNECTIONS not in client.get("/account/security/").content.decode()
