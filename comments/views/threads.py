"""What readers see of comments: the pages of a thread, the way to one comment, the feeds."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.page import trail_of
from comments import feeds
from comments.identity import visitor_of
from comments.models import Comment
from comments.structured_data import thread_json_ld
from comments.thread_page import NoSuchPageError, load_page, page_of, page_url
from core.pagination import PAGE_NUMBER


def _public_guide(slug: str) -> Article:
    guides = (
        Article.objects.published()
        .select_related("category", "live_revision")
        .defer("live_revision__content", "body_html", "takeaways_html", "faq_html", "search_text")
    )
    return get_object_or_404(guides, slug=slug)


@require_safe
def thread(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page of the comments on a guide; the guide itself shows the first one."""
    article = _public_guide(slug)
    wanted = request.GET.get("page", "1")
    if not PAGE_NUMBER.fullmatch(wanted):
        raise Http404("That page number is not valid.")
    try:
        page = load_page(article, int(wanted))
    except NoSuchPageError as error:
        raise Http404("That page does not exist.") from error
    context = {
        "page": page,
        "article": article,
        "trail": trail_of(article),
        "is_in_guide": False,
        "guide_path": article.get_absolute_url(),
        "comments_json_ld": thread_json_ld(page),
    }
    return render(request, "comments/thread.html", context)


@require_safe
def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to a comment wherever it stands now; to its own page where only its writer may see it.

    Not found for everybody else, as if it had never been.
    """
    comment = get_object_or_404(
        Comment.objects.select_related("thread__article", "author").only(
            *("path", "state", "browser", "author__user", "thread"),
            *("thread__article__slug", "thread__article__shelf"),
        ),
        pk=pk,
    )
    article = comment.thread.article
    if Article.objects.published().filter(pk=article.pk).exists():
        number = page_of(comment)
        if number is not None:
            page = page_url(article, number).partition("#")[0]
            return redirect(f"{page}#{comment.anchor}")
    if not visitor_of(request).owns(comment):
        raise Http404("There is no such comment.")
    response = redirect("comments:own", comment.pk)
    add_never_cache_headers(response)
    return response


def _atom(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@require_safe
def thread_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the latest comments on a guide as an Atom feed."""
    return _atom(feeds.guide_feed(_public_guide(slug)))


@require_safe
def site_feed(request: HttpRequest) -> HttpResponse:
    """Answer with the latest comments of the site as an Atom feed."""
    return _atom(feeds.site_feed())
