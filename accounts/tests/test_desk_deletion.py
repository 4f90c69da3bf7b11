"""Administrators delete accounts at the desk: the same function, a choice, a letter."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry

from accounts.models import Erasure, User
from accounts.tests.factories import create_user
from accounts.tests.leaving import text_of
from mailing.models import Letter
from mailing.tests.postbox import deliver_all

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/accounts/user/"


def sign_in(client, role="Administrator"):
    user = create_user(role=role)
    client.force_login(user)
    return user


def page(response):
    return text_of(response.content.decode())


@pytest.fixture
def nora():
    return create_user(email="nora@example.org", display_name="Nora Nothnagel")


def test_page_shows_what_is_held_and_asks_for_the_choice(client, nora):
    sign_in(client)

    words = page(client.get(f"{PEOPLE}{nora.pk}/delete/"))

    assert "Delete the account “Nora Nothnagel”" in words
    assert "E-mail addresses: 1" in words
    assert "Remove the words too" in words
    assert "at once and cannot be undone" in words


@pytest.mark.parametrize(
    ("sent", "choice"),
    [
        ({}, "anonymise"),
        ({"comments": "remove"}, "remove"),
        ({"comments": "nonsense"}, "anonymise"),
    ],
)
def test_administrator_deletes_an_account(client, nora, sent, choice):
    sign_in(client)

    response = client.post(f"{PEOPLE}{nora.pk}/delete/", {"post": "yes", **sent})

    assert response.status_code == 302
    assert not User.objects.filter(pk=nora.pk).exists()
    assert not EmailAddress.objects.filter(email="nora@example.org").exists()
    assert Erasure.objects.get().comments == choice


def test_person_is_told_and_then_forgotten(client, nora):
    sign_in(client)

    client.post(f"{PEOPLE}{nora.pk}/delete/", {"post": "yes"})

    assert [letter.to for letter in deliver_all()] == [["nora@example.org"]]
    assert not Letter.objects.exclude(recipient="").exists()


def test_log_says_that_an_account_went_and_not_whose(client, nora):
    boss = sign_in(client)

    client.post(f"{PEOPLE}{nora.pk}/delete/", {"post": "yes"})

    entry = LogEntry.objects.get(user=boss)
    assert entry.is_deletion()
    assert entry.object_repr == "An account that was deleted"
    assert entry.object_id is None


def test_several_go_together(client, nora):
    sign_in(client)
    olga = create_user()
    chosen = {"action": "delete_selected", "_selected_action": [nora.pk, olga.pk]}

    asked = page(client.post(PEOPLE, chosen))
    client.post(PEOPLE, {**chosen, "post": "yes", "comments": "remove"})

    assert "Nora Nothnagel" in asked
    assert User.objects.count() == 1
    assert [row.comments for row in Erasure.objects.all()] == ["remove", "remove"]


def test_one_who_may_do_more_among_them_stops_all(client, nora):
    sign_in(client)
    owner = create_user(is_superuser=True)
    chosen = {"action": "delete_selected", "_selected_action": [nora.pk, owner.pk]}

    assert "that you may not delete" in page(client.post(PEOPLE, chosen))
    assert client.post(PEOPLE, {**chosen, "post": "yes"}).status_code == 403
    assert User.objects.filter(pk__in=[nora.pk, owner.pk]).count() == 2


@pytest.mark.parametrize("role", ["Author", "Editor", "Moderator", "Analyst"])
def test_nobody_else_deletes_accounts(client, nora, role):
    sign_in(client, role)

    assert client.post(f"{PEOPLE}{nora.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=nora.pk).exists()


def test_looking_deletes_nothing(client, nora):
    sign_in(client)

    client.get(f"{PEOPLE}{nora.pk}/delete/")

    assert User.objects.filter(pk=nora.pk).exists()
