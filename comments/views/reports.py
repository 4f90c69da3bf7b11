"""Stub."""

from django.http import HttpRequest, HttpResponse


def report(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()


def notice(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()


def notice_status(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()
