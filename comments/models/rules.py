"""Rules by which moderators have comments held. A rule never rejects."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from comments.models.comment import Comment
from comments.rule_values import LONGEST_VALUE, Kind, problems


class Rule(models.Model):
    """One rule. `comments.screening.rules` says what it matches; the desk shows that beforehand."""

    Kind = Kind

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=7, choices=Kind)
    value = models.TextField(
        max_length=LONGEST_VALUE,
        help_text="A number for links and rate; else one word, phrase, address or pattern a line.",
    )
    is_active = models.BooleanField("in use", default=True)
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

    def clean(self) -> None:
        """Raise ValidationError that names every line of the value that cannot be read."""
        if self.kind in Kind.values and (found := problems(self.kind, self.value)):
            raise ValidationError({"value": found})


class RuleHit(models.Model):
    """A comment that a rule spoke against when it came. The rule's page counts them."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="hits")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="rule_hits")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["rule", "comment"], name="rule_hit_counted_once"),
        )

    def __str__(self) -> str:
        return f"{self.rule} on {self.comment}"
