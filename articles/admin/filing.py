"""Categories, tags, people and diagrams at the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from articles.models import Category, Contributor, Diagram, Reference, Tag
from core.svg import SvgError, clean_svg
from evidence.desk import KeepsHistory, KeepsItsName, RefusesDeletion


class CountsGuides(admin.ModelAdmin):
    """A list that says how many guides hang on each row."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(guide_count=Count("articles", distinct=True))

    @admin.display(description="guides", ordering="guide_count")
    def guide_count(self, row: Category) -> int:
        return row.guide_count  # type: ignore[attr-defined]


@admin.register(Category)
class CategoryAdmin(KeepsItsName, KeepsHistory, CountsGuides):
    list_display = ("name", "description", "position", "guide_count")
    search_fields = ("name", "description")
    named_after = ("name",)
    ordering = ("position", "name")


@admin.register(Tag)
class TagAdmin(KeepsItsName, KeepsHistory, CountsGuides):
    list_display = ("name", "description", "guide_count")
    search_fields = ("name", "slug")
    named_after = ("name",)
    ordering = ("name",)


@admin.register(Contributor)
class ContributorAdmin(KeepsItsName, KeepsHistory, CountsGuides):
    list_display = ("name", "kind", "role", "guide_count")
    list_filter = ("kind",)
    search_fields = ("name", "role", "slug")
    named_after = ("name",)
    ordering = ("name",)


@admin.register(Diagram)
class DiagramAdmin(KeepsItsName, RefusesDeletion, KeepsHistory):
    list_display = ("slug", "token")
    search_fields = ("slug", "svg")
    ordering = ("slug",)
    readonly_fields = ("token", "drawing", "used_in")
    fields = ("slug", "svg", "drawing", "token", "used_in")

    class Media:
        css = {"all": ["css/tokens.css", "css/components/diagram.css"]}

    def get_form(
        self, request: HttpRequest, obj: Diagram | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        # Help texts are HTML to the admin: the names of the elements have to be written as text.
        help_text = escape(Diagram._meta.get_field("svg").help_text)
        return super().get_form(request, obj, change, help_texts={"svg": help_text}, **kwargs)

    @admin.display(description="to place it")
    def token(self, diagram: Diagram) -> str:
        if not diagram.slug:
            return "–"
        return f"[[diagram:{diagram.slug}|Caption.]]"

    @admin.display(description="how it looks")
    def drawing(self, diagram: Diagram) -> SafeString:
        try:
            # clean_svg returns markup rebuilt from allowed elements and attributes only.
            drawing = mark_safe(clean_svg(diagram.svg, prefix="drawing"))  # noqa: S308
        except SvgError:
            return format_html("{}", "–")
        return format_html('<figure class="diagram">{}</figure>', drawing)

    @admin.display(description="used in")
    def used_in(self, diagram: Diagram) -> str:
        users = Reference.objects.filter(kind="diagram", key=diagram.slug).select_related("article")
        return ", ".join(item.article.title for item in users) or "nowhere yet"
