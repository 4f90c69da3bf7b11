"""Pages of an account are for one person at one moment: no cache may keep them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers


class PrivatePagesMiddleware:
    """Forbids browsers and proxies to store what stands below /account/: codes, addresses, forms.

    allauth forbids it for some of its pages only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(reverse("accounts:overview")):
            add_never_cache_headers(response)
        return response
