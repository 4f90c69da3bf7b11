"""How often a form of the account may be sent, and the page for who sends it too often.

allauth counts what can be guessed (ACCOUNT_RATE_LIMITS in the settings). Here every form below
/account/ has a limit, whoever wrote it: those that send mail, take a secret or cost us much have a
row in the table, all others share a generous one. A client is what `AccountAdapter.get_client_ip`
says; an IPv6 household is one client.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

View = Callable[..., HttpResponse]

CODE = "20/m/ip,60/h/ip"  # the code of a letter ends after three wrong tries besides
PROOF = "20/m/ip,60/h/ip"
NOTICE = "10/m/ip,30/h/ip"  # each of them sends a letter to its owner
COSTLY = "5/m/ip,20/h/ip"
LIMITS = {
    "account_confirm_login_code": CODE,
    "account_email_verification_sent": CODE,
    "account_confirm_password_reset_code": CODE,
    "account_signup_by_passkey": "10/m/ip,40/h/ip",
    "account_set_password": NOTICE,
    "accounts:set-password": NOTICE,
    "mfa_authenticate": PROOF,
    "mfa_reauthenticate": PROOF,
    "mfa_reauthenticate_webauthn": PROOF,
    "mfa_login_webauthn": PROOF,
    "mfa_signup_webauthn": NOTICE,
    "mfa_activate_totp": NOTICE,
    "mfa_deactivate_totp": NOTICE,
    "mfa_generate_recovery_codes": NOTICE,
    "mfa_add_webauthn": NOTICE,
    "mfa_remove_webauthn": NOTICE,
    "socialaccount_signup": "10/m/ip,40/h/ip",
    "socialaccount_connections": NOTICE,
    "accounts:another-look": NOTICE,
    "accounts:download": COSTLY,
    "accounts:delete": COSTLY,
}
OTHERWISE = "60/m/ip"
BELOW = "/account/"
RETRY_AFTER = 60  # seconds; the shortest limits end then, the longest after an hour


@dataclass(frozen=True)
class Field:
    """How a field of a refused form is asked for again."""

    label: str
    type: str
    autocomplete: str


EMAIL = Field("E-mail address", "email", "username")
SECRETS = {
    "password": Field("Password", "password", "current-password"),
    "oldpassword": Field("Current password", "password", "current-password"),
    "old_password": Field("Current password", "password", "current-password"),
    "password1": Field("Password", "password", "new-password"),
    "password2": Field("Password, again", "password", "new-password"),
    "new_password1": Field("New password", "password", "new-password"),
    "new_password2": Field("New password, again", "password", "new-password"),
    "code": Field("Code", "text", "one-time-code"),
}
KNOWN = {"login": EMAIL, "email": EMAIL}
# Answers of a passkey are good for one try and are made by the browser, so they are not kept.
SHORT = 80  # characters; what is longer is shown, so that it can be copied
DROPPED = {"csrfmiddlewaretoken", "credential"}


class LimitsMiddleware:
    """Counts forms by client and page. Stands behind the check of tokens and the sign-in."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answer with 429 instead of the page where a client has sent its form too often."""
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name not in LIMITS and not request.path.startswith(BELOW):
            return None
        limits = {name: LIMITS.get(name, OTHERWISE)}
        if ratelimit.consume(request, app="accounts", action=name, config=limits):
            return None
        return too_many_requests(request)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page that asks for patience, with the form to send again.

    What was written stands in it; passwords and codes do not, they are asked for again.
    """
    asked: list[tuple[str, Field, str]] = []
    kept: list[tuple[str, str]] = []
    words: list[tuple[str, str]] = []
    for name, values in request.POST.lists():
        if name in SECRETS:
            asked.append((name, SECRETS[name], ""))
        elif name in KNOWN:
            asked.append((name, KNOWN[name], str(values[-1])))
        elif name not in DROPPED:
            for value in map(str, values):
                (words if len(value) > SHORT or "\n" in value else kept).append((name, value))
    context = {
        "asked": asked,
        "kept": kept,
        "words": words,
        "to": request.get_full_path(),
        "can_be_sent_again": bool(asked or kept or words) and "credential" not in request.POST,
    }
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(RETRY_AFTER)
    add_never_cache_headers(response)
    return response
