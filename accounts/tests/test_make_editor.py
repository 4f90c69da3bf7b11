"""`manage.py make_editor`: the first person of the desk."""

import getpass
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.tests.factories import PASSWORD, create_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_can_type(monkeypatch):
    """Run as in a container: there is no terminal."""
    monkeypatch.setattr("sys.stdin", StringIO())


def run(email, **options):
    """Run the command and return what it said."""
    out = StringIO()
    call_command("make_editor", email, stdout=out, stderr=out, **options)
    return out.getvalue()


def type_passwords(monkeypatch, *typed):
    """Let a person at a terminal type these, one after the other."""
    answers = iter(typed)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(answers))


def test_new_person_gets_a_password_and_can_sign_in(client):
    said = run("Nora@Example.org")

    user = User.objects.get()
    password = said.splitlines()[-1].rpartition(" ")[2]
    assert user.email == "nora@example.org"
    assert user.check_password(password)
    assert user.is_staff
    assert not user.is_superuser
    assert user.has_perm("articles.publish_article")
    response = client.post(
        "/account/login/?next=/admin/", {"login": user.email, "password": password}, follow=True
    )
    assert response.redirect_chain[-1][0] == "/admin/"


def test_existing_person_keeps_the_password():
    create_user(email="nora@example.org", password=PASSWORD)

    said = run("NORA@example.org")

    user = User.objects.get()
    assert "nora@example.org is an editor." in said
    assert "Password" not in said
    assert user.check_password(PASSWORD)
    assert user.is_staff
    assert user.has_perm("articles.publish_article")


def test_password_of_somebody_who_never_confirmed_the_address_is_replaced():
    stranger = User.objects.create_user("nora@example.org", PASSWORD)
    EmailAddress.objects.create(user=stranger, email="nora@example.org", primary=True)

    said = run("nora@example.org")

    user = User.objects.get()
    assert not user.check_password(PASSWORD)
    assert user.check_password(said.splitlines()[-1].rpartition(" ")[2])
    assert user.is_staff


def test_running_twice_changes_nothing():
    run("nora@example.org")
    run("nora@example.org")

    assert User.objects.count() == 1
    assert EmailAddress.objects.count() == 1


def test_person_who_was_switched_off_comes_back():
    user = create_user(email="nora@example.org")
    User.objects.update(is_active=False)

    run("nora@example.org")

    user.refresh_from_db()
    assert user.is_active


def test_person_with_a_former_main_address_is_found_by_the_new_one():
    user = create_user(email="old@example.org")
    User.objects.update(email="new@example.org")

    run("new@example.org")

    main = EmailAddress.objects.get(primary=True)
    assert (main.user, main.email, main.verified) == (user, "new@example.org", True)


def test_superuser_on_request():
    run("nora@example.org", superuser=True)

    assert User.objects.get().is_superuser


@pytest.mark.parametrize("email", ["nora", "nora@", "", "nora@example.org; drop"])
def test_what_is_no_address_is_refused(email):
    with pytest.raises(CommandError, match="is not an e-mail address"):
        run(email)
    assert not User.objects.exists()


def test_password_is_asked_for_at_a_terminal(monkeypatch):
    type_passwords(monkeypatch, PASSWORD, PASSWORD)

    said = run("nora@example.org")

    assert User.objects.get().check_password(PASSWORD)
    assert PASSWORD not in said


def test_weak_and_mistyped_passwords_are_asked_for_again(monkeypatch):
    type_passwords(monkeypatch, "short", PASSWORD, "another one entirely", PASSWORD, PASSWORD)

    said = run("nora@example.org")

    assert "too short" in said
    assert "The two differ." in said
    assert User.objects.get().check_password(PASSWORD)


def test_empty_answer_makes_a_password_up(monkeypatch):
    type_passwords(monkeypatch, "")

    assert "shown once" in run("nora@example.org")
