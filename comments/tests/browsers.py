"""Browsers of guests, for tests: with the signed cookie that the site would have given them."""

from collections.abc import Iterable

from django.core import signing
from django.test import Client

from comments.identity import COOKIE, SALT


def browser_of(key: str, *, confirmed: Iterable[int] = (), **options: bool) -> Client:
    """Return a client with the cookie of a browser; `confirmed` are keys of commenters."""
    client = Client(**options)
    client.cookies[COOKIE] = signing.dumps({"b": key, "c": list(confirmed)}, salt=SALT)
    return client
