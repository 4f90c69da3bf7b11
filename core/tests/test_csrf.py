"""`csrf_problem` refuses what Django's own check refuses, in a view that is exempt from that."""

from http.cookies import SimpleCookie

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import RequestFactory
from django.views.decorators.csrf import csrf_exempt

from core.csrf import csrf_problem

SECRET = "a" * 32
OTHER = "b" * 32


def ask(*, cookie: str | None = SECRET, token: str = SECRET, method: str = "post", **meta) -> str:
    """Return what an exempt view is told, behind the middleware as on the site."""
    request = getattr(RequestFactory(), method)("/", {"csrfmiddlewaretoken": token}, **meta)
    if cookie is not None:
        request.COOKIES["csrftoken"] = SimpleCookie({"csrftoken": cookie})["csrftoken"].value
    told: list[str] = []

    @csrf_exempt
    def view(request: HttpRequest) -> HttpResponse:
        told.append(csrf_problem(request))
        return HttpResponse(get_token(request))

    middleware = CsrfViewMiddleware(view)
    middleware.process_request(request)
    assert middleware.process_view(request, view, (), {}) is None
    view(request)
    return told[0]


def test_the_right_token_is_believed() -> None:
    assert ask() == ""


@pytest.mark.parametrize(
    ("problem", "changes"),
    [
        ("cookie not set", {"cookie": None}),
        ("missing", {"token": ""}),
        ("incorrect", {"token": OTHER}),  # as after signing in, which changes the secret
        ("incorrect", {"cookie": OTHER}),
        ("incorrect length", {"token": "short"}),
        ("invalid characters", {"token": "!" * 32}),
        ("incorrect length", {"cookie": "short"}),
        ("invalid characters", {"cookie": "é" * 32}),
        ("does not match", {"HTTP_ORIGIN": "https://evil.example"}),
        ("does not match", {"HTTP_ORIGIN": "null"}),
        ("does not match", {"HTTP_ORIGIN": "https://testserver"}),  # another scheme
        ("does not match", {"HTTP_ORIGIN": "http://testserver.evil.example"}),
        ("no Referer", {"secure": True}),
        ("malformed", {"secure": True, "HTTP_REFERER": "nonsense"}),
        ("insecure", {"secure": True, "HTTP_REFERER": "http://testserver/"}),
        ("does not match", {"secure": True, "HTTP_REFERER": "https://evil.example/testserver/"}),
    ],
)
def test_everything_else_is_not(problem: str, changes: dict) -> None:
    assert problem in ask(**changes)


@pytest.mark.parametrize(
    "given",
    [
        {"HTTP_ORIGIN": "http://testserver"},
        {"secure": True, "HTTP_ORIGIN": "https://testserver"},
        {"secure": True, "HTTP_REFERER": "https://testserver/guides/"},
    ],
)
def test_the_sites_own_pages_are_believed(given: dict) -> None:
    assert ask(**given) == ""


def test_a_header_may_carry_the_token() -> None:
    assert ask(token="", HTTP_X_CSRFTOKEN=SECRET) == ""
    assert "incorrect" in ask(token="", HTTP_X_CSRFTOKEN=OTHER)


def test_reading_needs_no_token() -> None:
    assert ask(method="get", cookie=None, token="") == ""


def test_a_form_that_comes_back_on_a_checked_request_is_checked_itself() -> None:
    request = RequestFactory().post("/", {"csrfmiddlewaretoken": OTHER})
    request.COOKIES["csrftoken"] = SECRET
    request.csrf_processing_done = True  # type: ignore[attr-defined]
    assert csrf_problem(request)
