"""The door of the desk: whoever is turned away keeps the words that they had typed."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.views.decorators.csrf import csrf_exempt

from comments.views.kept import Problem, RefusedError, has_words, keeps_words
from core.csrf import csrf_problem

NOTHING_LOST = "Nothing was stored, and nothing is lost"
SIGNED_OUT = Problem(
    HTTPStatus.FORBIDDEN,
    NOTHING_LOST,
    "You are signed out, so nothing was decided. Sign in again in another tab, then send this form "
    "again; the desk may ask you to look at it once more.",
    asks_to_sign_in=True,
)
NOT_ALLOWED = Problem(
    HTTPStatus.FORBIDDEN, NOTHING_LOST, "You may not decide this, so nothing was decided."
)
OLD_FORM = (
    "The page had been open for long, or you signed in again in another window, so nothing was "
    "decided. Everything you typed is here: press the button once more."
)
TOO_OLD = Problem(HTTPStatus.FORBIDDEN, NOTHING_LOST, OLD_FORM)


def behind_the_door(site: AdminSite, view: Callable[..., HttpResponse]) -> Callable[..., Any]:
    """Return a view of the desk for its people alone, which checks the form's token itself.

    A POST that is turned away is answered with what was typed in it.
    """
    return _giving_back(site, site.admin_view(csrf_exempt(view)), has_words)


class KeepsTyped(admin.ModelAdmin):
    """A form of Django's at the desk that comes back as it was sent, whatever refuses it."""

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses, those of the form behind the door."""
        urls = super().get_urls()
        of_model = f"{self.opts.app_label}_{self.opts.model_name}"
        for url in urls:
            if url.name in {f"{of_model}_add", f"{of_model}_change"}:
                url.callback = _checked(self.admin_site, url.callback)
        return urls


def _checked(site: AdminSite, inside: Callable[..., HttpResponse]) -> Callable[..., Any]:
    """Return a form of Django's that is sent back where its token is not believed."""

    def check(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and csrf_problem(request):
            raise RefusedError(TOO_OLD)
        return inside(request, *args, **kwargs)

    return _giving_back(site, check, lambda request: request.method == "POST")


def _giving_back(
    site: AdminSite, inside: Callable[..., Any], is_kept: Callable[[HttpRequest], bool]
) -> Callable[..., Any]:
    @keeps_words
    def at_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_kept(request) and not site.has_permission(request):
            raise RefusedError(SIGNED_OUT)
        try:
            response: HttpResponse = inside(request, *args, **kwargs)
        except PermissionDenied as error:
            if not is_kept(request):
                raise
            raise RefusedError(NOT_ALLOWED) from error
        return response

    return at_the_door
