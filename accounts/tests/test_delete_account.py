"""Delete my account: explained, chosen, proven; a day to take it back; then a last letter."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.data import erasure
from accounts.models import DeletionRequest, Erasure, User
from accounts.models.deletion import GRACE
from accounts.tests.entering import minutes_pass
from accounts.tests.factories import PASSWORD, create_user
from accounts.tests.leaving import (
    DATA,
    DELETE,
    KEEP,
    REAUTHENTICATE,
    SIGN_IN,
    SURE,
    prove,
    sign_in,
    text_of,
    wait_a_day,
)
from mailing.models import Letter
from mailing.tests.postbox import deliver_all

pytestmark = pytest.mark.django_db


def chosen(response):
    """Return which choices for the comments are ticked."""
    inputs = re.findall(r'<input[^>]*name="comments"[^>]*>', response.content.decode())
    assert len(inputs) == 2
    return re.findall('value="([a-z]+)"', " ".join(tag for tag in inputs if " checked" in tag))


def page(response):
    return text_of(response.content.decode())


@pytest.mark.parametrize("address", [DELETE, KEEP])
def test_stranger_is_sent_to_sign_in(client, address):
    response = client.post(address, SURE)

    assert response["Location"].startswith("/account/login/?next=")


@pytest.mark.parametrize("address", [DELETE, KEEP])
def test_other_methods_are_refused(client, address):
    sign_in(client)

    assert client.put(address).status_code == 405


def test_keeping_needs_a_form(client):
    sign_in(client)

    assert client.get(KEEP).status_code == 405


def test_page_explains_and_keeps_the_words_by_default(client):
    sign_in(client)

    response = client.get(DELETE)

    assert "Nothing is deleted for 24 hours" in page(response)
    assert chosen(response) == ["anonymise"]
    assert "no-store" in response["Cache-Control"]


def test_wish_without_a_tick_is_refused_and_the_choice_stays(client):
    user = sign_in(client)
    prove(client)

    response = client.post(DELETE, {"comments": "remove"})

    assert "Tick this if you want your account deleted." in page(response)
    assert chosen(response) == ["remove"]
    assert not DeletionRequest.objects.filter(user=user).exists()


@pytest.mark.parametrize("comments", ["", "burn"])
def test_unknown_choice_is_refused(client, comments):
    sign_in(client)
    prove(client)

    response = client.post(DELETE, {**SURE, "comments": comments})

    assert response.status_code == 200
    assert not DeletionRequest.objects.exists()


def test_wish_asks_for_proof_and_goes_on_with_what_was_chosen(client):
    user = sign_in(client)
    minutes_pass(client)

    response = client.post(DELETE, {**SURE, "comments": "remove"})
    assert response["Location"].startswith(REAUTHENTICATE)
    assert not DeletionRequest.objects.exists()
    response = client.post(response["Location"], {"password": PASSWORD})

    assert response["Location"] == DATA
    assert DeletionRequest.objects.get(user=user).comments == "remove"


def test_wrong_proof_deletes_nothing(client):
    sign_in(client)
    minutes_pass(client)

    response = client.post(DELETE, SURE)
    client.post(response["Location"], {"password": "not the password at all"})

    assert not DeletionRequest.objects.exists()


def test_wish_waits_a_day_and_is_told_on_every_page_of_the_account(client):
    user = sign_in(client)
    prove(client)

    response = client.post(DELETE, SURE, follow=True)

    wish = DeletionRequest.objects.get(user=user)
    assert wish.due_at - wish.requested_at == GRACE
    assert "Your account is about to be deleted" in page(response)
    assert "Keep my account" in page(client.get(DATA))
    assert "Keep my account" in page(client.get("/account/"))
    assert "deleted in" in page(client.get("/account/"))


def test_letter_tells_what_happens_and_how_to_take_it_back(client):
    user = sign_in(client)
    prove(client)
    client.post(DELETE, {**SURE, "comments": "remove"})

    letter = deliver_all()[-1]

    assert letter.to == [user.email]
    assert letter.subject == "Your account at Backend Guide will be deleted"
    assert "http://localhost:8000/account/data/" in letter.body
    assert "The words of your comments are deleted too." in " ".join(letter.body.split())
    due = DeletionRequest.objects.get().due_at
    assert f"{due:%-d %B %Y, %H:%M} UTC" in " ".join(letter.body.split())


def test_wish_signs_out_everywhere_else(client):
    user = sign_in(client)
    elsewhere = Client()
    elsewhere.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    assert elsewhere.get(DATA).status_code == 200
    prove(client)

    client.post(DELETE, SURE)

    assert client.get(DATA).status_code == 200
    assert elsewhere.get(DATA).status_code == 302


def test_second_wish_changes_the_choice_and_not_the_day(client):
    user = sign_in(client)
    prove(client)
    client.post(DELETE, SURE)
    due = DeletionRequest.objects.get(user=user).due_at

    client.post(DELETE, {**SURE, "comments": "remove"})

    wish = DeletionRequest.objects.get(user=user)
    assert (wish.comments, wish.due_at) == ("remove", due)
    assert Letter.objects.filter(key__contains="deletion_requested").count() == 1


def test_person_signs_in_within_the_day_and_keeps_the_account(client):
    user = sign_in(client)
    prove(client)
    client.post(DELETE, SURE)
    later = Client()
    later.post(SIGN_IN, {"login": user.email, "password": PASSWORD})

    response = later.post(KEEP, follow=True)

    assert "You keep your account. Nothing was deleted." in page(response)
    assert not DeletionRequest.objects.exists()
    assert wait_a_day(user) == 0
    assert User.objects.filter(pk=user.pk).exists()
    assert deliver_all()[-1].subject == "You keep your account at Backend Guide"


def test_keeping_twice_is_no_fault(client):
    sign_in(client)

    assert "your account stays" in page(client.post(KEEP, follow=True))


def test_wish_can_be_uttered_again_after_it_was_taken_back(client):
    user = sign_in(client)
    prove(client)
    for _ in range(2):
        client.post(DELETE, SURE)
        client.post(KEEP)
    client.post(DELETE, SURE)

    assert DeletionRequest.objects.filter(user=user).exists()
    assert Letter.objects.filter(key__contains="deletion_requested").count() == 3


def test_nothing_goes_before_the_day_is_over(client):
    user = sign_in(client)
    prove(client)
    client.post(DELETE, SURE)
    almost = timezone.now() + GRACE - timedelta(minutes=1)

    assert erasure.erase_due(almost) == 0
    assert User.objects.filter(pk=user.pk).exists()
    assert erasure.erase_due(almost + timedelta(minutes=2)) == 1


def test_account_is_gone_after_the_day_and_a_last_letter_tells_so(client):
    user = sign_in(client, email="nora@example.org")
    prove(client)
    client.post(DELETE, SURE)

    assert wait_a_day(user) == 1

    assert not User.objects.filter(pk=user.pk).exists()
    assert client.get(DATA).status_code == 302
    letters = deliver_all()
    assert letters[-1].subject == "Your account at Backend Guide is deleted"
    assert letters[-1].to == ["nora@example.org"]
    last = Letter.objects.get(key__startswith="erasure-")
    assert (last.recipient, last.subject, last.text, last.html) == ("", "", "", "")
    assert not Letter.objects.exclude(pk=last.pk).exists()


def test_person_cannot_sign_in_any_more_and_may_come_back_as_somebody_new(client):
    user = sign_in(client, email="nora@example.org")
    erasure.erase(user, "anonymise")

    again = Client().post(SIGN_IN, {"login": "nora@example.org", "password": PASSWORD})
    assert again.status_code == 200
    assert create_user(email="nora@example.org").pk != user.pk


def test_what_remains_says_nothing_of_whom(client):
    user = sign_in(client, email="nora@example.org", display_name="Nora Nothnagel")

    erasure.erase(user, "remove")

    left = Erasure.objects.get()
    assert left.comments == "remove"
    assert left.rows["accounts.User"] == 1
    assert "ora" not in str(left.rows)


def test_command_erases_what_is_due(client, capsys):
    user = sign_in(client)
    prove(client)
    client.post(DELETE, SURE)
    earlier = timezone.now() - timedelta(hours=25)
    DeletionRequest.objects.update(requested_at=earlier, due_at=earlier + GRACE)

    call_command("erase_due_accounts")
    call_command("erase_due_accounts")

    assert capsys.readouterr().out == "1 account was erased.\n0 accounts were erased.\n"
    assert not User.objects.filter(pk=user.pk).exists()


def test_last_superuser_is_told_why_it_cannot_go(client):
    user = sign_in(client, is_superuser=True)
    prove(client)

    assert "You are the only person who may do everything" in page(client.get(DELETE))
    response = client.post(DELETE, SURE)

    assert response.status_code == 409
    assert "Give another person all rights" in page(response)
    assert not DeletionRequest.objects.exists()
    create_user(is_superuser=True)
    assert client.post(DELETE, SURE).status_code == 302
    assert User.objects.filter(pk=user.pk).exists()


def test_account_that_became_the_last_superuser_meanwhile_waits(client):
    other = create_user(is_superuser=True)
    user = sign_in(client, is_superuser=True)
    prove(client)
    client.post(DELETE, SURE)
    other.delete()

    assert wait_a_day(user) == 0

    assert User.objects.filter(pk=user.pk).exists()
    assert DeletionRequest.objects.filter(user=user).exists()
