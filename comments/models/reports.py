"""What readers report: a comment that breaks the rules of the house, or content against the law."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comments.models.comment import Comment
from comments.models.decisions import ModerationAct
from comments.models.people import Commenter
from comments.states import REJECTIONS, Reason


def notice_code() -> str:
    """Return a reference that nobody can guess, such as "N-7KQ2MX9D4T"."""
    return "N-" + "".join(secrets.choice("23456789ABCDEFGHJKMNPQRSTUVWXYZ") for _ in range(10))


class Flag(models.Model):
    """A reader's report of a public comment."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="flags")
    reporter = models.ForeignKey(
        Commenter, on_delete=models.CASCADE, null=True, blank=True, related_name="flags"
    )
    reporter_key = models.CharField(
        max_length=64, help_text="Keyed hash: one person reports a comment once."
    )
    reason = models.CharField(
        max_length=15, choices=[(reason.value, reason.label) for reason in REJECTIONS]
    )
    words = models.TextField("what is wrong with it", blank=True, max_length=1_000)
    weight = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    resolved_by = models.ForeignKey(
        ModerationAct, on_delete=models.PROTECT, null=True, blank=True, related_name="flags"
    )

    class Meta:
        indexes = (models.Index(fields=["comment", "resolved_by"], name="flag_comment_open"),)
        constraints = (
            models.UniqueConstraint(
                fields=["comment", "reporter_key"], name="flag_once_by_each_reader"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=[reason.value for reason in REJECTIONS]),
                name="flag_reason_known",
            ),
        )

    def __str__(self) -> str:
        return f"Report of {self.comment}: {self.get_reason_display()}"


class Notice(models.Model):
    """A notice of content against the law (EU Digital Services Act, Article 16)."""

    class Outcome(models.TextChoices):
        REMOVED = "removed", "The content was removed"
        KEPT = "kept", "The content stays"

    code = models.CharField(max_length=12, unique=True, default=notice_code, editable=False)
    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, null=True, blank=True, related_name="notices"
    )
    address = models.CharField("where it stands", max_length=500)
    explanation = models.TextField("why it is against the law", max_length=5_000)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField("e-mail", max_length=254, blank=True)
    in_good_faith = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True)
    statement = models.TextField(blank=True, max_length=2_000)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    act = models.ForeignKey(
        ModerationAct,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
        help_text="The removal that followed, so that its writer can be told of the notice.",
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True, statement="")
                | Q(outcome__in=["removed", "kept"], decided_at__isnull=False) & ~Q(statement=""),
                name="notice_decided_with_reason",
            ),
            models.CheckConstraint(condition=Q(in_good_faith=True), name="notice_in_good_faith"),
        )

    def __str__(self) -> str:
        return f"Notice {self.code}"

    @property
    def is_open(self) -> bool:
        """Return whether nobody has decided yet."""
        return not self.outcome


FLAG_REASONS = tuple(Reason(reason) for reason in REJECTIONS)
