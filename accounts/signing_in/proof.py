"""When somebody proved last who they are, and what follows before a sensitive step."""

import time

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.http import HttpRequest

from accounts.models import User


def is_fresh(request: HttpRequest) -> bool:
    """Return whether the person of a request signed in, or proved it again, minutes ago."""
    records = get_authentication_records(request, request.user)
    latest = max((record.get("at", 0) for record in records), default=0)
    return bool(time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT)


def must_sign_in_again(request: HttpRequest) -> bool:
    """Return whether a person could only prove by a new e-mailed code who they are.

    Without password and second factor allauth asks for nothing at all, and a session that somebody
    else got hold of would be enough to take the account over, or to take all that it holds.
    """
    if not isinstance(request.user, User) or get_reauthentication_flows(request.user):
        return False
    return not is_fresh(request)
