"""The outbox: letters that wait to be sent, and what became of them."""

import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Fate(models.TextChoices):
    """What became of a letter."""

    WAITING = "waiting", "Waits"
    SENT = "sent", "Sent"
    TAKEN_BACK = "taken-back", "Taken back"
    GIVEN_UP = "given-up", "Given up"


# What a letter looks like once its address and its words are forgotten.
EMPTY: dict[str, Any] = {"recipient": "", "subject": "", "text": "", "html": "", "headers": {}}


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> "LetterQuerySet":
        """Return what is still to be sent."""
        return self.filter(next_try_at__isnull=False)

    def due(self, at: datetime | None = None) -> "LetterQuerySet":
        """Return what may be sent at a moment (default: now) and is in nobody's hands."""
        at = at or timezone.now()
        return self.filter(next_try_at__lte=at).free(at).in_time(at)

    def in_time(self, at: datetime) -> "LetterQuerySet":
        """Return what still makes sense at a moment; a code that has run out does not."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at))

    def run_out(self, at: datetime) -> "LetterQuerySet":
        """Return what waits, but whose time is over and which nobody holds."""
        return self.waiting().filter(expires_at__lte=at).free(at)

    def free(self, at: datetime) -> "LetterQuerySet":
        """Return what no worker holds; the hold of a worker that died runs out."""
        return self.filter(Q(claimed_until__isnull=True) | Q(claimed_until__lte=at))


class Letter(models.Model):
    """One letter to one person. The row is the truth; a task only rings the bell for it.

    `next_try_at` says when somebody should try: it is empty once the letter was sent, taken back or
    given up. Recipient and words are emptied some days after that; at once where `is_secret`.
    """

    key = models.CharField(
        max_length=100, unique=True, help_text="What it tells of; nothing is told twice."
    )
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.EmailField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)

    queued_at = models.DateTimeField("queued", default=timezone.now)
    not_before = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(
        "of no use after", null=True, blank=True, help_text="It is not sent any more then."
    )
    is_secret = models.BooleanField(
        "secret",
        default=False,
        help_text="Address and words are emptied as soon as it was sent or given up.",
    )
    next_try_at = models.DateTimeField("next try", null=True, blank=True)
    claimed_until = models.DateTimeField("in a worker's hands until", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("tries", default=0)
    sent_at = models.DateTimeField("sent", null=True, blank=True)
    cancelled_at = models.DateTimeField("taken back", null=True, blank=True)
    last_error = models.CharField(
        max_length=100,
        blank=True,
        help_text="The kind of the last fault; never its words, which may hold an address.",
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        permissions = (("retry_letter", "Can have letters tried again"),)
        indexes = (
            models.Index(
                fields=["next_try_at"],
                condition=Q(next_try_at__isnull=False),
                name="letter_waiting",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="letter_sent_or_taken_back",
            ),
            models.CheckConstraint(
                condition=Q(next_try_at__isnull=True)
                | Q(sent_at__isnull=True, cancelled_at__isnull=True) & ~Q(recipient=""),
                name="letter_waits_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_secret=False)
                | Q(next_try_at__isnull=False)
                | Q(recipient="", subject="", text="", html=""),
                name="secret_letter_leaves_no_copy",
            ),
        )

    def __str__(self) -> str:
        return f"letter {self.key}"

    @property
    def fate(self) -> Fate:
        """Return what became of it."""
        if self.sent_at is not None:
            return Fate.SENT
        if self.cancelled_at is not None:
            return Fate.TAKEN_BACK
        return Fate.WAITING if self.next_try_at is not None else Fate.GIVEN_UP
