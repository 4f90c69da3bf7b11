"""Stub."""

from django.http import HttpRequest, HttpResponse


def mine(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()


def mine_in_thread(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()


def who_am_i(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse()
