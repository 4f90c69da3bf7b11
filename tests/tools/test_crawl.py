"""The crawler that the browser tests stand on, against a small site."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import crawl

SITE = {
    "/": '<h1 id="top">Home</h1><a href="/guides/">All</a><a href="https://a.example/">x</a>',
    "/guides/": '<a href="git/#part">Git</a><a href="?level=newcomer">1</a><a href="/gone/">2</a>',
    "/guides/git/": '<p id="part">Text</p><a href="/account/logout/">Sign out</a>',
    "/guides/?level=newcomer": "<p>Fewer</p>",
    "/account/login/": "<form></form>",
    "/account/signup/": "<form></form>",
    "/feed/comments/": "<p>Stands in for a feed</p>",
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = SITE.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(gzip.compress((body or "<h1>Not here</h1>").encode()))

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_every_page_is_visited_once_and_broken_links_are_kept(site: str, tmp_path: Path) -> None:
    pages = {page.path: page for page in crawl.crawl(site, tmp_path)}
    assert pages.keys() == {*SITE, "/gone/", "/no-such-page/"}
    assert pages["/gone/"].status == 404
    assert pages["/gone/"].expected == 200
    assert pages["/gone/"].linked_from == "/guides/"
    assert pages["/no-such-page/"].expected == 404
    assert pages["/"].ids == ["top"]
    assert pages["/"].size == len(SITE["/"].encode())
    assert pages["/"].sent == len(gzip.compress(SITE["/"].encode()))
    assert pages["/"].design == ["a.", "h1."]


def test_pages_survive_being_written_down(site: str, tmp_path: Path) -> None:
    pages = crawl.crawl(site, tmp_path)
    crawl.save(pages, tmp_path / "pages.json")
    assert crawl.load(tmp_path / "pages.json") == pages


def _page(path: str, size: int, *design: str) -> crawl.Page:
    return crawl.Page(path, 200, 200, "text/html", "", size=size, design=list(design))


def test_samples_hold_every_piece_of_design_of_their_sort() -> None:
    pages = [
        _page("/sources/a/", 1, "p.", "p.rare"),
        _page("/sources/b/", 9, "p."),
        _page("/sources/c/", 5, "p."),
        _page("/sources/d/", 2, "p.", "em."),
        _page("/sources/e/", 3, "p.", "em.", "i."),
        _page("/guides/a/", 4, "p."),
        _page("/guides/b/", 3, "p."),
        _page("/guides/c/", 2, "p."),
        _page("/about/", 1, "p."),
    ]
    chosen = {page.path for page in crawl.samples(pages)}
    assert chosen == {
        *("/sources/b/", "/sources/e/", "/sources/a/"),  # the largest, then what adds most
        *("/guides/a/", "/guides/b/"),  # of one design: two
        "/about/",
    }


@pytest.mark.parametrize(
    ("path", "sort"),
    [
        ("/", "/"),
        ("/guides/", "/guides/"),
        ("/guides/?page=2", "/guides/"),
        ("/guides/git/", "/guides/*/"),
        ("/guides/git/changes/", "/guides/*/changes/"),
        ("/guides/git/changes/2/", "/guides/*/changes/*/"),
        ("/comments/on/git/", "/comments/on/*/"),
        ("/comments/on/git/?page=2", "/comments/on/*/"),
        ("/comments/on/git/feed/", "/comments/on/*/feed/"),
        ("/comments/12/", "/comments/*/"),
        ("/salaries/", "/salaries/"),
        ("/salaries/backend-germany/", "/salaries/*/"),
        ("/salaries/backend-germany/changes/", "/salaries/*/changes/"),
        ("/salaries/explore/?country=DE", "/salaries/explore/"),
        ("/salaries/sources/", "/salaries/sources/"),
        ("/salaries/editions/", "/salaries/editions/"),
        ("/salaries/editions/so-2025/", "/salaries/editions/*/"),
    ],
)
def test_pages_of_one_sort_share_a_name(path: str, sort: str) -> None:
    assert crawl.template_of(path) == sort


@pytest.mark.parametrize(
    ("path", "private"),
    [
        ("/guides/git/", False),
        ("/comments/on/git/?page=2", False),
        ("/comments/on/git/feed/", False),
        ("/comments/12/", False),
        ("/feed/comments/", False),
        ("/transparency/", False),
        ("/comments/12/report/", True),
        ("/comments/12/yours/", True),
        ("/comments/write/git/?parent=12", True),
        ("/comments/mine/", True),
        ("/comments/notice/", True),
        ("/account/login/", True),
        ("/admin/", True),
    ],
)
def test_what_answers_each_visitor_differently_is_not_followed(path: str, private: bool) -> None:
    assert crawl.is_private(path) is private
