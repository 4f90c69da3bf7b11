"""The explorer."""

from django.http import Http404, HttpRequest, HttpResponse


def explore(request: HttpRequest) -> HttpResponse:
    """Not built yet."""
    raise Http404
