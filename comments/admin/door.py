"""The door of the desk: whoever is turned away keeps the words that they had typed."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

from comments.admin.typed import Typed
from comments.views.kept import MOST_BYTES

SIGNED_OUT = "You are signed out, so nothing was decided."
NOT_ALLOWED = "You may not decide this, so nothing was decided."
OLD_FORM = (
    "The page had been open for long, or you signed in again in another window, so nothing was "
    "decided. Everything you typed is here: press the button once more."
)


def behind_the_door(site: AdminSite, view: Callable[..., HttpResponse]) -> Callable[..., Any]:
    """Return a view of the desk for its people alone, which checks the form's token itself.

    A POST that is turned away is answered with what was typed in it.
    """
    inside = site.admin_view(csrf_exempt(view))

    @csrf_exempt
    def at_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        words = Typed.of(request.POST).words if request.method == "POST" else []
        if words and not site.has_permission(request):
            return _give_back(request, words, SIGNED_OUT)
        try:
            return inside(request, *args, **kwargs)
        except PermissionDenied:
            if not words:
                raise
            return _give_back(request, words, NOT_ALLOWED)

    return at_the_door


def _give_back(request: HttpRequest, words: list[tuple[str, str]], what: str) -> HttpResponse:
    # Whoever may not decide types no megabytes; giving them back would cost us several times more.
    words = [(name, value[:MOST_BYTES]) for name, value in words]
    context = {"words": words, "what": what, "is_signed_out": what == SIGNED_OUT}
    response = render(request, "admin/comments/words.html", context, status=403)
    add_never_cache_headers(response)
    return response
