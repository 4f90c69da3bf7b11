"""When a device was last seen, at most once an hour, so that pages gain no query."""

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse

KEY = "seen_at"
EVERY = 60 * 60


def note(request: HttpRequest) -> None:
    """Remember that the session of a request was seen now."""
    request.session[KEY] = int(time.time())


class LastSeenMiddleware:
    """Notes the device behind a page that looked at who is signed in; no other page is touched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 500 and _is_due(request):  # a fault leaves the session alone
            note(request)
            UserSession.objects.create_from_request(request)
        return response


def _is_due(request: HttpRequest) -> bool:
    """Return whether the page looked at the session, somebody is in it, and an hour has gone."""
    if not request.session.accessed or not hasattr(request, "_cached_user"):
        return False  # a page that is the same for everybody; asking would make it differ
    if not request.user.is_authenticated or not request.session.session_key:
        return False
    return time.time() - request.session.get(KEY, 0) >= EVERY
