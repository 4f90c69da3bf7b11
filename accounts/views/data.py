"""Your data: what we hold, an archive of it, and deleting the account."""

from typing import Any, cast
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import reauthentication
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.data import erasure, export
from accounts.data.data_forms import DeletionForm
from accounts.models import CommentsChoice, User
from core import moments

MOST_DOWNLOADS = 5
PER = 60 * 60


def own(view: Any) -> Any:
    """Only for somebody who is signed in, and never from a cache."""
    return never_cache(login_required(view))


@own
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Show what we hold of the person, in numbers, and what can be done with it."""
    return _page(request)


def _page(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    user = cast(User, request.user)
    context = {
        "sections": export.sections(user, for_page=True),
        "wish": erasure.pending(user),
        "most": MOST_DOWNLOADS,
        "is_proven": "proven" in request.GET,
        **more,
    }
    return render(request, "accounts/data.html", context, status=status)


@own
@require_http_methods(["GET", "HEAD", "POST"])
def download(request: HttpRequest) -> HttpResponseBase:
    """Answer with the archive; five times an hour at most, because it costs much to make.

    Whoever has to prove first who they are comes back to the button: a download in answer to the
    proof would leave its page standing as if nothing had happened.
    """
    if request.method != "POST":
        return redirect("accounts:data")
    if reauthentication.is_reauthentication_required(request, app=""):
        back = f"{reverse('accounts:data')}?proven=1"
        ways = get_adapter().get_reauthentication_methods(request.user)
        address = ways[0]["url"] if ways else reverse("account_login")
        return redirect(f"{address}?{urlencode({'next': back})}")
    user = cast(User, request.user)
    if _is_too_often(user):
        return _page(request, status=429, is_limited=True)
    now = timezone.now()
    response = StreamingHttpResponse(
        export.archive(export.sections(user), now), content_type="application/zip"
    )
    response["Content-Disposition"] = f'attachment; filename="{export.file_name(now)}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _is_too_often(user: User) -> bool:
    key = erasure.cache_keys(user.pk)[0]
    cache.add(key, 0, PER)
    try:
        return cache.incr(key) > MOST_DOWNLOADS
    except ValueError:  # it ran out between the two
        return False


@own
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Explain what deleting means; have the account deleted after the grace.

    allauth keeps what was posted while it asks for the proof, and comes back here with it.
    """
    if request.method != "POST":
        return _delete_page(request, DeletionForm())
    form = DeletionForm(request.POST)
    if not form.is_valid():
        return _delete_page(request, form)
    reauthentication.raise_if_reauthentication_required(request, app="")
    user = cast(User, request.user)
    try:
        wish = erasure.request(user, CommentsChoice(form.cleaned_data["comments"]), keep=request)
    except erasure.LastSuperuserError:
        return _delete_page(request, form, status=409)
    when = moments.in_words(wish.due_at, moments.LONG)
    messages.warning(request, f"Your account will be deleted after {when}.")
    return redirect("accounts:data")


def _delete_page(request: HttpRequest, form: DeletionForm, status: int = 200) -> HttpResponse:
    user = cast(User, request.user)
    context = {
        "form": form,
        "wish": erasure.pending(user),
        "is_last": erasure.is_last_superuser(user),
    }
    return render(request, "accounts/delete.html", context, status=status)


@own
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Take the wish back. Asks for no proof: staying harms nobody."""
    if erasure.cancel(cast(User, request.user)):
        messages.success(request, "You keep your account. Nothing was deleted.")
    else:
        messages.info(request, "There was nothing to take back: your account stays.")
    return redirect("accounts:data")
