"""HEAD: what a program would get, asked as a server asks, past the test client."""

from io import BytesIO
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler

pytestmark = pytest.mark.django_db
SAID = ("Content-Type", "Content-Length", "Cache-Control", "Vary")


def ask(method: str, path: str) -> tuple[str, dict[str, str], bytes]:
    """Return status, headers and body as the site hands them to its server."""
    got: list[Any] = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": "http",
    }
    body = b"".join(WSGIHandler()(environ, lambda *args: got.extend(args)))
    return got[0], dict(got[1]), body


@pytest.mark.parametrize("path", ["/about/", "/guides/", "/nothing-here/", "/account/login/"])
def test_the_same_head_and_no_body(path: str) -> None:
    status, headers, body = ask("HEAD", path)
    full_status, full_headers, full = ask("GET", path)
    assert status == full_status
    assert full
    assert body == b""
    steady = path != "/account/login/"  # its token differs from page to page, and so its length
    names = SAID if steady else ("Content-Type", "Cache-Control")
    assert [headers.get(name) for name in names] == [full_headers.get(name) for name in names]
    assert "Content-Length" in headers
