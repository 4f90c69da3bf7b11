"""Handing letters to the mail server: each once, as far as mail allows it, and patiently.

A worker claims a letter before it sends it. The claim is one conditional update in a transaction of
its own, so two workers never hold the same letter; the claim of a worker that died runs out after
five minutes, and the letter is due again. If the worker dies in the instant between the server's
"OK" and our note of it, the letter goes out a second time, with the same Message-ID.
"""

import email.policy
import logging
import smtplib
import time
from datetime import datetime, timedelta
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from enum import Enum
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import DatabaseError
from django.db.models import F
from django.utils import timezone

from mailing.models import EMPTY, Letter

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # far longer than the time-outs of a conversation with a mail server
RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 360))  # the last repeats
TRIED_FOR = timedelta(days=3)
SOON = timedelta(minutes=1)  # a letter that runs out cannot wait long for its next try
SETTLING = (0.1, 0.5, 2.0, 5.0)  # seconds between the tries to note that a letter was sent


class Outcome(Enum):
    """How a delivery went."""

    SENT = "sent"
    LATER = "later"
    GIVEN_UP = "given up"
    NOT_DUE = "not due"  # sent, taken back, too early, or in the hands of another worker


class _Url(UnstructuredHeader):
    """A header that holds an address of the web in angle brackets.

    Python's default would wrap it and write it as encoded words, which no mail program reads.
    """

    name: str

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _Url)  # type: ignore[arg-type]


class _Message(EmailMultiAlternatives):
    def message(self, *, policy: Policy | None = email.policy.default) -> EmailMessage:
        assert isinstance(policy, EmailPolicy)
        return super().message(policy=policy.clone(header_factory=_HEADERS))


def deliver(pk: int) -> Outcome:
    """Send a letter if it is due and nobody else is at it. Never raises for a fault of mail."""
    now = timezone.now()
    claimed = (
        Letter.objects.due(now)
        .filter(pk=pk)
        .update(claimed_until=now + LEASE, attempts=F("attempts") + 1)
    )
    if not claimed:
        return Outcome.NOT_DUE
    letter = Letter.objects.get(pk=pk)
    try:
        _message(letter).send()
    except Exception as error:  # noqa: BLE001  the words of any fault may hold the address
        return _note_fault(letter, error, timezone.now())
    _note_sent(letter)
    return Outcome.SENT


def message_id(letter: Letter) -> str:
    """Return the Message-ID: the same at each try, so that a second copy can be told as one."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    return f"<{letter.code}@{'localhost' if ':' in host or not host else host}>"


def _message(letter: Letter) -> _Message:
    headers = {
        **letter.headers,
        "Message-ID": message_id(letter),
        "Auto-Submitted": "auto-generated",
    }
    if settings.REPLY_TO_EMAIL:
        headers.setdefault("Reply-To", settings.REPLY_TO_EMAIL)
    message = _Message(letter.subject, letter.text, to=[letter.recipient], headers=headers)
    message.attach_alternative(letter.html, "text/html")
    return message


def _note_sent(letter: Letter) -> None:
    """Store that a letter is out, insisting a little: a lost note means a second copy."""
    for pause in (*SETTLING, None):
        try:
            Letter.objects.filter(pk=letter.pk).update(
                sent_at=timezone.now(),
                next_try_at=None,
                claimed_until=None,
                last_error="",
                **(EMPTY if letter.is_secret else {}),
            )
        except DatabaseError:
            if pause is None:
                raise
            time.sleep(pause)
        else:
            return


def _note_fault(letter: Letter, error: Exception, now: datetime) -> Outcome:
    """Store when to try again: later and later, for three days, or until the letter runs out."""
    name = type(error).__name__[:100]
    wait = RETRIES[min(letter.attempts, len(RETRIES)) - 1]
    if letter.expires_at:
        wait = min(wait, SOON)
    is_over = _is_final(error) or now + wait > (letter.expires_at or letter.queued_at + TRIED_FOR)
    next_try_at = None if is_over else now + wait
    Letter.objects.filter(pk=letter.pk).update(
        next_try_at=next_try_at,
        claimed_until=None,
        last_error=name,
        **(EMPTY if is_over and letter.is_secret else {}),
    )
    if next_try_at is None:
        logger.error("%s is given up after try %s: %s", letter, letter.attempts, name)
        return Outcome.GIVEN_UP
    logger.warning(
        "%s was not sent (try %s: %s); next at %s",
        letter,
        letter.attempts,
        name,
        next_try_at.isoformat(timespec="seconds"),
    )
    return Outcome.LATER


def _is_final(error: Exception) -> bool:
    """Return whether the server says that there is no such mailbox: asking again would be rude."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _ in error.recipients.values())
