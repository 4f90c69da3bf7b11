"""The overview and the salary guides."""

from django.http import Http404, HttpRequest, HttpResponse


def overview(request: HttpRequest) -> HttpResponse:
    """Not built yet."""
    raise Http404


def guide_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Not built yet."""
    raise Http404


def guide_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    """Not built yet."""
    raise Http404


def guide_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Not built yet."""
    raise Http404


def guide_changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Not built yet."""
    raise Http404
