"""The desk opens only to staff who have proven a second factor in this session.

A session counts as proven once a passkey, a code of an app or a recovery code was given in it, and
as long as the account still has what was given. A password alone never counts, and neither does a
session from before the factor was added: adding the first one ends all other sessions.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import (
    suspend_request,
)
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User

METHOD = "mfa"
WAY_BACK = "second_factor_way_back"
DESK = "admin"
# Whoever may not go in can still leave.
OPEN = frozenset({"login", "logout"})
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_factor(user: User) -> bool:
    """Return whether a person has a passkey or an authenticator app."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def lacks_codes(user: User) -> bool:
    """Return whether a person has a second factor, and no recovery codes for when it is lost."""
    types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return bool(types) and Authenticator.Type.RECOVERY_CODES.value not in types


def is_proven(request: HttpRequest) -> bool:
    """Return whether a second factor that the account still has was given in this session."""
    if not isinstance(request.user, User):
        return False
    records = get_authentication_records(request, request.user)
    given = {record.get("id") for record in records if record.get("method") == METHOD}
    return bool(given) and Authenticator.objects.filter(user=request.user, pk__in=given).exists()


def count_as_proven(request: HttpRequest, factor: Authenticator) -> None:
    """Take the adding of a first factor as its proof: it was just used, after the password."""
    record_authentication(request, factor.user, METHOD, id=factor.pk, type=factor.type)


def must_prove(request: HttpRequest) -> bool:
    """Return whether the person of a request is staff who has to give a second factor first."""
    is_staff = isinstance(request.user, User) and request.user.is_staff
    return settings.STAFF_SECOND_FACTOR and is_staff and not is_proven(request)


def keep_way_back(request: HttpRequest, target: str) -> None:
    """Remember where somebody wanted to go, while they set up what they need for it."""
    request.session[WAY_BACK] = target


def forget_way_back(request: HttpRequest) -> None:
    """Forget it: they are on their way."""
    request.session.pop(WAY_BACK, None)


def way_back(request: HttpRequest) -> str:
    """Return the address that leads on to where somebody wanted to go; "" where that is nowhere."""
    target = request.session.get(WAY_BACK, "")
    if not target or not is_proven(request):
        return ""
    return f"{reverse('accounts:second-factor')}?{urlencode({'next': target})}"


def may_open_desk(request: HttpRequest) -> bool:
    """Return whether a page of the desk opens for a request; asked by each page itself.

    The middleware alone is not enough: allauth sends a form that was kept straight to its page,
    past all middleware, and does so after a password too.
    """
    user = request.user
    if not (isinstance(user, User) and user.is_active and user.is_staff):
        return False
    return request.path == reverse("admin:logout") or not must_prove(request)


def desk_login(request: HttpRequest, extra_context: Any = None) -> HttpResponseBase:
    """Lead staff on from the desk's address for signing in. Stands for a form of Django's.

    That one takes the password of anybody on the staff, as often as one likes, and asks for no
    second factor.
    """
    target = request.GET.get("next", "")
    return redirect(f"{reverse('accounts:second-factor')}?{urlencode({'next': target})}")


class SecondFactorMiddleware:
    """Leads staff who have to prove a second factor away from the desk, and back afterwards.

    Stands behind the CSRF middleware: what was sent is kept for afterwards, and only what has
    passed that check may be.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Return where to go first, or None where the way is free."""
        if not _is_desk(request) or not must_prove(request):
            return None
        away = suspend_request(request, reverse("accounts:second-factor"))
        if request.method != "POST":
            return away
        # allauth finds a form that it kept by its path alone, and loses it where a query follows.
        query = urlencode({"next": request.path})
        return redirect(f"{reverse('accounts:second-factor')}?{query}")


def _is_desk(request: HttpRequest) -> bool:
    match = request.resolver_match
    assert match is not None
    if not request.path.startswith(reverse("admin:index")):
        return False
    return not (match.namespaces == [DESK] and match.url_name in OPEN)
