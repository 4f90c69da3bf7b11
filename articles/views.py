"""Pages of the library: lists, and the guide itself. Each asks `Article.objects.published()`."""

from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from articles.models import Article, Category, Contributor, Publication, Tag
from articles.page import guide_context
from articles.twins import as_json, as_markdown
from core.pagination import paginate

GUIDES_PER_PAGE = 20
CHANGES_PER_PAGE = 50


def _page(request: HttpRequest, guides: QuerySet[Article]) -> "Page[Any]":
    return paginate(guides, request.GET.get("page"), GUIDES_PER_PAGE)


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """List all guides, by category and level where the address says so."""
    guides = Article.objects.published().for_list().in_library_order()
    categories = list(Category.objects.in_order())
    active_category = None
    chosen = {}
    if slug := request.GET.get("category"):
        active_category = next((item for item in categories if item.slug == slug), None)
        if active_category is None:
            raise Http404("There is no such category.")
        guides = guides.filter(category=active_category)
        chosen["category"] = slug
    if level := request.GET.get("level", ""):
        if level not in Article.Level.values:
            raise Http404("There is no such level.")
        guides = guides.filter(level=level)
        chosen["level"] = level
    context = {
        "page_obj": _page(request, guides),
        "categories": categories,
        "levels": Article.Level.choices,
        "active_category": active_category,
        "active_level": level,
        "query": f"{urlencode(chosen)}&" if chosen else "",
    }
    return render(request, "articles/article_list.html", context)


@require_safe
def category_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """List the guides of a category."""
    category = get_object_or_404(Category, slug=slug)
    guides = Article.objects.published().filter(category=category).for_list().in_library_order()
    context = {"category": category, "page_obj": _page(request, guides)}
    return render(request, "articles/category_detail.html", context)


@require_safe
def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """List the guides with a tag; a tag that no public guide carries has no page."""
    tag = get_object_or_404(Tag, slug=slug)
    page = _page(
        request, Article.objects.published().filter(tags=tag).for_list().in_library_order()
    )
    if not page.paginator.count:
        raise Http404("No guide carries this tag.")
    return render(request, "articles/tag_detail.html", {"tag": tag, "page_obj": page})


@require_safe
def contributor_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who somebody is, and the guides they wrote."""
    contributor = get_object_or_404(Contributor, slug=slug)
    guides = Article.objects.published().filter(authors=contributor).for_list().newest_first()
    context = {"contributor": contributor, "page_obj": _page(request, guides)}
    return render(request, "articles/contributor_detail.html", context)


def _published_or_404(slug: str, guides: QuerySet[Article] | None = None) -> Article:
    if guides is None:
        guides = Article.objects.published().defer("live_revision__content")
    return get_object_or_404(
        guides.select_related("category", "reviewer", "live_revision").defer("search_text"),
        slug=slug,
    )


def _for_twin_or_404(slug: str) -> Article:
    return _published_or_404(slug, Article.objects.published().with_byline())


@require_safe
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a guide."""
    return render(request, "articles/article_detail.html", guide_context(_published_or_404(slug)))


@require_safe
def article_changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what changed in a guide and when: its public history."""
    article = _published_or_404(slug)
    publications = (
        Publication.objects.filter(article=article)
        .up_to()
        .newest_first()
        .select_related("revision")
        .defer("revision__content")
    )
    page = paginate(publications, request.GET.get("page"), CHANGES_PER_PAGE)
    context = {"article": article, "publications": page, "page_obj": page}
    return render(request, "articles/article_changes.html", context)


@require_safe
def article_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the guide as Markdown, figures and sources included."""
    text = as_markdown(_for_twin_or_404(slug))
    return HttpResponse(text, content_type="text/markdown; charset=utf-8")


@require_safe
def article_json(request: HttpRequest, slug: str) -> JsonResponse:
    """Answer with the guide as JSON, claims and sources included."""
    data = as_json(_for_twin_or_404(slug))
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
