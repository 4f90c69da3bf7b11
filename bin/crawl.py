"""Visits every public page of a served site by its links, and keeps what it found for the tests."""

import json
import re
import urllib.error
import urllib.request
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

# Found by no link on a public page, or meant to answer otherwise: path -> status.
EXTRA = {
    "/no-such-page/": 404,
    "/account/login/": 200,
    "/account/signup/": 200,
    "/feed/comments/": 200,
}
# Pages for one person, or with a form that a person sends, may set cookies; the desk and writing
# are tested on their own. Of comments everybody reads the threads, and what leads to one comment.
PRIVATE = re.compile(r"/(?:account|admin)/|/comments/(?!on/|[0-9]+/$)")
FEED = re.compile(r"/feed/(?:comments/)?$")
FEED_KIND = "application/atom+xml"
LIMIT = 3000
FILTERED_LIMIT = 25  # of each sort of page: filters and questions multiply without end
# Below /salaries/ these are pages of their own, and everything else is a guide.
SALARY_PAGES = re.compile(r"^/salaries/(?:explore|sources|editions)/")


@dataclass
class Page:
    """One visited address."""

    path: str
    status: int
    expected: int
    kind: str
    linked_from: str
    file: str = ""
    size: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)


class _Links(HTMLParser):
    """Collects where a page's links lead and which ids it has."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and (href := values.get("href")):
            self.links.append(href)
        if name := values.get("id"):
            self.ids.append(name)


def crawl(site: str, folder: Path) -> list[Page]:
    """Visit all pages from the home page on; save each one's HTML in the folder."""
    waiting = {"/": ""} | dict.fromkeys(EXTRA, "")
    seen: dict[str, Page] = {}
    filtered: dict[str, int] = defaultdict(int)
    while waiting and len(seen) < LIMIT:
        path = next(iter(waiting))
        page = _visit(site, path, waiting.pop(path), folder / f"{len(seen):03}.html")
        seen[path] = page
        for link in page.links:
            target = _internal(site, path, link)
            if target is None or target in seen or target in waiting:
                continue
            if "?" in target:
                filtered[template_of(target)] += 1
                if filtered[template_of(target)] > FILTERED_LIMIT:
                    continue
            waiting[target] = path
    return list(seen.values())


def save(pages: list[Page], file: Path) -> None:
    """Write the pages down as JSON."""
    file.write_text(json.dumps([asdict(page) for page in pages], indent=1), encoding="utf-8")


def load(file: Path) -> list[Page]:
    """Read the pages back."""
    return [Page(**row) for row in json.loads(file.read_text(encoding="utf-8"))]


def _internal(site: str, path: str, link: str) -> str | None:
    """Return the path of a link that leads to another public page of this site."""
    address = urldefrag(urljoin(site + path, link)).url
    if not address.startswith(site + "/"):
        return None
    target = address.removeprefix(site)
    return None if is_private(target) else target


def is_private(path: str) -> bool:
    """Return whether a page may answer each visitor differently."""
    return bool(PRIVATE.match(urlsplit(path).path))


def _visit(site: str, path: str, linked_from: str, file: Path) -> Page:
    request = urllib.request.Request(site + path, headers={"Accept": "text/html"})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            status, headers, body = response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        status, headers, body = error.code, error.headers, error.read()
    kind = headers.get_content_type()
    page = Page(path, status, EXTRA.get(path, 200), kind, linked_from)
    page.headers = {name.lower(): value for name, value in headers.items()}
    if kind == "text/html":
        file.write_bytes(body)
        page.file, page.size = str(file), len(body)
        parser = _Links()
        parser.feed(body.decode("utf-8"))
        page.links, page.ids = parser.links, parser.ids
    return page


def template_of(path: str) -> str:
    """Name the sort of page behind a path: /guides/git/ -> /guides/*/."""
    plain = urlsplit(path).path
    if SALARY_PAGES.match(plain):
        return re.sub(r"^(/salaries/editions/)[^/]+/", r"\1*/", plain)
    plain = re.sub(r"^(/comments/on/|/[a-z]+/)(?!on/)[^/?]+/", r"\1*/", plain)
    return re.sub(r"/changes/[0-9]+/$", "/changes/*/", plain)
