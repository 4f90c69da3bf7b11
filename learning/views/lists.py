"""The lists of a person: guides saved, guides read and how far that is."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import pluralize
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.pagination import paginate
from learning import marks
from learning.changes import lines
from learning.models import KeptQuerySet, ReadGuide, SavedGuide
from learning.shelves import shelves

PER_PAGE = 50
TAKEN_OFF_SHOWN = 10


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def saved(request: HttpRequest) -> HttpResponse:
    """List the guides that a person saved: those that changed since first, then the newest."""
    assert isinstance(request.user, User)
    rows = SavedGuide.objects.filter(user=request.user)
    if request.method == "POST":
        return _put_back(request, rows, "learning:saved")
    context = _list(request, request.user, rows, "saved_at")
    return render(request, "learning/saved.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """Show how far a person has come in each category, and which guides they read."""
    assert isinstance(request.user, User)
    rows = ReadGuide.objects.filter(user=request.user)
    if request.method == "POST":
        return _put_back(request, rows, "learning:progress")
    found = shelves(request.user)
    context = _list(request, request.user, rows, "read_at") | {
        "shelves": found,
        "total": sum(shelf.total for shelf in found),
        "count": sum(shelf.count for shelf in found),
    }
    return render(request, "learning/progress.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest) -> HttpResponse:
    """Ask whether to forget the whole progress, and do it. A day long it can be put back."""
    assert isinstance(request.user, User)
    rows = ReadGuide.objects.of(request.user)
    if request.method == "POST":
        count = marks.take_off(rows)
        messages.success(
            request,
            f"Forgotten: {count} mark{pluralize(count)}. You can put them back for a day, below.",
        )
        return redirect("learning:progress")
    return render(request, "learning/forget.html", {"count": rows.count()})


def _list(request: HttpRequest, user: User, rows: KeptQuerySet, at: str) -> dict[str, Any]:
    """Return one page of a list, in four queries, and what was taken off it lately."""
    ordered = rows.of(user).with_guide().with_changes().order_by("-has_changed", f"-{at}", "-pk")
    page = paginate(ordered, request.GET.get("page"), PER_PAGE)
    taken_off = list(rows.taken_off(user).select_related("article")[: TAKEN_OFF_SHOWN + 1])
    return {
        "page_obj": page,
        "lines": lines(list(page.object_list)),
        "taken_off": taken_off[:TAKEN_OFF_SHOWN],
        "more_taken_off": len(taken_off) > TAKEN_OFF_SHOWN,
    }


def _put_back(request: HttpRequest, rows: KeptQuerySet, back: str) -> HttpResponse:
    """Put one guide, or all that was taken off in the last day, back on a list."""
    assert isinstance(request.user, User)
    wanted = request.POST.get("put_back", "")
    taken_off = rows.taken_off(request.user).order_by()
    if wanted.isascii() and wanted.isdecimal() and len(wanted) < 19:
        taken_off = taken_off.filter(article=wanted)
    elif wanted != "all":
        return HttpResponse("This form was not ours.", status=HTTPStatus.BAD_REQUEST)
    count = marks.put_back(taken_off)
    messages.success(request, f"Put back: {count} guide{pluralize(count)}.")
    return redirect(back)
