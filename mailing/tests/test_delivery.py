"""Sending: each letter once, patiently, and without a word about whom it is for."""

import smtplib
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import OperationalError
from django.utils import timezone

from mailing import delivery, outbox, tasks
from mailing.delivery import LEASE, Outcome, deliver
from mailing.models import Fate, Letter
from mailing.tests.letters import ADDRESS, queue_letter

pytestmark = pytest.mark.django_db


def make_due(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk, next_try_at__isnull=False).update(
        next_try_at=timezone.now()
    )


def on_the_wire() -> EmailMessage:
    """Return the last message as another program reads it."""
    sent = mail.outbox[-1].message(policy=policy.SMTP).as_bytes()
    return message_from_bytes(sent, policy=policy.default)


def test_a_letter_has_two_parts_and_honest_headers() -> None:
    letter = queue_letter(headers={"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"})
    assert tasks.deliver.call(letter.pk) == "sent"
    message = on_the_wire()
    assert message["To"] == ADDRESS
    assert message["From"] == "Backend Guide <no-reply@localhost>"
    assert message["Subject"] == "A test of the mail of Backend Guide"
    assert message["Message-ID"] == f"<{letter.code}@localhost>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert abs(message["Date"].datetime - datetime.now(UTC)) < timedelta(minutes=1)
    plain, html = message.iter_parts()
    assert plain.get_content_type() == "text/plain"
    assert "went through the outbox" in plain.get_content()
    assert html.get_content_type() == "text/html"
    assert '<a href="http://localhost:8000/">' in html.get_content()


def test_the_address_to_unsubscribe_stays_readable_however_long() -> None:
    url = f"<https://guide.example/comments/unsubscribe/{'x' * 200}/>"
    deliver(queue_letter(headers={"List-Unsubscribe": url}).pk)
    raw = mail.outbox[-1].message(policy=policy.SMTP).as_bytes()
    assert f"List-Unsubscribe: {url}\r\n".encode() in raw


def test_an_ipv6_site_still_has_a_message_id(settings) -> None:
    settings.SITE_URL = "http://[::1]:8000"
    assert delivery.message_id(queue_letter()).endswith("@localhost>")


def test_a_letter_that_is_out_is_not_sent_again() -> None:
    letter = queue_letter()
    assert deliver(letter.pk) == Outcome.SENT
    assert deliver(letter.pk) == Outcome.NOT_DUE
    outbox.sweep()
    assert len(mail.outbox) == 1
    letter.refresh_from_db()
    assert letter.fate == Fate.SENT
    assert letter.claimed_until is None


def test_two_workers_cannot_send_the_same_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = queue_letter()
    real = EmailBackend.send_messages
    seen = []

    def meanwhile(self, messages):
        seen.append(deliver(letter.pk))  # another worker, at the very moment of sending
        seen.append(outbox.sweep().sent)
        return real(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", meanwhile)
    assert deliver(letter.pk) == Outcome.SENT
    assert seen == [Outcome.NOT_DUE, 0]
    assert len(mail.outbox) == 1


def test_a_letter_of_a_worker_that_died_is_sent_after_its_claim(monkeypatch) -> None:
    letter = queue_letter()

    def die(self, messages):
        raise KeyboardInterrupt  # what is no fault of mail ends the worker

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", die)
        with pytest.raises(KeyboardInterrupt):
            deliver(letter.pk)
    assert outbox.sweep().sent == 0  # the claim holds
    letter.refresh_from_db()
    assert letter.claimed_until is not None
    Letter.objects.filter(pk=letter.pk).update(claimed_until=letter.claimed_until - LEASE)
    assert outbox.sweep().sent == 1
    assert len(mail.outbox) == 1


def test_a_server_that_is_away_gets_the_letter_later_and_once(server_down) -> None:
    letter = queue_letter()
    waits = []
    for _ in range(7):
        make_due(letter)
        before = timezone.now()
        assert deliver(letter.pk) == Outcome.LATER
        letter.refresh_from_db()
        waits.append(round((letter.next_try_at - before).total_seconds() / 60))
    assert waits == [1, 5, 15, 60, 360, 360, 360]
    assert letter.last_error == "SMTPServerDisconnected"
    assert letter.attempts == 7
    server_down(None)
    assert deliver(letter.pk) == Outcome.NOT_DUE  # not yet
    make_due(letter)
    assert outbox.sweep().sent == 1
    assert outbox.sweep().sent == 0
    assert len(mail.outbox) == 1
    letter.refresh_from_db()
    assert letter.last_error == ""


def test_a_letter_is_given_up_after_three_days(server_down) -> None:
    letter = queue_letter()
    Letter.objects.update(queued_at=timezone.now() - timedelta(days=3), attempts=5)
    assert deliver(letter.pk) == Outcome.GIVEN_UP
    assert outbox.fate_of("act-1") == Fate.GIVEN_UP
    server_down(None)
    outbox.sweep()
    assert mail.outbox == []
    letter.refresh_from_db()
    assert outbox.try_again(letter)
    assert outbox.sweep().sent == 1


@pytest.mark.parametrize(
    ("code", "outcome"), [(550, Outcome.GIVEN_UP), (451, Outcome.LATER), (421, Outcome.LATER)]
)
def test_an_address_that_does_not_exist_is_not_asked_again(mail_fails, code, outcome) -> None:
    letter = queue_letter()
    mail_fails(smtplib.SMTPRecipientsRefused({ADDRESS: (code, b"no such user")}))
    assert deliver(letter.pk) == outcome


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({ADDRESS: (550, f"{ADDRESS} unknown".encode())}),
        smtplib.SMTPDataError(554, f"not for {ADDRESS}".encode()),
        ConnectionRefusedError(f"to {ADDRESS}"),
        ValueError(f"a mistake of ours about {ADDRESS}"),
    ],
)
def test_no_address_reaches_a_log_or_the_list_of_tasks(mail_fails, caplog, error) -> None:
    caplog.set_level("DEBUG")
    letter = queue_letter()
    mail_fails(error)
    tasks.deliver.call(letter.pk)
    letter.refresh_from_db()
    assert letter.last_error == type(error).__name__
    assert "letter act-1" in caplog.text
    assert ADDRESS not in caplog.text
    assert "private" not in caplog.text
    assert "private" not in letter.last_error


