"""Stub."""

from django.http import HttpRequest, HttpResponse


def decision(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()


def appeal(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()
