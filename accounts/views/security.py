"""How safe an account is, and what to do next."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.security import second_factor, sessions, standing


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Say how an account is protected, what to do next, and where each thing is changed."""
    assert isinstance(request.user, User)
    protection = standing.protection_of(request.user)
    context = {
        "protection": protection,
        "step": standing.next_step(protection),
        "device_count": sessions.count(request.user),
        "way_to_desk": second_factor.way_back(request),
    }
    return render(request, "accounts/security.html", context)
