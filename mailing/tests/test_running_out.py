"""Letters that run out, and letters of which no copy is kept."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from mailing import outbox
from mailing.delivery import Outcome, deliver
from mailing.models import EMPTY, Fate, Letter
from mailing.tests.letters import ADDRESS, queue_letter

pytestmark = pytest.mark.django_db


def queue_code(key: str = "code-1", minutes: float = 10) -> Letter:
    return queue_letter(key, expires_at=timezone.now() + timedelta(minutes=minutes), is_secret=True)


def is_empty(letter: Letter) -> bool:
    letter.refresh_from_db()
    return all(getattr(letter, name) == value for name, value in EMPTY.items())


def test_in_time_it_is_sent_and_no_copy_is_kept() -> None:
    letter = queue_code()
    assert not is_empty(letter)
    assert deliver(letter.pk) == Outcome.SENT
    assert mail.outbox[0].to == [ADDRESS]
    assert is_empty(letter)
    assert letter.fate == Fate.SENT


def test_too_late_it_is_not_sent_and_no_copy_is_kept() -> None:
    letter = queue_code(minutes=-0.1)
    assert deliver(letter.pk) == Outcome.NOT_DUE
    swept = outbox.sweep()
    assert (swept.sent, swept.faults, mail.outbox) == (0, 0, [])
    assert is_empty(letter)
    assert letter.fate == Fate.GIVEN_UP
    assert letter.last_error == "RanOut"
    assert not outbox.try_again(letter)


def test_a_letter_that_is_no_secret_keeps_its_words_when_it_runs_out() -> None:
    letter = queue_letter(expires_at=timezone.now() - timedelta(minutes=1))
    assert outbox.give_up_run_out() == 1
    assert not is_empty(letter)
    assert not outbox.try_again(letter)
    outbox.sweep()
    assert mail.outbox == []


def test_what_is_in_the_hands_of_a_worker_is_left_to_it() -> None:
    letter = queue_code(minutes=-0.1)
    Letter.objects.update(claimed_until=timezone.now() + timedelta(minutes=1))
    assert outbox.give_up_run_out() == 0
    assert not is_empty(letter)


@pytest.mark.usefixtures("server_down")
def test_while_the_server_is_away_it_is_tried_each_minute_and_not_beyond_its_time() -> None:
    letter = queue_code(minutes=10)
    for _ in range(4):
        Letter.objects.filter(pk=letter.pk).update(next_try_at=timezone.now())
        before = timezone.now()
        assert deliver(letter.pk) == Outcome.LATER
        letter.refresh_from_db()
        assert round((letter.next_try_at - before).total_seconds()) == 60
    Letter.objects.update(
        expires_at=timezone.now() + timedelta(seconds=30), next_try_at=timezone.now()
    )
    assert deliver(letter.pk) == Outcome.GIVEN_UP  # the next try would be too late
    assert is_empty(letter)


def test_taken_back_leaves_no_copy_and_counts_once() -> None:
    secret, plain = queue_code(), queue_letter("act-2")
    assert outbox.cancel_all(["code-1", "act-2"]) == 2
    assert outbox.cancel_all(["code-1", "act-2"]) == 0
    assert is_empty(secret)
    assert not is_empty(plain)
    assert secret.fate == Fate.TAKEN_BACK


def test_the_database_itself_keeps_no_copy_of_a_secret() -> None:
    letter = queue_code()
    with pytest.raises(IntegrityError, match="secret_letter_leaves_no_copy"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now(), next_try_at=None)
    assert Letter.objects.get().fate == Fate.WAITING


def test_the_answer_of_a_person_is_led_to_whoever_reads_it(settings) -> None:
    settings.REPLY_TO_EMAIL = "hello@guide.example"
    deliver(queue_letter().pk)
    assert mail.outbox[0].message()["Reply-To"] == "hello@guide.example"
    settings.REPLY_TO_EMAIL = ""
    deliver(queue_letter("act-2").pk)
    assert mail.outbox[1].message()["Reply-To"] is None
