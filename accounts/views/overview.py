"""The overview of the account."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import menu


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show what the account holds, a line for each of its pages."""
    assert request.user.is_authenticated
    entries = [(page, page.summary(request.user)) for page in menu.pages()]
    return render(request, "accounts/overview.html", {"entries": entries})
