"""The claims ledger: where every figure on the site comes from and when it was checked."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from core.text import display_partial_date, parse_partial_date


def validate_partial_date(value: str) -> None:
    """Raise ValidationError unless the text is a year, a month or a day: 2026, 2026-10."""
    try:
        parse_partial_date(value)
    except ValueError as error:
        raise ValidationError(
            "Write a year, a month or a day: 2026, 2026-10 or 2026-10-06."
        ) from error


class PartialDateField(models.CharField):
    """A date as exact as the source gives it: "2026", "2026-10" or "2026-10-06"."""

    default_validators = [validate_partial_date]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        super().__init__(*args, **kwargs)


class SourceQuerySet(models.QuerySet["Source"]):
    def in_order(self) -> "SourceQuerySet":
        """Return sources by publisher and title, as a reader looks them up."""
        return self.order_by(Lower("publisher"), Lower("title"), "pk")

    def with_claim_count(self) -> "SourceQuerySet":
        """Add `claim_count`: how many statements of the ledger rest on the source."""
        return self.annotate(claim_count=Count("claims"))


class Source(models.Model):
    """A published document that statements rest on."""

    slug = models.SlugField(max_length=100, unique=True, help_text="Part of its address; keep it.")
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=120)
    url = models.URLField("address", max_length=500)
    published = PartialDateField(
        blank=True, help_text="As exact as the source says: 2026, 2026-10 or 2026-10-06."
    )

    library_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = SourceQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["library_digest"])

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["url", "title"],
                name="source_address_and_title_unique",
                violation_error_message="This document is in the ledger already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.publisher})"

    def get_absolute_url(self) -> str:
        return reverse("evidence:source-detail", args=[self.slug])

    @property
    def published_display(self) -> str:
        """Return the date in words, for example "October 2025"; empty where it is unknown."""
        return display_partial_date(self.published) if self.published else ""


class ClaimQuerySet(models.QuerySet["Claim"]):
    def with_source(self) -> "ClaimQuerySet":
        """Load the source with each claim."""
        return self.select_related("source")

    def in_order(self) -> "ClaimQuerySet":
        """Return claims by their ID."""
        return self.order_by("key")

    def expired(self, at: date | None = None) -> "ClaimQuerySet":
        """Return claims that must be looked at again before they are believed."""
        return self.filter(expires_on__lte=at or timezone.localdate())


class Claim(models.Model):
    """One statement with its figure, its source, and how far we have checked it."""

    class Confidence(models.TextChoices):
        PRIMARY = "primary", "Read at the source"
        SECONDARY = "secondary", "Read second-hand, in a text that quotes the source"
        UNVERIFIED = "unverified", "From our own knowledge, not yet checked"

    key = models.CharField("ID", max_length=20, unique=True, help_text="As in [[claim:SO25-16]].")
    area = models.CharField(max_length=40, db_index=True)
    statement = models.TextField(help_text="One sentence that can be true or false.")
    figure = models.CharField(
        max_length=300, help_text="The figure in full, as the source gives it."
    )
    values = models.JSONField(
        default=dict,
        blank=True,
        help_text='Parts of the figure by name, for [[claim:ID#name]]: {"back-end": "14.2%"}. '
        "Each value must stand in the figure letter for letter.",
    )
    sample_size = models.CharField(
        max_length=40, blank=True, help_text="How many answered, if known."
    )
    as_of = PartialDateField("date of the figure")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="claims")
    confidence = models.CharField(max_length=10, choices=Confidence)
    read_in = models.CharField(
        "where we read it", max_length=200, blank=True, help_text="The text we had before us."
    )
    caveat = models.TextField(blank=True, help_text="What a reader must know before using it.")
    checked_on = models.DateField()
    expires_on = models.DateField(
        null=True, blank=True, help_text="From this day the statement counts as out of date."
    )

    library_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = ClaimQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["library_digest"])

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(confidence__in=["primary", "secondary", "unverified"]),
                name="claim_confidence_known",
            ),
            models.CheckConstraint(condition=~Q(figure=""), name="claim_has_figure"),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("checked_on")),
                name="claim_expires_after_check",
                violation_error_message="A statement cannot expire before it was checked.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key}: {self.statement}"

    def clean(self) -> None:
        """Refuse values that are not in the figure: the two would say different things."""
        if self.values is None:  # the field of the form was emptied
            self.values = {}
        if not isinstance(self.values, dict):
            raise ValidationError({"values": 'Write names and values: {"back-end": "14.2%"}.'})
        for name, value in self.values.items():
            if not isinstance(value, str) or value not in self.figure:
                raise ValidationError(
                    {"values": f"The value of “{name}” ({value}) does not stand in the figure."}
                )

    def value_of(self, name: str) -> str | None:
        """Return a part of the figure: one of `values`, "n" for the sample size, "" for all of it.

        None where there is no such part.
        """
        if not name:
            return self.figure
        if name == "n" and self.sample_size:
            return self.sample_size
        return self.values.get(name)

    @property
    def value_names(self) -> list[str]:
        """Return the names that `value_of` knows."""
        if not isinstance(self.values, dict):
            return []  # a form that is refused shows what was typed
        return [*self.values, *(["n"] if self.sample_size and "n" not in self.values else [])]

    @property
    def year(self) -> str:
        """Return the year of the figure, for example "2025"."""
        return self.as_of[:4]

    @property
    def confidence_words(self) -> str:
        """Return how far the statement was checked, in words a reader understands."""
        return self.get_confidence_display()

    @property
    def is_expired(self) -> bool:
        """Return whether the statement has to be checked again."""
        return self.expires_on is not None and self.expires_on <= timezone.localdate()
