"""What a reader downloads, compressed as the server sends it."""

import gzip
import urllib.request

import pytest
from conftest import HERE, HTML, Watch, crawl, public
from playwright.sync_api import Browser

KB = 1024
PAGE, STYLE, SCRIPT, FONT = 20 * KB, 25 * KB, 10 * KB, 30 * KB
STATIC = HERE.parent.parent / "static"


def _sent(url: str) -> int:
    """Return how many bytes the server sends for an address to a browser that takes gzip."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as response:
        return len(response.read())


def _on_disk(folder: str, pattern: str) -> int:
    files = sorted((STATIC / folder).rglob(pattern))
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def test_html_of_every_page() -> None:
    sizes = {page.path: page.sent for page in HTML if page.status == 200}
    guides = [size for path, size in sizes.items() if crawl.template_of(path) == "/guides/*/"]
    print(f"largest guide {max(guides)} bytes, largest page {max(sizes.values())} bytes")
    heavy = {path: size for path, size in sizes.items() if size >= PAGE}
    assert not heavy


def test_all_styles_scripts_and_fonts_of_the_site() -> None:
    style, script = _on_disk("css", "*.css"), _on_disk("js", "*.js")
    fonts = sum(file.stat().st_size for file in STATIC.rglob("*.woff2"))
    print(f"css {style}, js {script}, fonts {fonts} bytes")
    assert 0 < style < STYLE
    assert script < SCRIPT
    assert fonts <= FONT


@pytest.mark.parametrize(
    "sort",
    [
        "/",
        "/guides/",
        "/guides/*/",
        "/sources/",
        "/salaries/",
        "/salaries/*/",
        "/salaries/explore/",
    ],
)
def test_what_one_visit_loads(sort: str, site: str, browser: Browser) -> None:
    """Sum what the first page of each sort loads besides its own HTML."""
    page = next(page for page in HTML if public(page) and crawl.template_of(page.path) == sort)
    watch = Watch()
    context = browser.new_context()
    tab = context.new_page()
    with watch.over(tab):
        tab.goto(site + page.path, wait_until="networkidle")
    context.close()
    addresses = {url for url in watch.requests if "/static/" in url}
    style = sum(_sent(url) for url in addresses if url.endswith(".css"))
    script = sum(_sent(url) for url in addresses if url.endswith(".js"))
    print(f"{page.path}: css {style}, js {script} bytes in {len(addresses)} requests")
    assert 0 < style < STYLE
    assert script < SCRIPT