def test_one_letter_finds_out_for_all_that_the_server_is_away(server_down) -> None:
    for number in range(3):
        queue_letter(f"act-{number}")
    swept = outbox.sweep()
    assert (swept.sent, swept.faults) == (0, 1)
    assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 0, 1]


def test_a_refused_address_does_not_hold_up_the_others(mail_fails, monkeypatch) -> None:
    real = EmailBackend.send_messages

    def refuse_first(self, messages):
        if messages[0].to == ["gone@example.org"]:
            raise smtplib.SMTPRecipientsRefused({"gone@example.org": (550, b"unknown")})
        return real(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse_first)
    queue_letter("act-1", to="gone@example.org")
    queue_letter("act-2")
    assert outbox.sweep().sent == 1


def test_a_sweep_stops_when_it_is_told_to() -> None:
    queue_letter("act-1")
    queue_letter("act-2")
    assert outbox.sweep(lambda: len(mail.outbox) == 1).sent == 1


def test_that_a_letter_is_out_is_noted_with_some_insistence(monkeypatch) -> None:
    letter = queue_letter()
    real, faults = Letter.objects.filter, iter([True, True, False])
    pauses: list[float] = []

    def filter_(**fields):
        if next(faults):
            raise OperationalError("database is locked")
        return real(**fields)

    monkeypatch.setattr(Letter.objects, "filter", filter_)
    monkeypatch.setattr("mailing.delivery.time.sleep", pauses.append)
    delivery._note_sent(letter)
    letter.refresh_from_db()
    assert letter.sent_at is not None
    assert pauses == [0.1, 0.5]


def test_words_and_address_are_forgotten_after_a_week() -> None:
    sent, young, taken_back = (queue_letter(f"act-{n}") for n in range(3))
    waiting = queue_letter("act-3", not_before=timezone.now() + timedelta(days=1))
    for letter in (sent, young):
        deliver(letter.pk)
    outbox.cancel(taken_back.key)
    long_ago = timezone.now() - timedelta(days=8)
    Letter.objects.update(queued_at=long_ago)
    Letter.objects.filter(pk=sent.pk).update(sent_at=long_ago)
    Letter.objects.filter(pk=taken_back.pk).update(cancelled_at=long_ago)
    assert outbox.forget_sent() == 2
    assert outbox.forget_sent() == 0
    for letter in (sent, taken_back):
        letter.refresh_from_db()
        assert (letter.recipient, letter.subject, letter.text, letter.html) == ("", "", "", "")
        assert letter.headers == {}
    for letter in (young, waiting):
        letter.refresh_from_db()
        assert letter.recipient == ADDRESS
    assert not outbox.try_again(sent)
    assert not outbox.try_again(taken_back)
    queue_letter("act-0")  # it is still known that this was told
    assert outbox.fate_of("act-0") == Fate.SENT
