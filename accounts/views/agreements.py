"""The question whether a person agrees to what changed, and the list of what they agreed to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Document
from accounts.terms import agreements


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Ask about new versions, store the answer, and lead on to where the person wanted to go.

    Only what the person was shown is agreed to: the form names the versions, and one that appeared
    meanwhile is asked about again.
    """
    assert request.user.is_authenticated
    asked = agreements.asked(request.user)
    onwards = _safe(request, request.POST.get("next") or request.GET.get("next", ""))
    problem = ""
    if request.method == "POST":
        shown = set(request.POST.getlist("version"))
        agreed = [version for version in asked if str(version.pk) in shown]
        agreements.agree(request.user, agreed)
        if len(agreed) == len(asked):
            messages.success(request, "Thank you. Your answer is noted.")
            return redirect(onwards or "accounts:agreements")
        asked = [version for version in asked if version not in agreed]
        problem = "Something changed while you read. Please look at what is new."
    context = {
        "asked": asked,
        "binding": [one for one in asked if one.document != Document.PRIVACY],
        "problem": problem,
        "onwards": onwards,
        "consents": request.user.consents.select_related("version").order_by("-given_at", "-pk"),
    }
    return render(request, "accounts/agreements.html", context)


def _safe(request: HttpRequest, address: str) -> str:
    """Return an address of this site as it is, and nothing for any other."""
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return resolve_url(address) if is_ours and address.startswith("/") else ""
