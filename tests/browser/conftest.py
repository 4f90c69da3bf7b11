"""Fixtures of the browser tests: the visited pages, and Chromium as a reader would have it."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "bin"))

import crawl  # noqa: E402

# Chromium's own conversations with its maker's servers are not the site's.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = crawl.load(Path(os.environ["PAGES"])) if "PAGES" in os.environ else []
HTML = [page for page in PAGES if page.file]


def public(page: crawl.Page) -> bool:
    """Pages that anonymous readers read; the account pages set a cookie for their forms."""
    return not page.path.startswith(crawl.PRIVATE)


def none(found: list[str]) -> None:
    """Fail with what was found, one line each, and nothing else."""
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@dataclass
class Watch:
    """What a page did while it was open."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def attach(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(f"script error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", lambda request: self.errors.append(f"failed: {request.url}"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.errors.append(f"{message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)

    def other_hosts(self, site: str) -> list[str]:
        """Return the requested addresses that are neither the site's nor inside the page."""
        own = urlsplit(site).netloc
        return [url for url in self.requests if urlsplit(url).netloc not in {own, ""}]


@pytest.fixture(scope="session")
def site() -> str:
    """The address of the served site."""
    if "SITE" not in os.environ:
        pytest.fail("Start these tests with `make browser`: they need a served site.")
    return os.environ["SITE"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium with a new, empty profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], headless=True, args=FLAGS
        )
        yield browser
        browser.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what the measuring tests measured, also where they pass."""
    for report in terminalreporter.stats.get("passed", []):
        for line in report.capstdout.splitlines():
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """A reader's session; its cache is kept from page to page, as a reader's is."""
    context = browser.new_context(reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def tab(reader: BrowserContext) -> Iterator[Page]:
    """A new tab of a desktop screen, without cookies."""
    reader.clear_cookies()
    tab = reader.new_page()
    tab.set_viewport_size({"width": 1280, "height": 800})
    yield tab
    tab.close()


@pytest.fixture
def tab_without_scripts(browser: Browser) -> Iterator[Page]:
    """A new tab of a browser with JavaScript switched off."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()
