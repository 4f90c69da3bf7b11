"""The overview of pay, and the salary guides: guides of the library with a figure at their head."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Article, Shelf
from articles.models.article import ArticleQuerySet
from articles.page import guide_context
from articles.twins import as_json, as_markdown
from articles.views import (
    article_changes,
    article_revision,
    elsewhere,
    json_response,
    markdown_response,
    published_or_404,
)
from salaries.comparison import side_by_side
from salaries.guide_figure import as_occupation, as_paragraphs, as_values, figure_of
from salaries.overview import editions_by_series, load_overview


def _with_place(guides: ArticleQuerySet) -> ArticleQuerySet:
    """Load what makes a guide a salary guide, where something does."""
    return guides.select_related("salary_guide__country")


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Say what pay figures we have, how far to trust them, and where to read on."""
    found = load_overview()
    context = {"overview": found, "series": editions_by_series(found.editions)}
    return render(request, "salaries/overview.html", context)


@require_safe
def guide_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a salary guide: its figure, its text, and what other sources say."""
    public = Article.objects.published().defer("live_revision__content")
    article = published_or_404(slug, _with_place(public))
    if moved := elsewhere(article, "detail", Shelf.SALARIES):
        return moved
    figure = figure_of(article)
    address = settings.SITE_URL + article.get_absolute_url()
    described: list[dict[str, Any]] = [as_occupation(figure, address)] if figure else []
    context = {
        **guide_context(article, describes=described),
        "figure": figure,
        "beside": side_by_side(figure.row.figure.country_id, figure.guide.role) if figure else [],
    }
    return render(request, "salaries/guide_detail.html", context)


@require_safe
def guide_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the guide and its figure as Markdown."""
    article = published_or_404(slug, _with_place(Article.objects.published().with_byline()))
    if moved := elsewhere(article, "markdown", Shelf.SALARIES):
        return moved
    figure = figure_of(article)
    return markdown_response(as_markdown(article, opening=as_paragraphs(figure) if figure else ()))


@require_safe
def guide_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the guide and its figure as JSON."""
    article = published_or_404(slug, _with_place(Article.objects.published().with_byline()))
    if moved := elsewhere(article, "json", Shelf.SALARIES):
        return moved
    figure = figure_of(article)
    return json_response({**as_json(article), "pay": as_values(figure) if figure else None})


@require_safe
def guide_changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what changed in a salary guide and when."""
    return article_changes(request, slug, shelf=Shelf.SALARIES)


@require_safe
def guide_revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a salary guide as it was in an earlier revision: its text, without today's figure."""
    return article_revision(request, slug, number, shelf=Shelf.SALARIES)
