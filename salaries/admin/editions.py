"""Editions at the desk: to read, to correct while they are drafts, and to publish for good."""

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from salaries.disclosure import RULES, counts_by_rule, protect
from salaries.editions import EditionError, cells_of, publish
from salaries.models import Edition, PublishedEditionError

PUBLISH = "salaries.publish_edition"
SHOWN_WITHHELD = 20


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    """Editions come through an importer. Their words may be mended until they are published."""

    list_display = ("title", "state", "year", "series", "figure_count", "digest")
    list_filter = ("series", "kind")
    list_select_related = ("source",)
    search_fields = ("title", "slug", "series")
    ordering = ("-year", "series", "slug")
    autocomplete_fields = ("source",)
    actions = None
    readonly_fields = ("state", "figures_by_size", "figures_digest", "published_at", "input_digest")
    fieldsets = (
        (None, {"fields": ("state", "title", "short_title", "slug", "series", "kind", "source")}),
        ("Time and reach", {"fields": ("year", "fieldwork_from", "fieldwork_to", "released")}),
        ("What was measured", {"fields": ("scope", "population", "question", "pay_basis")}),
        ("Money", {"fields": ("period", "currency", "conversion_on", "conversion_note")}),
        ("Method", {"fields": ("method", "limits", "verification", "verification_note")}),
        ("Rights", {"fields": ("licence", "licence_url", "attribution")}),
        (
            "Figures",
            {"fields": ("figures_by_size", "figures_digest", "published_at", "input_digest")},
        ),
    )

    class Media:
        css = {"all": ["desk/desk.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        """Return the editions with how many figures each has, without the long coverage."""
        editions = super().get_queryset(request).defer("coverage")
        return editions.annotate(figure_count=Count("figures"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody types figures in: an edition comes with them, through an importer."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        """Return whether the words may be mended, which ends with the publication."""
        is_kept = obj is not None and obj.published_at is not None
        return not is_kept and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        """Return whether a draft may go; what is published is cited."""
        is_kept = obj is not None and obj.published_at is not None
        return not is_kept and super().has_delete_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Edition | None = None) -> list[str]:
        """What the figures were imported with stays as they have it; the words can be mended."""
        return [*self.readonly_fields, "slug", "kind", "currency"]

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses of the admin with the page that publishes."""
        view = self.admin_site.admin_view(self.publish_view)
        return [
            path("<int:pk>/publish/", view, name="salaries_edition_publish"),
            *super().get_urls(),
        ]

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what the public would see, and publish once that is confirmed."""
        if not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        edition = get_object_or_404(Edition.objects.select_related("source"), pk=pk)
        back = redirect("admin:salaries_edition_change", edition.pk)
        if edition.published_at is not None:
            self.message_user(request, f"“{edition}” is published already.", messages.WARNING)
            return back
        if request.method == "POST":
            try:
                publish(edition)
            except PublishedEditionError as error:  # somebody else was faster
                self.message_user(request, str(error), messages.WARNING)
            except EditionError as error:
                self.message_user(request, str(error), messages.ERROR)
            else:
                self.log_change(request, edition, "Published.")
                self.message_user(request, f"“{edition}” is published for good.")
            return back
        return render(
            request, "admin/salaries/edition/publish.html", self._preview(request, edition)
        )

    def _preview(self, request: HttpRequest, edition: Edition) -> dict[str, Any]:
        cells = list(cells_of(edition))
        withheld = [cells[place] for place in sorted(protect(cells))]
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "edition": edition,
            "title": f"Publish “{edition}”",
            "figure_count": len(cells),
            "rules": list(zip(RULES, counts_by_rule(edition), strict=True)),
            "withheld": withheld[:SHOWN_WITHHELD],
            "withheld_count": len(withheld),
        }

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form, with the way to publication for those who may publish."""
        may_publish = cast("User", request.user).has_perm(PUBLISH)
        context = {"may_publish": may_publish, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    @admin.display(description="state", ordering="published_at")
    def state(self, edition: Edition) -> SafeString:
        if edition.is_published:
            url = reverse("salaries:edition", args=[edition.slug])
            return format_html('<a class="state state--live" href="{}">Published</a>', url)
        word, kind = ("Draft", "draft") if edition.published_at is None else ("Set", "scheduled")
        return format_html('<span class="state state--{}">{}</span>', kind, word)

    @admin.display(description="figures", ordering="figure_count")
    def figure_count(self, edition: Edition) -> int:
        return edition.figure_count  # type: ignore[attr-defined]

    @admin.display(description="digest")
    def digest(self, edition: Edition) -> str:
        return edition.figures_digest[:8] or "–"

    @admin.display(description="figures by size")
    def figures_by_size(self, edition: Edition) -> str:
        if edition.kind == Edition.Kind.OFFICIAL:
            return "as printed by the publisher"
        counts = zip(RULES, counts_by_rule(edition), strict=True)
        return "; ".join(f"{rule.label}: {count}" for rule, count in counts)
