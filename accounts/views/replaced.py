"""Addresses of allauth where we do something else, or ask for more first."""

from allauth.account.decorators import reauthentication_required
from allauth.account.views import password_set
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts.signing_in.together import together


@login_required
@require_safe
def to_security(request: HttpRequest) -> HttpResponse:
    """Lead to the page on security, which lists every second factor."""
    return redirect("accounts:security")


# A session that somebody left open must not be enough to set a password on an account without one.
set_password = together(reauthentication_required(password_set, app="allauth.account"))
