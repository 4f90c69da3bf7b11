"""Checking the token of a form where the view wants to answer for itself.

Django's own check replaces the page, and with it what the person wrote. A view that is exempt from
it and asks here can give the same form back, filled in.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware


class _Check(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def _no_response(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def csrf_problem(request: HttpRequest) -> str:
    """Return why the form's token is not believed; empty where it is.

    Only for views under `csrf_exempt`; each of their POSTs that changes something must ask.
    """
    check = _Check(_no_response)
    # A form that was kept while its sender gave a second factor comes back on another request,
    # which has passed its own check; that says nothing about the form.
    request.csrf_processing_done = False  # type: ignore[attr-defined]
    check.process_request(request)
    # The exemption is on the outer view; this one asks to be checked.
    reason = check.process_view(request, _no_response, (), {})
    return str(reason or "")
