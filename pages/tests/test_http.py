"""What all public pages share: methods, headers, no cookie, no other host."""

import re

import pytest
from django.test import Client

from articles.models import Article
from articles.tests.factories import (
    create_category,
    create_contributor,
    create_live_guide,
    create_tag,
)
from evidence.tests.factories import create_claim, create_source

pytestmark = pytest.mark.django_db

TWINS = ["/guides/queues.md", "/guides/queues.json"]
PAGES = [
    "/",
    "/about/",
    "/guides/",
    "/guides/queues/",
    "/guides/queues/changes/",
    "/categories/shelf/",
    "/tags/lines/",
    "/people/ada/",
    "/sources/",
    "/sources/study/",
]
every_page = pytest.mark.parametrize("address", PAGES)
every_address = pytest.mark.parametrize("address", [*PAGES, *TWINS])


@pytest.fixture(autouse=True)
def guide() -> Article:
    create_claim(key="SO25-16", source=create_source(slug="study"))
    return create_live_guide(
        slug="queues",
        body="## Lines\n\nAre [[claim:SO25-16]].\n",
        category=create_category(slug="shelf"),
        tags=[create_tag(slug="lines")],
        authors=[create_contributor(slug="ada")],
    )


@every_address
def test_reading_sets_no_cookie_and_depends_on_none(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert not client.cookies
    assert "cookie" not in response.get("Vary", "").lower()


@every_address
def test_head_answers_like_get_without_a_body(client: Client, address: str) -> None:
    response = client.head(address)
    assert response.status_code == 200
    assert response.content == b""
    assert response["Content-Type"] == client.get(address)["Content-Type"]


@every_address
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_other_methods_are_not_allowed(client: Client, address: str, method: str) -> None:
    response = getattr(client, method)(address)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


@every_page
def test_security_headers(client: Client, address: str) -> None:
    response = client.get(address)
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == policy["form-action"] == "'self'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "http" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@every_page
def test_nothing_of_a_page_breaks_the_policy(client: Client, address: str) -> None:
    """No inline script or style, and nothing is loaded from another host."""
    page = client.get(address).text
    assert re.findall(r"<script(?![^>]* src=)(?![^>]*application/ld\+json)", page) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", page) == []
    loaded = re.findall(r'<(?:script|img|iframe|source)[^>]* src="([^"]+)"', page)
    loaded += re.findall(r'<link rel="(?:stylesheet|icon|preload)"[^>]* href="([^"]+)"', page)
    assert loaded
    assert all(found.startswith("/static/") for found in loaded)


@every_page
def test_every_page_has_its_name_description_and_address(client: Client, address: str) -> None:
    page = client.get(address).text
    assert len(re.findall(r"<title>[^<]{5,}</title>", page)) == 1
    assert len(re.findall(r'<meta name="description" content="[^"]{20,}">', page)) == 1
    canonical = re.findall(r'<link rel="canonical" href="([^"]+)">', page)
    assert canonical == [f"http://localhost:8000{address}"]
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert '<html lang="en-GB">' in page


@every_page
def test_links_of_a_page_lead_somewhere(client: Client, address: str) -> None:
    for link in set(re.findall(r'<a [^>]*href="(/[^"#]*)', client.get(address).text)):
        answer = client.get(link)
        if link.startswith("/account/"):  # the door: strangers are asked to sign in
            assert answer.headers["Location"].startswith("/account/login/?next="), link
        else:
            assert answer.status_code == 200, link


def test_titles_and_descriptions_are_different_on_every_page(client: Client) -> None:
    pages = [client.get(address).text for address in PAGES]
    titles = [re.findall(r"<title>([^<]+)</title>", page)[0] for page in pages]
    assert len(set(titles)) == len(PAGES)


def test_large_pages_are_compressed_and_answered_once(client: Client) -> None:
    response = client.get("/guides/queues/", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    again = client.get("/guides/queues/", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("address", ["/guides", "/guides/queues", "/about", "/sources/study"])
def test_a_missing_slash_is_added(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 301
    assert response["Location"] == f"{address}/"
