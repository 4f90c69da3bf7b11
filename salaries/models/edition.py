"""One publication of one source: what its figures are, how they were made, may they change."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from evidence.models import PartialDateField, Source


class PublishedEditionError(TypeError):
    """Raised by code that tries to change an edition, or its figures, after publication."""


class EditionQuerySet(models.QuerySet["Edition"]):
    def published(self, at: Any = None) -> "EditionQuerySet":
        """Return the editions whose figures the public may see: the only gate."""
        return self.filter(published_at__lte=at or timezone.now())

    def newest_first(self) -> "EditionQuerySet":
        """Return editions with the latest year at the head."""
        return self.order_by("-year", "series", "slug")


class Edition(models.Model):
    """A survey wave or a year of official statistics, with the method of its figures.

    Once published neither the row nor its figures change: the database refuses it (a trigger in
    migration 0002), so that an old citation keeps meaning the same bytes.
    """

    class Kind(models.TextChoices):
        SURVEY = "survey", "Voluntary survey"
        OFFICIAL = "official", "Official statistics"

    class PayBasis(models.TextChoices):
        GROSS_TOTAL = "gross-total", "Gross, everything together: salary, bonuses and perks"
        GROSS_BASE = "gross-base", "Gross base pay, without bonuses and shares"
        NET_BASE = "net-base", "Base pay after tax"

    class Period(models.TextChoices):
        YEAR = "year", "per year"
        MONTH = "month", "per month"

    class Verification(models.TextChoices):
        MATCHED = "matched", "Figures match what the publisher printed"
        RECOMPUTED = "recomputed", "Computed from all the answers"
        PARTIAL = "partial", "Computed from a part of the answers"
        QUOTED = "quoted", "Taken over as the publisher printed it"

    slug = models.SlugField(max_length=40, unique=True, help_text="As in [[salary:so-2025/de]].")
    title = models.CharField(max_length=120)
    short_title = models.CharField(max_length=60, help_text="For charts: Stack Overflow 2025.")
    series = models.SlugField(
        max_length=40, help_text="The same for every year of one source; years are compared in it."
    )
    kind = models.CharField(max_length=8, choices=Kind)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="salary_editions")
    year = models.PositiveSmallIntegerField(help_text="The year that the figures are about.")
    fieldwork_from = PartialDateField(blank=True, help_text="When people were asked.")
    fieldwork_to = PartialDateField(blank=True)
    released = PartialDateField("published by the source", blank=True)
    scope = models.CharField(
        max_length=200, blank=True, help_text="For example: United States only."
    )
    population = models.TextField(help_text="Who stands behind the figures, in a sentence.")
    question = models.TextField(blank=True, help_text="What was asked or measured.")
    method = models.TextField(help_text="How the figures were made, in Markdown.")
    limits = models.TextField(help_text="What the figures are not, in Markdown.")
    pay_basis = models.CharField(max_length=12, choices=PayBasis)
    period = models.CharField(max_length=5, choices=Period, default=Period.YEAR)
    currency = models.CharField(max_length=3, default="USD")
    conversion_on = PartialDateField("date of conversion", blank=True)
    conversion_note = models.TextField(
        blank=True, help_text="At which rate pay became this currency, in a sentence."
    )
    verification = models.CharField(max_length=10, choices=Verification)
    verification_note = models.TextField(blank=True)
    licence = models.CharField(max_length=80)
    licence_url = models.URLField(max_length=300, blank=True)
    attribution = models.CharField(max_length=300)
    input_name = models.CharField(max_length=200, blank=True)
    input_digest = models.CharField("SHA-256 of the input", max_length=64, blank=True)
    figures_digest = models.CharField("SHA-256 of the figures", max_length=64, editable=False)
    coverage = models.JSONField(
        default=dict,
        editable=False,
        help_text="What can be chosen: roles, employments, countries, values by dimension.",
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        permissions = (("publish_edition", "Can publish editions"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(figures_digest=""),
                name="edition_published_with_digest",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["survey", "official"]), name="edition_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(pay_basis__in=["gross-total", "gross-base", "net-base"]),
                name="edition_pay_basis_known",
            ),
            models.CheckConstraint(
                condition=Q(period__in=["year", "month"]), name="edition_period_known"
            ),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="edition_currency_known_form"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the edition. Raises PublishedEditionError where the stored one is published."""
        if self.pk and Edition.objects.filter(pk=self.pk, published_at__isnull=False).exists():
            raise PublishedEditionError("A published edition cannot be changed; make a new one.")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("salaries:edition", args=[self.slug])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a draft. Raises PublishedEditionError for a published edition."""
        if self.published_at is not None:
            raise PublishedEditionError("A published edition is cited; it cannot be deleted.")
        return super().delete(*args, **kwargs)

    @property
    def is_published(self) -> bool:
        """Return whether the public sees the figures, which then never change."""
        return self.published_at is not None and self.published_at <= timezone.now()


class ConversionRate(models.Model):
    """At which rate an edition turned a currency into its own, to show pay in local money."""

    class Kind(models.TextChoices):
        STATED = "stated", "Implied by the answers themselves"
        INFERRED = "inferred", "Inferred by us"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="rates")
    currency = models.CharField(max_length=3)
    per_unit = models.DecimalField(
        "units of this currency for one of the edition’s", max_digits=18, decimal_places=8
    )
    kind = models.CharField(max_length=8, choices=Kind)
    note = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["edition", "currency"], name="conversion_rate_one_per_currency"
            ),
            models.CheckConstraint(condition=Q(per_unit__gt=0), name="conversion_rate_positive"),
        )

    def __str__(self) -> str:
        return f"{self.edition}: {self.per_unit} {self.currency}"
