"""Rules by which moderators have comments held. A rule never rejects."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords


class Rule(models.Model):
    """One rule. `comments.screening.rules` says what it matches; the desk shows that beforehand."""

    class Kind(models.TextChoices):
        LINKS = "links", "At least this many links"
        WORDS = "words", "Any of these whole words or phrases"
        PATTERN = "pattern", "This pattern"
        ADDRESS = "address", "Mail address or domain of the writer"
        RATE = "rate", "More than this many comments of one person or network address in an hour"

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=7, choices=Kind)
    value = models.TextField(
        max_length=5_000,
        help_text="A number for links and rate; else one word, phrase, address or pattern a line.",
    )
    is_active = models.BooleanField(default=True)
    note = models.TextField("why we have it", blank=True, max_length=500)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    history = HistoricalRecords()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["links", "words", "pattern", "address", "rate"]),
                name="rule_kind_known",
            ),
            models.CheckConstraint(condition=~Q(value=""), name="rule_says_something"),
        )

    def __str__(self) -> str:
        return self.name
