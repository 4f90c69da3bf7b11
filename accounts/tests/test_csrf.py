"""Forms sent from another site: refused everywhere, with nothing changed."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import DeletionRequest, User
from accounts.tests.addresses import account_paths
from accounts.tests.factories import PASSWORD, create_user
from mailing.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]
TOKEN = "csrfmiddlewaretoken"


@pytest.fixture
def ada() -> User:
    return create_user(email="ada@example.org", password=PASSWORD)


@pytest.fixture
def client(ada: User) -> Client:
    """Ada's browser, led by somebody else's page: it brings her cookies and no token."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    return client


def token_of(client: Client, path: str) -> str:
    page = client.get(path).content.decode()
    return page.split(f'name="{TOKEN}" value="')[1].split('"')[0]


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_no_form_is_taken_without_a_token(client: Client, is_signed_in: bool) -> None:
    browser = client if is_signed_in else Client(enforce_csrf_checks=True)
    for path in account_paths():
        assert browser.post(path).status_code == 403, path
    assert not Letter.objects.exists()
    assert is_signed_in == (browser.get(reverse("accounts:overview")).status_code == 200)


ATTACKS = {
    "account_change_password": {
        "oldpassword": PASSWORD,
        "password1": "the attacker has chosen this",
        "password2": "the attacker has chosen this",
    },
    "account_email": {"action_add": "", "email": "attacker@example.org"},
    "account_logout": {},
    "accounts:delete": {"comments": "remove"},
    "accounts:profile": {"display_name": "Changed"},
    "account_request_login_code": {"email": "ada@example.org"},
    "account_reset_password": {"email": "ada@example.org"},
    "account_login": {"login": "ada@example.org", "password": PASSWORD},
}


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost.evil.example"]
)
@pytest.mark.parametrize("page", ATTACKS)
def test_another_site_is_refused_even_with_a_token(client, ada, page: str, origin: str) -> None:
    data = {**ATTACKS[page], TOKEN: token_of(client, reverse("account_email"))}
    answer = client.post(reverse(page), data, headers={"origin": origin})
    assert answer.status_code == 403
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)
    assert ada.display_name == ""
    assert EmailAddress.objects.count() == 1
    assert not DeletionRequest.objects.exists()
    assert not Letter.objects.exists()
    assert client.get(reverse("accounts:overview")).status_code == 200


def test_the_token_of_another_person_is_of_no_use(client: Client) -> None:
    attacker = Client(enforce_csrf_checks=True)
    attacker.force_login(create_user(password=PASSWORD))
    stolen = token_of(attacker, reverse("account_email"))
    data = {"action_add": "", "email": "attacker@example.org", TOKEN: stolen}
    assert client.post(reverse("account_email"), data).status_code == 403


def test_the_own_form_works(client: Client) -> None:
    path = reverse("account_logout")
    client.post(path, {TOKEN: token_of(client, path)})
    assert client.get(reverse("accounts:overview")).status_code == 302


@pytest.mark.parametrize("page", ["account_logout", "accounts:delete", "accounts:download"])
def test_a_link_or_a_picture_changes_nothing(client: Client, page: str) -> None:
    client.get(reverse(page))
    assert client.get(reverse("accounts:overview")).status_code == 200
    assert not DeletionRequest.objects.exists()


def test_what_was_typed_comes_back_without_passwords(client: Client) -> None:
    data = {"oldpassword": PASSWORD, "email": "new@example.org"}
    text = client.post(reverse("account_email"), data).content.decode()
    assert "new@example.org" in text
    assert PASSWORD not in text
