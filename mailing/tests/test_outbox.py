"""Queueing letters and taking them back."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mailing import outbox
from mailing.models import Fate, Letter
from mailing.tests.letters import ADDRESS, queue_letter
from mailing.tests.postbox import deliver_all

pytestmark = pytest.mark.django_db


def test_a_letter_is_stored_with_the_task_that_sends_it() -> None:
    letter = queue_letter()
    assert letter.fate == Fate.WAITING
    assert letter.subject == "A test of the mail of Backend Guide"
    (task,) = DBTaskResult.objects.all()
    assert task.args_kwargs == {"args": [letter.pk], "kwargs": {}}
    assert mail.outbox == []


def test_nothing_is_sent_for_a_transaction_that_is_rolled_back() -> None:
    with transaction.atomic():
        queue_letter()
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    assert not DBTaskResult.objects.exists()
    assert deliver_all() == []


def test_a_letter_is_taken_back_with_the_transaction_only() -> None:
    queue_letter()
    with transaction.atomic():
        assert outbox.cancel("act-1")
        transaction.set_rollback(True)
    assert len(deliver_all()) == 1


def test_nothing_is_told_twice() -> None:
    queue_letter()
    queue_letter(to="somebody.else@example.org")
    assert [message.to for message in deliver_all()] == [[ADDRESS]]
    queue_letter()
    assert len(deliver_all()) == 1


def test_without_an_address_there_is_nobody_to_tell() -> None:
    outbox.queue(to="", template="mailing/test.txt", context={}, key="act-1")
    assert not Letter.objects.exists()


def test_a_letter_waits_for_its_time() -> None:
    in_a_while = timezone.now() + timedelta(minutes=3)
    letter = queue_letter(not_before=in_a_while)
    assert DBTaskResult.objects.get().run_after == in_a_while
    assert outbox.sweep().sent == 0
    Letter.objects.filter(pk=letter.pk).update(next_try_at=timezone.now())
    assert outbox.sweep().sent == 1


def test_a_letter_can_be_taken_back_until_it_is_sent() -> None:
    queue_letter()
    assert outbox.fate_of("act-1") == Fate.WAITING
    assert outbox.cancel("act-1")
    assert not outbox.cancel("act-1")
    assert outbox.fate_of("act-1") == Fate.TAKEN_BACK
    assert deliver_all() == []


def test_a_letter_that_is_out_cannot_be_taken_back() -> None:
    queue_letter()
    deliver_all()
    assert not outbox.cancel("act-1")
    assert outbox.fate_of("act-1") == Fate.SENT


def test_a_letter_that_is_being_sent_cannot_be_taken_back() -> None:
    letter = queue_letter()
    soon = timezone.now() + timedelta(minutes=1)
    Letter.objects.filter(pk=letter.pk).update(claimed_until=soon)
    assert not outbox.cancel("act-1")


def test_there_is_no_fate_without_a_letter() -> None:
    assert outbox.fate_of("act-1") is None
    assert not outbox.cancel("act-1")


def test_what_was_taken_back_can_be_told_after_all() -> None:
    queue_letter()
    outbox.cancel("act-1")
    queue_letter(to="new@example.org")
    assert [message.to for message in deliver_all()] == [["new@example.org"]]


@pytest.mark.parametrize(
    "fields",
    [
        {"to": "a@example.org\nBcc: b@example.org"},
        {"headers": {"List-Unsubscribe": "<https://a.example/>\r\nBcc: b@example.org"}},
        {"headers": {"X-A\nBcc": "b@example.org"}},
        {"headers": {"X-A": "one\u2028two"}},
    ],
)
def test_a_header_of_two_lines_is_refused(fields: dict) -> None:
    with pytest.raises(ValueError, match="more than one line"):
        queue_letter(**fields)
    assert not Letter.objects.exists()
