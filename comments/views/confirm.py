"""The owner of an address says whether a comment is theirs. Only a button decides it.

Programs that look through mail for dangerous links open every one of them, so opening the page
changes nothing.
"""

import hashlib
import math
from datetime import timedelta
from http import HTTPStatus

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from comments import notifications, outlook, posting, tokens
from comments.admission import Refused, in_words
from comments.identity import Visitor, remember, visitor_of
from comments.models import Comment
from comments.moderation import locked
from comments.states import Reason, State
from comments.views import apart, refusals
from comments.views.kept import keeps_words
from comments.views.refusals import Told
from core.csrf import csrf_problem

TAKES_OVER = timedelta(days=1)
OLD_PAGE = Told(
    "csrf",
    HTTPStatus.FORBIDDEN,
    "The page was too old for its button to work",
    "It had been open for long, or you signed in or out in another tab. Nothing was changed; "
    "press the button once more.",
)
ALREADY_YOURS = Told(
    "confirmed",
    HTTPStatus.CONFLICT,
    "It was confirmed before",
    "Somebody who opened this link said yes, so it was not deleted now. If that was not you, "
    "report the comment on its page, and a moderator looks at it.",
)
CHANGED = Told(
    "changed",
    HTTPStatus.CONFLICT,
    "The words were changed since you opened this page",
    "Whoever wrote the comment has edited it in the meantime. Nothing was confirmed; read it as "
    "it is now, and press the button once more if it is yours.",
)


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the comment to the owner of the address, and take their yes or no."""
    pk = tokens.read(tokens.CONFIRM, token)
    comment = None if pk is None else _find(pk)
    if comment is None:
        status = HTTPStatus.NOT_FOUND
        return apart.page(request, "comments/confirm_unknown.html", {}, status=status)
    if request.method != "POST":
        return _page(request, comment)
    if csrf_problem(request):
        return _page(request, comment, OLD_PAGE)
    answer = request.POST.get("answer")
    if answer == "no":
        return _disown(request, comment)
    return _confirm(request, comment) if answer == "yes" else _page(request, comment)


def _find(pk: int) -> Comment | None:
    return (
        Comment.objects.select_related("author__user", "thread__article", "parent")
        .filter(pk=pk)
        .first()
    )


def _page(request: HttpRequest, comment: Comment, told: Told | None = None) -> HttpResponse:
    """Show the question, or what became of the comment where it was answered before."""
    context = {
        "comment": comment,
        "article": comment.thread.article,
        "outlook": outlook.of_comment(comment),
        "is_waiting": comment.state == State.UNCONFIRMED,
        "seen": _fingerprint(comment),
        "is_gone": comment.state == State.DELETED,
        "was_disowned": comment.acts.filter(reason=Reason.NOT_THE_WRITER).exists(),
        "is_owner": visitor_of(request).owns(comment),
        "may_take": _may_take(comment),
    }
    return apart.page(request, "comments/confirm.html", context, told=told)


def _confirm(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Send the comment on its way, and let this browser write without another letter."""
    try:
        with transaction.atomic():
            stored = locked(comment)
            seen = request.POST.get("seen")
            if stored.state == State.UNCONFIRMED and seen not in {None, _fingerprint(stored)}:
                return _page(request, stored, CHANGED)
            stored = posting.confirm(stored)
    except Refused as refusal:
        context = {"comment": comment, "article": comment.thread.article}
        told = refusals.told(refusal)
        return apart.page(request, "comments/confirm_refused.html", context, told=told)
    if stored.state == State.DELETED:
        return apart.see_other(request.path)
    if not _may_take(stored):
        return apart.see_other(request.path)
    visitor = visitor_of(request)
    posting.confirm_rest(stored, visitor.browser)
    since = Visitor(visitor.user, visitor.browser, [*visitor.confirmed, stored.author_id])
    is_open = since.owns(stored)
    response = apart.see_other(
        reverse("comments:own", args=[stored.pk]) if is_open else request.path
    )
    remember(response, visitor, confirmed=[stored.author])
    return response


def _may_take(comment: Comment) -> bool:
    """Return whether the link still makes a browser the writer's: for a day from the first yes.

    An old letter may have gone through other hands; and whoever has an account signs in.
    """
    confirmed = comment.confirmed_at
    is_fresh = confirmed is not None and confirmed > timezone.now() - TAKES_OVER
    return comment.author.user_id is None and is_fresh


def _fingerprint(comment: Comment) -> str:
    """Return what stands for the words on the page, so that yes is said to them and no others."""
    return hashlib.sha256(comment.text.encode()).hexdigest()


def _disown(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Delete what somebody else wrote under this address; never what was confirmed before."""
    with transaction.atomic():
        stored = locked(comment)
        if stored.state == State.UNCONFIRMED:
            posting.disown(stored)
        elif stored.state != State.DELETED:
            return _page(request, stored, ALREADY_YOURS)
    return apart.see_other(request.path)


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of the letter that asks, and send another to the same address."""
    comment = _find(pk)
    if comment is None or not visitor_of(request).owns(comment):
        raise Http404("There is no such comment of yours.")
    if comment.state != State.UNCONFIRMED:
        return apart.see_other(reverse("comments:own", args=[pk]))
    told = None
    if request.method == "POST":
        told = OLD_PAGE if csrf_problem(request) else _send_again(comment)
        if told is None:
            return apart.see_other(request.path)
    context = {
        "comment": comment,
        "article": comment.thread.article,
        "fate": notifications.confirm_letter_fate(comment),
    }
    return apart.page(request, "comments/confirm_again.html", context, told=told)


def _send_again(comment: Comment) -> Told | None:
    """Queue another letter; return why not, where too many went there."""
    wait = notifications.confirm_address(comment)
    if wait is None:
        return None
    return Told(
        "limit",
        HTTPStatus.TOO_MANY_REQUESTS,
        "Enough letters went to this address for now",
        f"Another can be sent in {in_words(wait)}. The comment waits for 30 days, "
        "and each letter that has arrived is still good.",
        retry_after=math.ceil(wait.total_seconds()),
    )
