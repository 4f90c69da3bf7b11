"""Stub."""

from django.http import HttpRequest, HttpResponse


def thread(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()


def permalink(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()


def thread_feed(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()


def site_feed(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()
