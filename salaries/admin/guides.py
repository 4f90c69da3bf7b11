"""Which guides are salary guides, and which role and place their figures are of."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Article, Shelf
from salaries.models import Country, SalaryGuide


@admin.register(SalaryGuide)
class SalaryGuideAdmin(admin.ModelAdmin):
    """A guide gets its figures here; its text is written as that of every guide."""

    list_display = ("article", "state_badge", "role", "country")
    list_filter = ("role",)
    list_select_related = ("article", "country")
    search_fields = ("article__title", "article__slug", "country__name")
    ordering = ("article__category__position", "article__position", "article__pk")
    fields = ("article", "role", "country")

    class Media:
        css = {"all": ["desk/desk.css"]}

    def get_readonly_fields(self, request: HttpRequest, obj: SalaryGuide | None = None) -> list:
        """The guide is chosen once: another guide would be another row."""
        return [] if obj is None else ["article"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "article":
            shelf = Article.objects.on_shelf(Shelf.SALARIES)
            kwargs["queryset"] = shelf.filter(salary_guide__isnull=True).order_by("title")
        if db_field.name == "country":
            kwargs["queryset"] = Country.objects.in_order()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SalaryGuide]:
        return super().get_queryset(request).defer("article__body_html", "article__search_text")

    @admin.display(description="state", ordering="article__published_at")
    def state_badge(self, guide: SalaryGuide) -> SafeString:
        state = guide.article.state
        return format_html('<span class="state state--{}">{}</span>', state.value, state.label)
