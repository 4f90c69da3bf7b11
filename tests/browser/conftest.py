"""Fixtures of the browser tests: the visited pages, and Chromium as a reader would have it."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Request,
    expect,
    sync_playwright,
)

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "bin"))

from own_site import OwnSite  # noqa: E402

import crawl  # noqa: E402

expect.set_options(timeout=15_000)  # a slow machine is not a fault of the site
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
SAMPLES = crawl.samples(HTML)


def public(page: crawl.Page) -> bool:
    """Pages that anonymous readers read; the account pages set a cookie for their forms."""
    return not crawl.is_private(page.path)


def none(found: list[str]) -> None:
    """Fail with what was found, one line each, and nothing else."""
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@dataclass
class Watch:
    """What a page did while it was open."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @contextmanager
    def over(self, page: Page) -> Iterator[None]:
        """Note what the page does as long as this is open."""
        self.follow(page)
        try:
            yield
        finally:
            for name, note in self._events.items():
                page.remove_listener(name, note)

    def follow(self, page: Page) -> None:
        """Note what the page does from now on."""
        for name, note in self._events.items():
            page.on(name, note)  # type: ignore[call-overload]

    @cached_property
    def _events(self) -> dict[str, Callable[[Any], None]]:
        return {
            "console": self._console,
            "pageerror": self._script_error,
            "request": self._request,
            "requestfailed": self._failed,
        }

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.errors.append(f"{message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _script_error(self, error: Error) -> None:
        self.errors.append(f"script error: {error}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what leaving a page breaks off is no failure
            self.errors.append(f"failed: {request.url} {request.failure}")

    def other_hosts(self, site: str) -> list[str]:
        """Return the requested addresses that are neither the site's nor inside the page."""
        own = urlsplit(site).netloc
        return [url for url in self.requests if urlsplit(url).netloc not in {own, ""}]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add an option for looking closely at every page, and not at some of each sort."""
    parser.addoption("--every-page", action="store_true", help="axe and no scripts on every page")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes a `sample` looks at some pages of each sort, or at all if asked to."""
    if "sample" in metafunc.fixturenames:
        pages = HTML if metafunc.config.getoption("--every-page") else SAMPLES
        metafunc.parametrize("sample", pages, ids=[page.path for page in pages])


@pytest.fixture(scope="session")
def site() -> str:
    """The address of the served site."""
    if "SITE" not in os.environ:
        pytest.fail("Start these tests with `make browser`: they need a served site.")
    return os.environ["SITE"]


@pytest.fixture(scope="session")
def html_checker() -> str:
    """The address of the HTML checker."""
    if "HTML_CHECKER" not in os.environ:
        pytest.fail("Start these tests with `make browser`: they need the HTML checker.")
    return os.environ["HTML_CHECKER"]


@pytest.fixture(scope="session")
def site_var() -> Path:
    """The data of the served site, of which tests that write take copies."""
    if "SITE_VAR" not in os.environ:
        pytest.skip("These tests write, so they run only where `make browser` starts the site.")
    return Path(os.environ["SITE_VAR"])


@pytest.fixture(scope="session")
def own_site(site_var: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnSite]:
    """A copy of the site for tests that write; each process of the tests has its own."""
    with OwnSite(site_var, tmp_path_factory.mktemp("own") / "var") as site:
        yield site


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
    """Show what the measuring tests measured, also where they pass, and what was left out."""
    passed = terminalreporter.stats.get("passed", [])
    for report in passed:
        for line in report.capstdout.splitlines():
            terminalreporter.write_line(line)
    is_sampled = any("test_axe_finds_nothing" in report.nodeid for report in passed)
    if is_sampled and not terminalreporter.config.getoption("--every-page"):
        terminalreporter.write_line(
            f"axe, and no scripts: {len(SAMPLES)} pages, which hold every piece of design that "
            f"their sort has; {len(HTML) - len(SAMPLES)} left out, --every-page looks at all"
        )


@pytest.fixture(scope="session")
def reader(browser: Browser) -> Iterator[Page]:
    """A reader's tab; its cache is kept from page to page, as a reader's is."""
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def tab(reader: Page) -> Page:
    """The reader's tab on a desktop screen, in light, without cookies."""
    reader.context.clear_cookies()
    reader.set_viewport_size({"width": 1280, "height": 800})
    reader.emulate_media(color_scheme="light")
    return reader


@pytest.fixture(scope="session")
def tab_without_scripts(browser: Browser) -> Iterator[Page]:
    """A tab of a browser with JavaScript switched off."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()
