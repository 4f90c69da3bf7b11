"""Pages for when something is wrong. Tests run with DEBUG off, as a real site does."""

import re
from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path
from django.views.decorators.csrf import csrf_protect

from backend_guide.urls import urlpatterns as real_urls


def fail(request: HttpRequest) -> None:
    raise RuntimeError("a secret of the machine room")


def forbid(request: HttpRequest) -> None:
    raise PermissionDenied("a secret of the machine room")


def misunderstand(request: HttpRequest) -> None:
    raise SuspiciousOperation("a secret of the machine room")


urlpatterns = [
    path("fails/", fail),
    path("forbidden/", forbid),
    path("misunderstood/", misunderstand),
    path("guarded/", csrf_protect(forbid)),
    *real_urls,
]


@pytest.fixture(autouse=True)
def broken_pages() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/nothing/here/", 404, "There is no page at this address"),
        ("/fails/", 500, "Something broke on our side"),
        ("/forbidden/", 403, "You may not open this page"),
        ("/misunderstood/", 400, "We could not understand that request"),
    ],
)
def test_error_pages(visitor: Client, address: str, status: int, heading: str) -> None:
    """They need no database: any access to it would fail this test."""
    response = visitor.get(address)
    assert response.status_code == status
    assert re.findall(r"<h1>([^<]+)</h1>", response.text) == [heading]
    assert '<meta name="robots" content="noindex">' in response.text
    assert 'rel="canonical"' not in response.text
    assert re.search(r'<a href="/[^"]*">', response.text)
    assert "secret" not in response.text
    assert not response.cookies


@pytest.mark.parametrize("address", ["/nothing/", "/fails/", "/forbidden/", "/misunderstood/"])
def test_error_pages_keep_the_policy(visitor: Client, address: str) -> None:
    response = visitor.get(address)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "<style" not in response.text
    assert " style=" not in response.text


def test_a_form_without_its_token_is_refused(visitor: Client) -> None:
    response = visitor.post("/guarded/")
    assert response.status_code == 403
    assert "secret" not in response.text


def test_the_page_of_a_wrong_host(visitor: Client) -> None:
    response = visitor.get("/", headers={"Host": "evil.example.org"})
    assert response.status_code == 400
    assert "We could not understand that request" in response.text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/guides/nothing/", "/guides/nothing.md", "/sources/none/"])
def test_missing_things_get_the_page_too(visitor: Client, address: str) -> None:
    response = visitor.get(address)
    assert response.status_code == 404
    assert "There is no page at this address" in response.text
