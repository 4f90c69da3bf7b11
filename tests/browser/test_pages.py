"""Every page in a real browser: it loads clean, is accessible, fits, and works without scripts."""

from typing import Any

import pytest
from conftest import HERE, HTML, PAGES, Watch, crawl, public
from playwright.sync_api import Browser

AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
SIZES = {"phone": (360, 740), "desktop": (1280, 800)}
RUN_AXE = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll('body *')]
    .filter(el => el.getBoundingClientRect().right > width + 1)
    .slice(0, 5).map(el => el.tagName.toLowerCase() + '.' + el.className);
}"""
# A control that only a script could make work: neither submits a form nor opens a popover.
DEAD_CONTROLS = """() => [...document.querySelectorAll('button, [role=button]')]
  .filter(el => el.checkVisibility({visibilityProperty: true}))
  .filter(el => !el.hasAttribute('popovertarget') && !(el.form && el.type === 'submit'))
  .map(el => el.outerHTML.slice(0, 120))"""

every_page = pytest.mark.parametrize("page", HTML, ids=lambda page: page.path)


def test_the_crawl_found_the_library() -> None:
    paths = {page.path for page in PAGES}
    assert {"/", "/guides/", "/sources/", "/about/"} <= paths
    guides = [path for path in paths if crawl.template_of(path) == "/guides/*/"]
    assert len(guides) >= 10


def test_every_link_leads_somewhere() -> None:
    wrong = [
        f"{page.path} answers {page.status}, linked from {page.linked_from or '(not linked)'}"
        for page in PAGES
        if page.status != page.expected
    ]
    assert not wrong, "\n".join(wrong)


def test_every_fragment_link_has_its_target() -> None:
    ids = {page.path: set(page.ids) for page in HTML}
    wrong = []
    for page in HTML:
        for link in page.links:
            path, _, name = link.partition("#")
            known = ids.get(path or page.path)
            if name and known is not None and name not in known:
                wrong.append(f"{page.path}: {link}")
    assert not wrong, "\n".join(wrong)


@every_page
def test_loads_clean(page: crawl.Page, site: str, browser: Browser, watch: Watch) -> None:
    """No console error or policy violation, no other host, no cookie."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        tab = context.new_page()
        watch.attach(tab)
        response = tab.goto(site + page.path, wait_until="networkidle")
        assert response is not None
        assert response.status == page.expected
        errors = [line for line in watch.errors if page.expected == 200 or "404" not in line]
        assert not errors, "\n".join(errors)
        assert not watch.other_hosts(site)
        if public(page):
            assert context.cookies() == []
            assert "set-cookie" not in page.headers
    finally:
        context.close()


@every_page
def test_accessible_and_fits(page: crawl.Page, site: str, browser: Browser) -> None:
    """Axe finds nothing and nothing sticks out, light and dark, on a phone and a desktop."""
    found = []
    for name, (width, height) in SIZES.items():
        context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        tab = context.new_page()
        tab.goto(site + page.path, wait_until="load")
        tab.evaluate("() => document.querySelectorAll('details').forEach(el => el.open = true)")
        tab.evaluate(AXE.read_text(encoding="utf-8"))
        for theme in ("light", "dark"):
            tab.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            found += [f"{name}, {theme}: {line}" for line in _axe(tab.evaluate(RUN_AXE))]
        if wide := tab.evaluate(OVERFLOW):
            found.append(f"{name}: wider than the screen: {wide}")
        context.close()
    assert not found, "\n".join(found)


def _axe(violations: list[dict[str, Any]]) -> list[str]:
    return [
        f"{rule['id']} ({rule['help']}): {node['html'][:150]} {node['failureSummary'][:250]}"
        for rule in violations
        for node in rule["nodes"][:4]
    ]


@every_page
def test_works_without_javascript(page: crawl.Page, site: str, browser: Browser) -> None:
    """Title, navigation and the whole text are there, and no control is dead."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, java_script_enabled=False
    )
    scripted = browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        tab, other = context.new_page(), scripted.new_page()
        tab.goto(site + page.path)
        other.goto(site + page.path, wait_until="load")
        assert tab.locator("h1:visible").count() == 1
        assert tab.locator("header a:visible").count() >= 3
        plain = set(tab.locator("main p, main li, main td").all_inner_texts())
        full = set(other.locator("main p, main li, main td").all_inner_texts())
        assert not {text for text in full - plain if len(text) > 60}
        assert tab.evaluate(DEAD_CONTROLS) == []
    finally:
        context.close()
        scripted.close()


def test_reading_by_links_alone(site: str, browser: Browser) -> None:
    """Without scripts: from the home page into a guide, to a source of a figure, and back."""
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{site}/")
    tab.locator("main a[href^='/guides/']:visible").first.click()
    tab.wait_for_url("**/guides/**")
    mark = tab.locator("a.receipt-mark:visible").first
    if mark.count():
        mark.click()
        assert "#source-" in tab.url
        assert tab.locator(f"#{tab.url.rpartition('#')[2]}").is_visible()
    context.close()


def test_first_tab_stop_skips_to_the_content(site: str, browser: Browser) -> None:
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(f"{site}/guides/")
    tab.keyboard.press("Tab")
    target = tab.evaluate("() => document.activeElement.getAttribute('href')")
    assert (target or "").startswith("#")
    assert tab.locator(target).count() == 1
    context.close()
