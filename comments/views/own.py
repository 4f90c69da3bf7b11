"""Stub."""

from django.http import HttpRequest, HttpResponse


def own(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()


def edit(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()


def delete(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()
