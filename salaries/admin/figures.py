"""Cells, countries and price series at the desk."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from salaries.models import ConsumerPrices, Country, Edition, Figure, PriceLevel
from salaries.vocabulary import DIMENSIONS, EMPLOYMENTS, ROLES

MOST_COUNTED = 10_000


class CappedPaginator(Paginator):
    """Counts no further than anybody pages, so that millions of rows cost no more than few."""

    @cached_property
    def count(self) -> int:
        """Return the number of rows, at most MOST_COUNTED."""
        rows = cast("QuerySet[Figure]", self.object_list)
        return len(rows.values_list("pk")[:MOST_COUNTED])


class WordFilter(admin.SimpleListFilter):
    """A filter whose choices come from the vocabulary and not from a walk through the table."""

    words: Mapping[str, str] = {}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the choices."""
        return list(self.words.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Figure]) -> QuerySet[Figure]:
        """Return the chosen figures."""
        if not self.value():
            return queryset
        return queryset.filter(**{str(self.parameter_name): self.value()})


class RoleFilter(WordFilter):
    title, parameter_name, words = "role", "role", ROLES


class EmploymentFilter(WordFilter):
    title, parameter_name, words = "employment", "employment", EMPLOYMENTS


class DimensionFilter(WordFilter):
    title, parameter_name = "split by", "dimension"
    words = {key: item.label for key, item in DIMENSIONS.items()}


class EditionFilter(WordFilter):
    title, parameter_name = "edition", "edition__slug"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the editions, drafts too."""
        return list(Edition.objects.newest_first().values_list("slug", "short_title"))


@admin.register(Figure)
class FigureAdmin(admin.ModelAdmin):
    """Figures are looked at here and changed nowhere: they come with their edition."""

    list_display = ("group", "country", "part", "n", "p50", "kept_back", "short_edition")
    list_filter = (EditionFilter, RoleFilter, EmploymentFilter, DimensionFilter, "is_withheld")
    list_select_related = ("edition", "country")
    search_fields = ("country__name", "=country__code", "value")
    search_help_text = "A country, its code, or a value such as a language."
    ordering = ("pk",)
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # they would count the whole table for each choice
    list_per_page = 50
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: no figure is typed in."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Figure | None = None) -> bool:
        """Return False: a figure follows from its source."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Figure | None = None) -> bool:
        """Return False: figures go with their edition."""
        return False

    @admin.display(description="who")
    def group(self, figure: Figure) -> str:
        return f"{figure.role_label}, {figure.employment_label.lower()}"

    @admin.display(description="part")
    def part(self, figure: Figure) -> str:
        if figure.dimension == "all":
            return "everybody"
        return f"{DIMENSIONS[figure.dimension].label}: {figure.shown_value.label}"

    @admin.display(description="shown", ordering="is_withheld")
    def kept_back(self, figure: Figure) -> str:
        return "kept back" if figure.is_withheld else "yes"

    @admin.display(description="edition")
    def short_edition(self, figure: Figure) -> str:
        return figure.edition.short_title


@admin.register(Country)
class CountryAdmin(admin.ModelAdmin):
    list_display = ("name", "code", "currency")
    search_fields = ("name", "=code", "=currency")
    ordering = ("name",)

    def get_readonly_fields(self, request: HttpRequest, obj: Country | None = None) -> list[str]:
        """Figures name a country by its code, which therefore stays."""
        return [] if obj is None else ["code"]


@admin.register(PriceLevel)
class PriceLevelAdmin(admin.ModelAdmin):
    list_display = ("country", "year", "ratio", "market_rate_note")
    list_filter = ("year",)
    list_select_related = ("country",)
    search_fields = ("country__name", "=country__code")
    autocomplete_fields = ("country", "source")
    ordering = ("-year", "country__name")


@admin.register(ConsumerPrices)
class ConsumerPricesAdmin(admin.ModelAdmin):
    list_display = ("country", "month", "index", "name")
    list_select_related = ("country",)
    search_fields = ("country__name", "=country__code", "name")
    autocomplete_fields = ("country", "source")
    date_hierarchy = "month"
    ordering = ("country__name", "-month")
