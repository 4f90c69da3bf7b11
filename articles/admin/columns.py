"""What the list of guides shows, and in which order."""

from typing import cast

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Article, Revision
from articles.models.article import ArticleQuerySet


class GuideColumns(admin.ModelAdmin):
    """Columns of the list, at a number of queries that does not grow with the rows."""

    ordering = ("category__position", "category__name", "position", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        latest = Revision.objects.filter(article=OuterRef("pk")).newest_first()
        guides = cast(ArticleQuerySet, super().get_queryset(request))
        return (
            guides.with_byline()
            .select_related("category", "live_revision")
            .defer("body_html", "search_text", "live_revision__content")
            .annotate(latest_number=Subquery(latest.values("number")[:1]))
        )

    @admin.display(description="state", ordering="published_at")
    def state_badge(self, article: Article) -> SafeString:
        state = article.state
        badge = format_html('<span class="state state--{}">{}</span>', state.value, state.label)
        live = article.live_revision
        if live is None or article.latest_number == live.number:  # type: ignore[attr-defined]
            return badge
        return format_html('{} <span class="state state--waiting">changes wait</span>', badge)

    @admin.display(description="by")
    def byline(self, article: Article) -> str:
        return ", ".join(article.author_names) or "–"

    @admin.display(description="next review", ordering="next_review_on")
    def review(self, article: Article) -> SafeString | str:
        day = article.next_review_on
        if day is None:
            return "–"
        text = format_html('<span class="nowrap">{}</span>', f"{day:%d %b %Y}")
        if article.review_is_overdue:
            return format_html("<strong>{}, overdue</strong>", text)
        return text

    @admin.display(description="last notable change", ordering="modified_at")
    def changed(self, article: Article) -> SafeString | str:
        if article.modified_at is None:
            return "–"
        return format_html('<span class="nowrap">{}</span>', f"{article.modified_at:%d %b %Y}")
