"""What somebody began and did not finish yet ends when the account changes meanwhile.

A sign-in that waits for its second step, and an e-mailed code, wait in a session of nobody. A new
password, a change of rights and "sign out elsewhere" end the sessions of a person; here they end
what waits as well. So whoever got past the first step with what no longer holds begins anew.

Beside each of them the session notes the fingerprint of password and security stamp, as Django does
for whoever is signed in.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY as ADDRESS,
)
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.password_reset_by_code import (
    PASSWORD_RESET_VERIFICATION_SESSION_KEY as RESET,
)
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY as LOGIN
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.account.utils import url_str_to_user_pk
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from accounts.models import User

BELOW = "/account/"
NOTES = "half_way"
OVER = (
    "What you began here has ended, because something about the account has changed since: its "
    "password, its addresses, its rights or where it is signed in. Please begin again."
)
# Whoever has only typed an address learns nothing about the account that may be behind it.
ENDED = "What you began here has ended. Please begin again."
# Pages that go on with something, and where it begins anew.
STEPS = {
    "account_confirm_login_code": "account_request_login_code",
    "account_email_verification_sent": "account_login",
    "account_confirm_password_reset_code": "account_reset_password",
    "account_complete_password_reset": "account_reset_password",
    "mfa_authenticate": "account_login",
    "mfa_signup_webauthn": "account_login",
}


class HalfWayMiddleware:
    """Drops what is over before a page of the account goes on with it, and notes what has begun."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(BELOW) and response.status_code < 500:
            _note_new(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Return the way to begin anew where a page would go on with what is over."""
        if not request.path.startswith(BELOW):
            return None
        people = _people(request)
        found = User.objects.in_bulk(set(people.values())) if people else {}
        over = [key for key, pk in people.items() if _is_over(request, key, found.get(pk))]
        request.half_way = {key: people[key] for key in people if key not in over}  # type: ignore[attr-defined]
        if not over:
            return None
        said = OVER if _has_proven(request, over) else ENDED
        _drop(request, over)
        messages.warning(request, said)
        name = request.resolver_match.view_name if request.resolver_match else ""
        return redirect(STEPS[name]) if name in STEPS else None


def note_sign_in(request: HttpRequest, user: User) -> None:
    """Note with a sign-in that begins what held when its first step was checked.

    One that goes on keeps its note. `user` is the very copy that was checked, so that a change in
    the same moment counts as later.
    """
    if _known(request).get(LOGIN) != user.pk:
        _write(request, LOGIN, user)
        request.half_way = {**_known(request), LOGIN: user.pk}  # type: ignore[attr-defined]


def may_finish(request: HttpRequest, user: User) -> bool:
    """Return whether a sign-in may be completed; drops one that may not.

    Asked at the very end, with the copy of the person that the session will be bound to.
    """
    noted = request.session.get(NOTES, {}).get(LOGIN)
    if noted is None or constant_time_compare(noted, user.get_session_auth_hash()):
        return True
    clear_login(request)
    return False


def go_on(request: HttpRequest, user: User) -> None:
    """Have what this very session began outlive a change that is a part of it."""
    for key, pk in _known(request).items():
        if pk == user.pk and key in request.session:
            _write(request, key, user)


def _known(request: HttpRequest) -> dict[str, int]:
    """Return whom things were about that waited, and were not over, when the page was asked for."""
    return getattr(request, "half_way", {})


def _people(request: HttpRequest) -> dict[str, int]:
    """Return which things wait in a session, with the number of the person each is about.

    An address that somebody signed in adds is theirs, and ends with their session.
    """
    found: dict[str, int] = {}
    for key in (LOGIN, RESET, ADDRESS):
        state = request.session.get(key)
        if not isinstance(state, dict) or (key == ADDRESS and request.user.is_authenticated):
            continue
        if key == LOGIN and state.get("user_pk"):
            found[key] = url_str_to_user_pk(state["user_pk"])
        elif key != LOGIN and state.get("user_id"):
            found[key] = int(state["user_id"])
    return found


def _is_over(request: HttpRequest, key: str, user: User | None) -> bool:
    noted = request.session.get(NOTES, {}).get(key, "")
    if user is None or not constant_time_compare(noted, user.get_session_auth_hash()):
        return True
    return not _has_address(user, _address(request.session[key], key))


def _address(state: dict[str, Any], key: str) -> str:
    """Return the address that a code was sent to, where having it is what counts."""
    if key == LOGIN:
        stages = state.get("state", {}).get("stages", {})
        state = stages.get("login_by_code", {}).get("data", {})
    return "" if key == ADDRESS else str(state.get("email") or "")


def _has_address(user: User, email: str) -> bool:
    """Return whether an address still is the person's: a code to one that went must not work."""
    if not email or user.email.lower() == email.lower():
        return True
    return EmailAddress.objects.filter(Q(email__iexact=email), user=user).exists()


def _has_proven(request: HttpRequest, over: list[str]) -> bool:
    """Return whether the first step was done: a password or a passkey, or the code of a letter."""
    if LOGIN in over and request.session.get(AUTHENTICATION_METHODS_SESSION_KEY):
        return True
    return RESET in over and bool(request.session[RESET].get("code_confirmed"))


def _drop(request: HttpRequest, over: list[str]) -> None:
    for key in over:
        request.session.pop(key, None)
    if LOGIN in over and not request.user.is_authenticated:
        clear_login(request)
        request.session.pop(ADDRESS, None)
    _forget(request)


def _note_new(request: HttpRequest) -> None:
    """Note what began on this page, and forget the notes of what was finished."""
    if not (request.session.accessed and (request.session.modified or NOTES in request.session)):
        return
    known, notes = _known(request), request.session.get(NOTES, {})
    for key, pk in _people(request).items():
        is_noted = key in notes and known.get(key) == pk
        if not is_noted and (user := User.objects.filter(pk=pk).first()):
            _write(request, key, user)
    _forget(request)


def _write(request: HttpRequest, key: str, user: User) -> None:
    notes = request.session.get(NOTES, {})
    request.session[NOTES] = {**notes, key: user.get_session_auth_hash()}


def _forget(request: HttpRequest) -> None:
    """Forget notes of what no longer waits."""
    notes = request.session.get(NOTES, {})
    kept = {key: note for key, note in notes.items() if key in request.session}
    if kept != notes:
        request.session[NOTES] = kept
    if not kept:
        request.session.pop(NOTES, None)
