"""Stub."""

from django.http import HttpRequest, HttpResponse


def transparency(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()
