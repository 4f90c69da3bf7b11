"""The way to the desk for staff who have to give a second factor first."""

from allauth.account.internal.flows.reauthentication import resume_request
from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.security import second_factor
from accounts.signing_in import proof


@never_cache
@login_required
@require_safe
def gate(request: HttpRequest) -> HttpResponseBase:
    """Lead staff to give or to set up a second factor, and once that is done to where they wanted.

    `next` says where that is; another site is never it.
    """
    assert isinstance(request.user, User)
    if not request.user.is_staff:
        return redirect("accounts:security")
    target = _target(request)
    if not second_factor.must_prove(request):
        second_factor.forget_way_back(request)
        return resume_request(request) or redirect(target)
    second_factor.keep_way_back(request, target)
    types = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "has_passkey": Authenticator.Type.WEBAUTHN in types,
        "has_codes": bool(types - {Authenticator.Type.WEBAUTHN.value}),
        "must_sign_in_again": proof.must_sign_in_again(request),
        "query": urlencode({"next": target}),
    }
    return render(request, "accounts/second_factor.html", context)


@never_cache
@login_required
@require_safe
def sign_in_again(request: HttpRequest) -> HttpResponseBase:
    """Lead somebody without password and factor to a new code, and back to what they wanted."""
    target = _target(request, otherwise="accounts:security")
    if not proof.must_sign_in_again(request):
        return redirect(target)
    query = urlencode({"next": target})
    return render(request, "accounts/sign_in_again.html", {"query": query})


def _target(request: HttpRequest, otherwise: str = "admin:index") -> str:
    target = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else reverse(otherwise)
