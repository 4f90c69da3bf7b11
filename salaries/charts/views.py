"""Charts as images."""

from django.http import Http404, HttpRequest, HttpResponse


def chart_image(request: HttpRequest, key: str) -> HttpResponse:
    """Not built yet."""
    raise Http404
