"""Guests take back everything they wrote, in the browser in which they confirmed their address."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.registries.holdings import CommentsChoice
from comments.identity import remember, visitor_of
from comments.personal.guest import guests_of, leave_as_guest, written_by
from comments.views import apart

CHOICES = (
    (CommentsChoice.ANONYMISE, "Keep the words, under the name “Somebody who left”"),
    (CommentsChoice.REMOVE, "Remove the words too; answers of others keep their place"),
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Ask a guest what becomes of the comments, and do it. Accounts have a page of their own."""
    visitor = visitor_of(request)
    if visitor.user is not None:
        return redirect("accounts:data")
    guests = guests_of(visitor)
    chosen = request.POST.get("comments", "")
    if request.method == "POST" and guests and chosen in CommentsChoice.values:
        leave_as_guest(guests, CommentsChoice(chosen))
        visitor.confirmed = []
        response = apart.see_other(f"{reverse('comments:leave')}?done=1")
        remember(response, visitor)
        return response
    is_missing = request.method == "POST" and bool(guests)
    context = {
        "guests": guests,
        "count": written_by(guests),
        "choices": CHOICES,
        "is_missing": is_missing,
        "is_done": "done" in request.GET and not guests,
    }
    status = HTTPStatus.BAD_REQUEST if is_missing else HTTPStatus.OK
    return apart.page(request, "comments/leave.html", context, status=status)
