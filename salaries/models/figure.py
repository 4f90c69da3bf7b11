"""The cells of the published tables."""

from functools import reduce
from itertools import combinations, starmap
from operator import and_, or_
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from salaries.models.country import Country
from salaries.models.edition import Edition
from salaries.selection import Selection
from salaries.vocabulary import DIMENSIONS, EMPLOYMENTS, ROLES, Value, value_of

SMALLEST_CELL = 10  # people; smaller cells are dropped before they reach the database
PERCENTILES = ("p10", "p25", "p50", "p75", "p90")


class FigureQuerySet(models.QuerySet["Figure"]):
    def public(self) -> "FigureQuerySet":
        """Return the figures that the public may see: the only gate.

        Those of published editions, without the cells that are withheld because a smaller cell
        could be worked out from them. Which percentiles of a cell are shown is decided by
        `salaries.disclosure`.
        """
        return self.filter(edition__published_at__lte=timezone.now(), is_withheld=False)

    def matching(self, selection: Selection) -> "FigureQuerySet":
        """Return the figures of a selection."""
        found = self.filter(
            edition__slug__in=selection.editions,
            country__in=selection.countries,
            role__in=selection.roles,
            employment__in=selection.employments,
            dimension=selection.dimension,
        )
        return found.filter(value_slug__in=selection.values) if selection.values else found

    def matching_any(self, selections: list[Selection]) -> "FigureQuerySet":
        """Return the figures of several one-cell selections, in one query."""
        if not selections:
            return self.none()
        conditions = (
            Q(
                edition__slug=item.editions[0],
                country=item.countries[0],
                role=item.roles[0],
                employment=item.employments[0],
                dimension=item.dimension,
                value_slug=(item.values or ("all",))[0],
            )
            for item in selections
        )
        return self.filter(reduce(or_, conditions))

    def with_context(self) -> "FigureQuerySet":
        """Load edition, its source, and country with each figure."""
        return self.select_related("edition__source", "country")


def _ascending(lower: str, upper: str) -> Q:
    return (
        Q(**{f"{lower}__isnull": True})
        | Q(**{f"{upper}__isnull": True})
        | Q(**{f"{lower}__lte": F(upper)})
    )


def _amount(verbose_name: str | None = None) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(verbose_name, max_digits=14, decimal_places=2, null=True, blank=True)


class Figure(models.Model):
    """Pay of one group of people in one edition. It has one edition, and so one source.

    `n` counts the answers of a survey and is empty for official statistics, which give the number
    of jobs instead. Percentiles are kept as computed; `salaries.disclosure` says which are shown.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="figures")
    role = models.CharField(max_length=24)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="figures")
    employment = models.CharField(max_length=10)
    dimension = models.CharField(max_length=20)
    value = models.CharField(max_length=150, help_text="As the source has it.")
    value_slug = models.CharField(max_length=80)
    n = models.PositiveIntegerField("answers", null=True, blank=True)
    jobs = models.PositiveIntegerField(null=True, blank=True)
    relative_error = models.DecimalField(
        "relative standard error of the mean, per cent",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
    )
    p10 = _amount()
    p25 = _amount()
    p50 = models.DecimalField("median", max_digits=14, decimal_places=2)
    p75 = _amount()
    p90 = _amount()
    ci_low = _amount("lower end of the median’s interval")
    ci_high = _amount("upper end of the median’s interval")
    currency = models.CharField(max_length=3)
    flags = models.JSONField(default=list, blank=True)
    is_withheld = models.BooleanField(
        default=False, help_text="Not shown, because a smaller cell could be worked out from it."
    )

    objects = FigureQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=[
                    "edition",
                    "country",
                    "role",
                    "employment",
                    "dimension",
                    "value_slug",
                ],
                name="figure_one_per_cell",
            ),
            models.CheckConstraint(
                condition=Q(n__isnull=True) | Q(n__gte=SMALLEST_CELL), name="figure_not_too_small"
            ),
            models.CheckConstraint(
                condition=Q(n__isnull=False) | Q(jobs__isnull=False), name="figure_counts_something"
            ),
            models.CheckConstraint(
                # Every pair: one in between may be unknown.
                condition=reduce(and_, starmap(_ascending, combinations(PERCENTILES, 2))),
                name="figure_percentiles_ascend",
            ),
            models.CheckConstraint(
                condition=_ascending("ci_low", "p50") & _ascending("p50", "ci_high"),
                name="figure_median_inside_interval",
            ),
            models.CheckConstraint(condition=Q(p50__gt=0), name="figure_median_positive"),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="figure_currency_known_form"
            ),
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="figure_role_known"),
            models.CheckConstraint(
                condition=Q(employment__in=list(EMPLOYMENTS)), name="figure_employment_known"
            ),
            models.CheckConstraint(
                condition=Q(dimension__in=list(DIMENSIONS)), name="figure_dimension_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.selection_key}"

    @property
    def selection_key(self) -> str:
        """Return the cell without its edition, as keys of embeds write it."""
        parts = [self.country_id.lower(), self.role, self.employment]
        if self.dimension != "all":
            parts.append(f"{self.dimension}:{self.value_slug}")
        return "/".join(parts)

    @property
    def role_label(self) -> str:
        """Return the name of the role for people."""
        return ROLES.get(self.role, self.role)

    @property
    def employment_label(self) -> str:
        """Return the kind of employment for people."""
        return EMPLOYMENTS.get(self.employment, self.employment)

    @property
    def shown_value(self) -> Value:
        """Return the value as pages show it."""
        return value_of(self.dimension, self.value)
