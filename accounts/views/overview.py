"""The overview of the account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.registries import menu
from accounts.registries.next_steps import next_steps
from accounts.views.own_page import own_page


@require_safe
@own_page
def overview(request: HttpRequest, user: User) -> HttpResponse:
    """Show what to do next, and what the account holds, a line for each of its pages."""
    context = {
        "steps": next_steps(user),
        "entries": [(page, page.summary(user)) for page in menu.pages()],
    }
    return render(request, "accounts/overview.html", context)
