"""What every page for the person alone does: asks to sign in, stays out of caches, keeps words."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache

from accounts.models import User

View = Callable[[HttpRequest, User], HttpResponse]


def own_page(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """Make a page of a view that takes the person who is signed in, as stored now.

    Who is not signed in is asked to; if they sent a form, they get its words back first.
    """

    @never_cache
    @wraps(view)
    def page(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, request.user)
        if request.method == "POST":
            return _give_back(request)
        return redirect_to_login(request.get_full_path())

    return page


def _give_back(request: HttpRequest) -> HttpResponse:
    words = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and name != "csrfmiddlewaretoken" and "password" not in name
    ]
    context = {"words": words}
    return render(request, "accounts/signed_out.html", context, status=HTTPStatus.FORBIDDEN)


def see_other(to: str) -> HttpResponse:
    """Return the way to the page that shows what was stored."""
    response = HttpResponseRedirect(resolve_url(to))
    response.status_code = HTTPStatus.SEE_OTHER
    return response
