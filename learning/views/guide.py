"""The page of one guide in the account: save it, mark it as read, or take that back.

The guide itself is the same bytes for every reader, so its buttons stand here. The link that leads
here names the revision on the page, so that what is marked as read is what was read.
"""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from articles.models import Article, Revision
from learning import marks
from learning.changes import lines
from learning.models import ReadGuide, SavedGuide

GONE = "This account has been deleted meanwhile, so nothing is kept in it any more."
BACK = {"saved": "learning:saved", "progress": "learning:progress"}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a person keeps of a guide, and change it.

    A guide that is not public is there for whoever keeps something of it, and 404 for others.
    """
    assert isinstance(request.user, User)
    user = request.user
    article = _article(user, slug)
    is_public = article.state == Article.State.LIVE
    if request.method == "POST":
        try:
            return _act(request, user, article, is_public=is_public)
        except marks.AccountGoneError:
            messages.warning(request, GONE)
            return redirect("account_login")
    saved = SavedGuide.objects.of(user).filter(article=article).first()
    read = lines(ReadGuide.objects.of(user).filter(article=article).with_guide().with_changes())
    came_from = marks.revision_shown(article, request.GET.get("revision", ""))
    context = {
        "article": article,
        "is_public": is_public,
        "saved": saved,
        "read": read[0] if read else None,
        "offered": _offered(article, read[0].row.revision_id if read else None, came_from)
        if is_public
        else None,
    }
    return render(request, "learning/guide.html", context)


def _article(user: User, slug: str) -> Article:
    """Return a guide that is public, or of which this person keeps something."""
    texts = ("body_html", "outline", "takeaways_html", "faq_html", "search_text")
    found = (
        Article.objects.filter(slug=slug)
        .select_related("category", "live_revision")
        .defer(*texts, "live_revision__content")
        .first()
    )
    if found is None:
        raise Http404("There is no such guide.")
    if found.state != Article.State.LIVE and not _keeps(user, found):
        raise Http404("This guide is not public.")
    return found


def _keeps(user: User, article: Article) -> bool:
    return any(
        model.objects.of(user).filter(article=article).exists() for model in (SavedGuide, ReadGuide)
    )


def _offered(article: Article, read: int | None, came_from: Revision | None) -> Revision | None:
    """Return the revision to mark as read: the one on the page that led here, or today's.

    None where the person has marked it already.
    """
    live = article.live_revision
    offered = live if came_from is None or came_from.pk == read else came_from
    return None if offered is None or offered.pk == read else offered


def _act(request: HttpRequest, user: User, article: Article, *, is_public: bool) -> HttpResponse:
    """Do what a button says; only a public guide can be saved or read."""
    act = request.POST.get("act", "")
    if act in {"save", "read"} and not is_public:
        raise Http404("This guide is not public.")
    match act:
        case "save":
            marks.save(user, article)
            said = "Saved. It stands in your list, which tells you when the guide changes."
        case "read":
            revision = marks.revision_shown(article, request.POST.get("revision", ""))
            if revision is None:
                return _refused()
            marks.mark_read(user, article, revision)
            said = f"Marked as read: revision {revision.number}."
        case "remove":
            marks.take_off(SavedGuide.objects.of(user).filter(article=article))
            said = "Taken off your list. You can put it back for a day, below your saved guides."
        case "unread":
            marks.take_off(ReadGuide.objects.of(user).filter(article=article))
            said = "No longer marked as read. You can put the mark back for a day, on Progress."
        case _:
            return _refused()
    back = BACK.get(request.POST.get("back", ""))
    messages.success(request, f"“{article.title}”: {said[0].lower()}{said[1:]}" if back else said)
    return redirect(back) if back else redirect("learning:guide", slug=article.slug)


def _refused() -> HttpResponse:
    return HttpResponse("This form was not ours.", status=HTTPStatus.BAD_REQUEST)
