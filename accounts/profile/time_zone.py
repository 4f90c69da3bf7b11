"""Middleware: times on a person's own pages and at the desk are shown in their time zone.

Public pages stay in UTC, so that they are the same bytes for everybody, and ask for no session.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.profile.zones import zone_of

OWN_PAGES = ("accounts:overview", "admin:index")


class OwnTimeZone:
    """Activates the time zone of who is signed in, for the account and the desk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request in the zone that is right for it."""
        prefixes = tuple(reverse(name) for name in OWN_PAGES)
        if not request.path.startswith(prefixes) or not isinstance(request.user, User):
            return self.get_response(request)
        with timezone.override(zone_of(request.user)):
            return self.get_response(request)
