"""Stub."""

from django.http import HttpRequest, HttpResponse


def write(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()
