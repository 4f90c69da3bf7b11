"""Editions, downloads and sources side by side."""

from django.http import Http404, HttpRequest, HttpResponse


def edition_list(request: HttpRequest) -> HttpResponse:
    """Not built yet."""
    raise Http404


def edition_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Not built yet."""
    raise Http404


def edition_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Not built yet."""
    raise Http404


def edition_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Not built yet."""
    raise Http404


def sources_side_by_side(request: HttpRequest) -> HttpResponse:
    """Not built yet."""
    raise Http404


def figures_csv(request: HttpRequest, key: str) -> HttpResponse:
    """Not built yet."""
    raise Http404


def figures_json(request: HttpRequest, key: str) -> HttpResponse:
    """Not built yet."""
    raise Http404
