"""Stub."""

from django.http import HttpRequest, HttpResponse


def unsubscribe(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()
