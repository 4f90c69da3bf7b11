"""Every page in a real browser: it loads clean, is accessible, fits, and works without scripts."""

import re
from typing import Any, Literal

import pytest
from conftest import HERE, HTML, PAGES, Watch, crawl, none, public
from playwright.sync_api import Browser, Page, expect

AXE = (HERE / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
SIZES = {"desktop": (1280, 800), "phone": (360, 740)}
# The themes differ in colour alone, so the second one is checked by the rules about colour.
THEMES: dict[Literal["light", "dark"], dict[str, Any]] = {
    "light": {},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},
}
RUN_AXE = """async options =>
  (await axe.run(document, {resultTypes: ['violations'], ...options})).violations"""
OPEN_DETAILS = "() => document.querySelectorAll('details').forEach(el => el.open = true)"
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


def test_the_crawl_found_the_library() -> None:
    paths = {page.path for page in PAGES}
    assert {"/", "/guides/", "/salaries/", "/sources/", "/about/"} <= paths
    assert {"/salaries/explore/", "/salaries/editions/", "/salaries/sources/"} <= paths
    sorts = [crawl.template_of(path) for path in paths]
    assert sorts.count("/guides/*/") >= 10
    assert sorts.count("/salaries/*/") >= 20
    assert sorts.count("/salaries/editions/*/") >= 3
    assert len(PAGES) < crawl.LIMIT


def test_every_link_leads_somewhere() -> None:
    wrong = [
        f"{page.path} answers {page.status}, linked from {page.linked_from or '(not linked)'}"
        for page in PAGES
        if page.status != page.expected
    ]
    none(wrong)


def test_feeds_are_feeds() -> None:
    feeds = [page for page in PAGES if crawl.FEED.search(page.path)]
    sorts = {crawl.template_of(page.path) for page in feeds}
    assert sorts == {"/feed/*/", "/comments/on/*/feed/"}
    none([f"{page.path} is {page.kind}" for page in feeds if page.kind != crawl.FEED_KIND])


def test_every_fragment_link_has_its_target() -> None:
    ids = {page.path: set(page.ids) for page in HTML}
    wrong = []
    for page in HTML:
        for link in page.links:
            path, _, name = link.partition("#")
            known = ids.get(path or page.path)
            if name and known is not None and name not in known:
                wrong.append(f"{page.path}: {link}")
    none(wrong)


@pytest.mark.parametrize("page", HTML, ids=lambda page: page.path)
def test_loads_clean_and_fits(page: crawl.Page, site: str, tab: Page) -> None:
    """No console error or policy violation, no other host, no cookie, nothing too wide."""
    watch = Watch()
    with watch.over(tab):
        response = tab.goto(site + page.path, wait_until="load")
        assert response is not None
        assert response.status == page.expected
        found = []
        for name, (width, height) in SIZES.items():
            tab.set_viewport_size({"width": width, "height": height})
            found += [f"{name}: wider than the screen: {what}" for what in tab.evaluate(OVERFLOW)]
    found += [line for line in watch.errors if page.expected == 200 or "404" not in line]
    found += [f"another host: {url}" for url in watch.other_hosts(site)]
    if public(page):
        found += [f"cookie: {cookie}" for cookie in tab.context.cookies()]
        found += [f"Set-Cookie: {value}" for value in [page.headers.get("set-cookie")] if value]
    none(found)


def test_axe_finds_nothing(sample: crawl.Page, site: str, tab: Page) -> None:
    """In light and dark, on a phone and a desktop, with everything opened that can be."""
    tab.goto(site + sample.path, wait_until="load")
    tab.evaluate(OPEN_DETAILS)
    tab.evaluate(AXE)
    found = []
    for name, (width, height) in SIZES.items():
        tab.set_viewport_size({"width": width, "height": height})
        for theme, options in THEMES.items():
            tab.emulate_media(color_scheme=theme)
            found += [f"{name}, {theme}: {line}" for line in _axe(tab.evaluate(RUN_AXE, options))]
    none(found)


def _axe(violations: list[dict[str, Any]]) -> list[str]:
    return [
        f"{rule['id']} ({rule['help']}): {node['html'][:150]} {node['failureSummary'][:250]}"
        for rule in violations
        for node in rule["nodes"][:4]
    ]


def test_works_without_javascript(
    sample: crawl.Page, site: str, tab: Page, tab_without_scripts: Page
) -> None:
    """Title, navigation and the whole text are there, and no control is dead."""
    plain = tab_without_scripts
    plain.goto(site + sample.path)
    tab.goto(site + sample.path, wait_until="load")
    assert plain.locator("h1:visible").count() == 1
    assert plain.locator("header a:visible").count() >= 3
    texts = "elements => elements.map(element => element.innerText)"
    read = set(plain.locator("main p, main li, main td").evaluate_all(texts))
    full = set(tab.locator("main p, main li, main td").evaluate_all(texts))
    assert not {text for text in full - read if len(text) > 60}
    assert plain.evaluate(DEAD_CONTROLS) == []


def test_reading_by_links_alone(site: str, tab_without_scripts: Page) -> None:
    """Without scripts: from the home page into a guide, and from a figure to its source."""
    tab = tab_without_scripts
    tab.goto(f"{site}/")
    tab.locator("main a[href^='/guides/']:visible").first.click()
    tab.wait_for_url("**/guides/**")
    guide = next(page for page in HTML if any(link.startswith("#source-") for link in page.links))
    tab.goto(site + guide.path)
    tab.locator("a.receipt-mark:visible").first.click()
    tab.wait_for_url(re.compile("#source-"))
    expect(tab.locator(f"#{tab.url.rpartition('#')[2]}")).to_be_visible()


def test_first_tab_stop_skips_to_the_content(site: str, tab: Page) -> None:
    tab.goto(f"{site}/guides/")
    tab.keyboard.press("Tab")
    target = tab.evaluate("() => document.activeElement.getAttribute('href')")
    assert (target or "").startswith("#")
    assert tab.locator(target).count() == 1


def test_a_phone_opens_a_receipt_in_place(site: str, browser: Browser) -> None:
    """On a narrow screen the mark is a button that opens the receipt, and Escape closes it."""
    guide = next(page for page in HTML if any(link.startswith("#source-") for link in page.links))
    context = browser.new_context(viewport={"width": 360, "height": 740})
    tab = context.new_page()
    tab.goto(site + guide.path)
    tab.locator("button.receipt-button:visible").first.click()
    receipt = tab.locator(".receipt:popover-open")
    expect(receipt).to_be_visible()
    tab.keyboard.press("Escape")
    expect(receipt).to_have_count(0)
    context.close()
