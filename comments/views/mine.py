"""One's own comments: the page with all of them, and pieces for the script in a thread."""

from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.registries import notices
from comments.identity import visitor_of
from comments.models import Comment, Policy
from comments.my_comments import PER_PAGE, details, own_comments, people_of, standings
from comments.notifications import stop_replies
from comments.outlook import TITLES
from comments.states import State
from comments.views import apart
from comments.wanted import REPLIES
from core.pagination import paginate


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Show a person what they wrote and what became of it, and where they stand.

    The address below the account asks to sign in; the other knows guests by their cookie.
    """
    is_account = request.resolver_match is not None and request.resolver_match.url_name == "account"
    if is_account and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    visitor = visitor_of(request)
    people = people_of(visitor)
    own = own_comments(visitor, people)
    if request.method == "POST":
        return _set_letters(request, own)
    policy = Policy.current()
    is_off = visitor.user is not None and not notices.wants(visitor.user, REPLIES)
    # All keys at once: nobody has written so much that counting and cutting would cost less.
    wanted = dict(own.values_list("pk", "wants_replies"))
    page = paginate(list(wanted), request.GET.get("page"), PER_PAGE)
    context = {
        "page_obj": page,
        "mine": details(list(page.object_list), visitor),
        "people": standings(people, policy),
        "wants_letters": not is_off and any(wanted.values()),
        "letters_are_off": is_off,
        "is_guest": visitor.user is None,
        "is_stranger": visitor.user is None and not visitor.browser,
        "reports_to_hide": policy.reports_to_hide,
    }
    return apart.page(request, "comments/mine.html", context)


def _set_letters(request: HttpRequest, own: QuerySet[Comment]) -> HttpResponse:
    """Switch letters about replies on or off, for one comment or off for all."""
    wanted = request.POST.get("letters")
    key = request.POST.get("comment", "")
    back = request.get_full_path()
    if wanted == "none":
        stop_replies(own)
    elif wanted in {"on", "off"} and key.isascii() and key.isdecimal() and len(key) < 19:
        chosen = own.filter(pk=key).exclude(state__in=(State.REJECTED, State.DELETED))
        if wanted == "on":
            chosen.update(wants_replies=True)
        else:
            stop_replies(chosen)
        back += f"#mine-{key}"
    else:
        return HttpResponse("This form was not ours.", status=HTTPStatus.BAD_REQUEST)
    return apart.see_other(back)


# For the script in a thread


@never_cache
@require_safe
def mine_in_thread(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the visitor's own comments on a guide that are not public, as a piece of a page.

    204 without a body where there are none.
    """
    comments = (
        Comment.objects.filter(visitor_of(request).own_comments(), thread__article__slug=slug)
        .filter(state__in=[State.UNCONFIRMED, State.PENDING, State.HIDDEN, State.REJECTED])
        .in_reading_order()
    )
    context = {"own": [(comment, TITLES[State(comment.state)]) for comment in comments]}
    if not context["own"]:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "comments/_mine_in_thread.html", context)


@never_cache
@require_safe
def who_am_i(request: HttpRequest) -> HttpResponse:
    """Say whether somebody is signed in, and under which name they write."""
    user = request.user if request.user.is_authenticated else None
    return JsonResponse(
        {"is_signed_in": user is not None, "name": user.display_name if user else ""}
    )
