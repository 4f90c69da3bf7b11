"""Visits every public page of a served site by its links, and keeps what it found for the tests."""

import gzip
import json
import re
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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
AT_ONCE = 4  # addresses asked for at the same time
FEWEST = 2  # samples of a sort of page
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
    sent: int = 0  # bytes on the wire, to a browser that takes gzip
    headers: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    design: list[str] = field(default_factory=list)  # its elements, each with class, role, state


class _Reader(HTMLParser):
    """Collects where a page's links lead, which ids it has, and what it is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.design: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and (href := values.get("href")):
            self.links.append(href)
        if name := values.get("id"):
            self.ids.append(name)
        self.design |= {f"{tag}.{name}" for name in (values.get("class") or "").split() or [""]}
        told = {f"{name}={values[name]}" for name in ("role", "type") if name in values}
        told |= {name for name in values if name.startswith(("aria-", "data-")) or name == "open"}
        self.design |= {f"{tag}[{what}]" for what in told}


def crawl(site: str, folder: Path) -> list[Page]:
    """Visit all pages from the home page on; save each one's HTML in the folder."""
    waiting = {"/": ""} | dict.fromkeys(EXTRA, "")
    seen: dict[str, Page] = {}
    filtered: dict[str, int] = defaultdict(int)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        while waiting and len(seen) < LIMIT:
            level = list(waiting.items())[: LIMIT - len(seen)]
            files = [folder / f"{len(seen) + number:03}.html" for number in range(len(level))]
            pages = list(
                threads.map(lambda to, file: _visit(site, to[0], to[1], file), level, files)
            )
            seen |= {page.path: page for page in pages}
            waiting = {}
            for page, target in _found(site, pages):
                if target in seen or target in waiting:
                    continue
                if "?" in target:
                    filtered[template_of(target)] += 1
                    if filtered[template_of(target)] > FILTERED_LIMIT:
                        continue
                waiting[target] = page.path
    return list(seen.values())


def save(pages: list[Page], file: Path) -> None:
    """Write the pages down as JSON."""
    file.write_text(json.dumps([asdict(page) for page in pages], indent=1), encoding="utf-8")


def load(file: Path) -> list[Page]:
    """Read the pages back."""
    return [Page(**row) for row in json.loads(file.read_text(encoding="utf-8"))]


def _found(site: str, pages: list[Page]) -> Iterator[tuple[Page, str]]:
    """Yield where links of these pages lead on this site, each with its page."""
    for page in pages:
        for link in page.links:
            target = _internal(site, page.path, link)
            if target is not None:
                yield page, target


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
    accepted = {"Accept": "text/html", "Accept-Encoding": "gzip"}
    request = urllib.request.Request(site + path, headers=accepted)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            status, headers, body = response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        status, headers, body = error.code, error.headers, error.read()
    kind = headers.get_content_type()
    page = Page(path, status, EXTRA.get(path, 200), kind, linked_from)
    page.sent = len(body)
    if headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    page.headers = {name.lower(): value for name, value in headers.items()}
    if kind == "text/html":
        file.write_bytes(body)
        page.file, page.size = str(file), len(body)
        parser = _Reader()
        parser.feed(body.decode("utf-8"))
        page.links, page.ids, page.design = parser.links, parser.ids, sorted(parser.design)
    return page


def template_of(path: str) -> str:
    """Name the sort of page behind a path: /guides/git/ -> /guides/*/."""
    plain = urlsplit(path).path
    if SALARY_PAGES.match(plain):
        return re.sub(r"^(/salaries/editions/)[^/]+/", r"\1*/", plain)
    plain = re.sub(r"^(/comments/on/|/[a-z]+/)(?!on/)[^/?]+/", r"\1*/", plain)
    return re.sub(r"/changes/[0-9]+/$", "/changes/*/", plain)


def samples(pages: list[Page]) -> list[Page]:
    """Return of each sort of page two or more, which together hold all that it is made of.

    A hundred and fifty sources have one template: what none of the chosen shows, no other shows.
    The largest comes first, then always the page that adds most, and of equals the larger.
    """
    sorts: dict[str, list[Page]] = defaultdict(list)
    for page in sorted(pages, key=lambda page: -page.size):
        sorts[template_of(page.path)].append(page)
    chosen: list[Page] = []
    for rest in sorts.values():
        missing = {piece for page in rest for piece in page.design}
        first = len(chosen)
        while rest and (missing or len(chosen) - first < FEWEST):
            is_first = len(chosen) == first
            adds = {page.path: len(missing.intersection(page.design)) for page in rest}
            page = rest[0] if is_first else max(rest, key=lambda page: adds[page.path])
            rest.remove(page)
            missing.difference_update(page.design)
            chosen.append(page)
    return chosen
