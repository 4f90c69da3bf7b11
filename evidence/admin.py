"""The claims ledger at the desk."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.text import display_partial_date
from evidence.desk import KeepsHistory, KeepsItsName, RefusesDeletion
from evidence.models import Claim, ClaimQuerySet, Source, SourceQuerySet
from evidence.usage import uses_of


class ExpiryFilter(admin.SimpleListFilter):
    """Statements that must be looked at again before they are believed."""

    title = "expiry"
    parameter_name = "expiry"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("expired", "Expired"), ("none", "No date set")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        if self.value() == "expired":
            return cast(ClaimQuerySet, queryset).expired()
        if self.value() == "none":
            return queryset.filter(expires_on__isnull=True)
        return queryset


@admin.register(Source)
class SourceAdmin(KeepsItsName, KeepsHistory):
    list_display = ("title", "publisher", "published", "claim_count")
    search_fields = ("title", "publisher", "url", "slug")
    named_after = ("publisher", "title")
    ordering = ("publisher", "title", "pk")
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return cast(SourceQuerySet, super().get_queryset(request)).with_claim_count()

    @admin.display(description="claims", ordering="claim_count")
    def claim_count(self, source: Source) -> int:
        return source.claim_count  # type: ignore[attr-defined]


@admin.register(Claim)
class ClaimAdmin(KeepsItsName, RefusesDeletion, KeepsHistory):
    name_field = "key"
    list_display = ("key", "statement", "figure", "date_of_figure", "confidence", "checked_on")
    list_filter = ("confidence", ExpiryFilter, "area")
    list_select_related = ("source",)
    search_fields = ("key", "statement", "figure", "source__title", "source__publisher")
    autocomplete_fields = ("source",)
    readonly_fields = ("used_in", "tokens")
    list_per_page = 50
    ordering = ("key",)
    fieldsets = (
        (None, {"fields": ("key", "area", "statement", "figure", "values", "sample_size")}),
        ("Where from", {"fields": ("source", "as_of", "read_in")}),
        ("How sure", {"fields": ("confidence", "checked_on", "expires_on", "caveat")}),
        ("Use", {"fields": ("tokens", "used_in")}),
    )

    @admin.display(description="date", ordering="as_of")
    def date_of_figure(self, claim: Claim) -> str:
        return display_partial_date(claim.as_of)

    @admin.display(description="to cite it")
    def tokens(self, claim: Claim) -> SafeString:
        if not claim.key:
            return format_html("{}", "–")
        tokens = [f"[[claim:{claim.key}]]", f"[[cite:{claim.key}]]"]
        tokens += [f"[[claim:{claim.key}#{name}]]" for name in claim.value_names]
        return format_html_join(" ", "<code>{}</code>", ((token,) for token in tokens))

    @admin.display(description="cited by")
    def used_in(self, claim: Claim) -> SafeString:
        uses = uses_of([claim.key])[claim.key] if claim.key else []
        if not uses:
            return format_html("{}", "no public page yet")
        links = ((use.url, use.title) for use in uses)
        return format_html_join(", ", '<a href="{}">{}</a>', links)
