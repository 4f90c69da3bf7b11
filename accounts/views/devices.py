"""Where a person is signed in, with signing out elsewhere."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.security import sessions


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def device_list(request: HttpRequest) -> HttpResponse:
    """List the devices of a person; when sent, sign out everywhere but here."""
    assert isinstance(request.user, User)
    if request.method == "POST":
        sessions.end_all(request.user, keep=request)
        messages.success(request, "You are signed out everywhere else.")
        return redirect("accounts:devices")
    return render(request, "accounts/devices.html", {"devices": sessions.devices(request)})


@never_cache
@login_required
@require_POST
def end_device(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out on one device. Raises Http404 for what is no session of this person."""
    assert isinstance(request.user, User)
    found = [device for device in sessions.devices(request) if device.pk == pk]
    if not found:
        raise Http404
    if found[0].is_current:
        return redirect("account_logout")
    sessions.end_one(request.user, pk)
    messages.success(request, f"{found[0].name}: signed out.")
    return redirect("accounts:devices")
