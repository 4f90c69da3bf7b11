"""The overview of the account, and the menu on all of its pages."""

import html
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.registries import menu
from accounts.tests.factories import create_user

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]

PAGE = "/account/"
ENTRIES = {
    "Overview": "/account/",
    "My comments": "/account/comments/",
    "Saved guides": "/account/saved/",
    "Progress": "/account/progress/",
    "Profile": "/account/profile/",
    "Notifications": "/account/notifications/",
    "Security": "/account/security/",
    "Your data": "/account/data/",
    "Sign out": "/account/logout/",
}


@pytest.fixture
def ada() -> User:
    return create_user(email="ada@example.org")


@pytest.fixture
def signed_in(client, ada) -> Client:
    client.force_login(ada)
    return client


def words(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def menu_of(response) -> str:
    found = re.search(r'<nav class="account-nav".*?</nav>', response.content.decode(), re.DOTALL)
    assert found, "no menu on this page"
    return found[0]


def test_who_is_not_signed_in_is_asked_to(client) -> None:
    response = client.get(PAGE)
    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/account/")


def test_other_methods_are_refused(signed_in) -> None:
    assert signed_in.post(PAGE).status_code == 405


def test_the_page_is_kept_in_no_cache_and_out_of_search(signed_in) -> None:
    response = signed_in.get(PAGE)
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_somebody_new_sees_what_to_do_next(signed_in) -> None:
    page = signed_in.get(PAGE)
    assert "What to do next" in words(page)
    assert "Choose the name that stands beside what you write" in words(page)
    assert "Add a passkey" in words(page)
    assert "You are signed in as ada@example.org" in words(page)


def test_what_is_done_is_not_mentioned(signed_in, ada) -> None:
    User.objects.filter(pk=ada.pk).update(display_name="Ada")
    Authenticator.objects.create(user=ada, type=Authenticator.Type.WEBAUTHN, data={"name": "x"})
    page = signed_in.get(PAGE)
    assert "Choose the name" not in words(page)
    assert "Add a passkey" not in words(page)
    assert "write as Ada" in words(page)


def test_each_page_of_the_account_has_a_line_for_this_person(signed_in, ada) -> None:
    said = words(signed_in.get(PAGE))
    for page in menu.pages():
        assert html.unescape(page.summary(ada)) in said
    assert "You have not commented yet." in said
    assert "You have no name yet. You have no public page." in said
    assert "Every kind of letter is on." in said


def test_the_menu_leads_everywhere_in_order(signed_in) -> None:
    links = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', menu_of(signed_in.get(PAGE)))
    assert [(label, url) for url, label in links] == list(ENTRIES.items())


@pytest.mark.parametrize("path", [url for url in ENTRIES.values() if url != "/account/logout/"])
def test_the_menu_marks_the_page_on_each_of_them(path, signed_in) -> None:
    found = menu_of(signed_in.get(path))
    assert re.findall(r'href="([^"]+)" aria-current="page"', found) == [path]
    assert found.count("aria-current") == 1


@pytest.mark.parametrize("name", ["account_email", "mfa_index", "usersessions_list"])
def test_pages_below_security_mark_security(name, signed_in) -> None:
    response = signed_in.get(reverse(name), follow=True)
    found = menu_of(response)
    assert re.findall(r'href="([^"]+)" aria-current', found) == ["/account/security/"]


def test_the_way_to_the_desk_is_for_staff_alone(client, signed_in) -> None:
    assert "/admin/" not in menu_of(signed_in.get(PAGE))
    client.force_login(create_user(role="Moderator"))
    assert '<a href="/admin/">The desk</a>' in menu_of(client.get(PAGE))


def test_names_cannot_bring_markup(client) -> None:
    client.force_login(create_user(display_name="<b>Bob</b>"))
    assert "<b>Bob</b></b>" not in client.get(PAGE).content.decode()
    assert "&lt;b&gt;Bob&lt;/b&gt;" in client.get(PAGE).content.decode()
