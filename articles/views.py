"""Pages of the library: lists, and the guide itself. Each asks `Article.objects.published()`."""

from typing import Any

from django.core.paginator import Page
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from articles.models import Article, Category, Contributor, Publication, Shelf, Tag
from articles.page import guide_context
from articles.twins import as_json, as_markdown
from articles.versions import earlier_context, spans_of
from core.pagination import paginate

GUIDES_PER_PAGE = 20
CHANGES_PER_PAGE = 50


def _page(request: HttpRequest, guides: QuerySet[Article]) -> "Page[Any]":
    return paginate(guides, request.GET.get("page"), GUIDES_PER_PAGE)


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """List all guides, by category and level where the address says so.

    Salary guides stand on a shelf of their own, under /salaries/.
    """
    public = Article.objects.published().on_shelf(Shelf.GUIDES)
    guides = public.for_list().in_library_order()
    used = Exists(public.filter(category=OuterRef("pk")))
    categories = list(Category.objects.in_order().annotate(is_used=used))
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
        "categories": [item for item in categories if item.is_used or item == active_category],
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


def published_or_404(slug: str, guides: QuerySet[Article] | None = None) -> Article:
    """Return a public guide of either shelf, without the texts that its page does not show."""
    if guides is None:
        guides = Article.objects.published().defer("live_revision__content")
    return get_object_or_404(
        guides.select_related("category", "reviewer", "live_revision").defer("search_text"),
        slug=slug,
    )


def elsewhere(article: Article, form: str, shelf: str, *more: object) -> HttpResponse | None:
    """Return a redirect where the guide was asked for on the other shelf, in the same form."""
    if article.shelf == shelf:
        return None
    return redirect(article.address_of(form, *more), permanent=True)


@require_safe
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a guide."""
    article = published_or_404(slug)
    if moved := elsewhere(article, "detail", Shelf.GUIDES):
        return moved
    return render(request, "articles/article_detail.html", guide_context(article))


@require_safe
def article_changes(request: HttpRequest, slug: str, shelf: str = Shelf.GUIDES) -> HttpResponse:
    """Show what changed in a guide and when: its public history."""
    article = published_or_404(slug)
    if moved := elsewhere(article, "changes", shelf):
        return moved
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
def article_revision(
    request: HttpRequest, slug: str, number: int, shelf: str = Shelf.GUIDES
) -> HttpResponse:
    """Show a guide as it was in an earlier revision that readers could see.

    The revision that they see now has no such page yet and leads to the guide.
    """
    article = published_or_404(slug)
    if moved := elsewhere(article, "revision", shelf, number):
        return moved
    if article.live_revision is not None and article.live_revision.number == number:
        return redirect(article)
    spans = spans_of(article, number)
    if not spans:
        raise Http404("Readers never saw a revision of this number.")
    revision = article.revisions.get(number=number)
    context = earlier_context(article, revision)
    return render(request, "articles/article_revision.html", {**context, "spans": spans})


@require_safe
def article_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the guide as Markdown, figures and sources included."""
    article = published_or_404(slug, Article.objects.published().with_byline())
    return elsewhere(article, "markdown", Shelf.GUIDES) or markdown_response(as_markdown(article))


@require_safe
def article_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the guide as JSON, claims and sources included."""
    article = published_or_404(slug, Article.objects.published().with_byline())
    return elsewhere(article, "json", Shelf.GUIDES) or json_response(as_json(article))


def markdown_response(text: str) -> HttpResponse:
    """Return the Markdown form of a page as an answer."""
    return HttpResponse(text, content_type="text/markdown; charset=utf-8")


def json_response(data: dict[str, Any]) -> JsonResponse:
    """Return the JSON form of a page as an answer; letters beyond ASCII stay letters."""
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
