"""Stub."""

from django.http import HttpRequest, HttpResponse


def confirm(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()


def confirm_again(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()
