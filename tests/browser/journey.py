"""What the journeys through comments stand on: people with browsers, and pages that are kept.

A page is kept as the server sent it, so that the HTML checker can read it, and it can be shown
again, at any size and in any theme, after the journey has moved on.
"""

import base64
from dataclasses import dataclass, field
from typing import Any

from conftest import Watch
from own_site import OwnSite
from playwright.sync_api import Browser, Locator, Page, Response, expect
from test_pages import AXE, OVERFLOW, THEMES

from html_checker import faults as faults_of_html

PASSWORD = "a-long-way-through-many-pages"
DESK = "/admin/comments/comment/"
SCREENS: dict[str, dict[str, Any]] = {
    "phone, light": {"width": 360, "height": 740, "theme": "light"},
    "desktop, dark": {"width": 1280, "height": 800, "theme": "dark"},
}
# Of a guide only the thread: the rest of it is looked at elsewhere.
RUN_AXE = """async options => (await axe.run(document.getElementById('comments') ?? document,
  {resultTypes: ['violations'], ...options})).violations"""
OPEN_ALL = """() => document.querySelectorAll('details:not([open])').forEach(element => {
  element.open = true;
  element.dataset.wasShut = '';
})"""
# What a page is made of, without its words, numbers and addresses. Pages of one shape have the same
# faults, so each shape is looked at once: signing in would be looked at in every journey.
SHAPE = """() => [...document.querySelectorAll('*')].map(el => {
  const told = [...el.attributes].filter(each => each.name !== 'nonce').map(({name, value}) =>
    /^(class|role|type|id|for|rel|lang|scope|name)$|^aria-(?!label$)/.test(name)
      ? `${name}=${value.replace(/[0-9]+/g, '0')}` : `${name}=${value.trim() !== ''}`);
  const state = [el.checkVisibility({visibilityProperty: true}), el.textContent.trim() !== ''];
  return [el.parentElement?.localName, el.localName, ...told.sort(), ...state].join(' ');
}).join('\\n')"""
LOOKED_AT: set[str] = set()
SHUT_AGAIN = "() => document.querySelectorAll('[data-was-shut]').forEach(el => el.open = false)"
# What the HTML checker says about the frame that Django puts around the pages of the desk.
DJANGOS = ("Trailing slash on void elements", "A table row was 2 columns wide")
# The desk fades colours from one theme to the other; in between, the contrast is nobody's.
COME_TO_REST = "() => Promise.allSettled(document.getAnimations().map(each => each.finished))"


@dataclass
class Kept:
    """A page as the server sent it."""

    name: str
    url: str
    html: str


@dataclass
class Person:
    """Somebody with a browser of their own."""

    email: str
    name: str
    page: Page
    has_scripts: bool
    site: str
    watch: Watch = field(default_factory=Watch)
    document: Response | None = None

    def go(self, path: str) -> Page:
        """Open a page of the site, or a whole address."""
        url = path if path.startswith("http") else self.site + path
        response = self.page.goto(url, wait_until="load")
        assert response is not None
        assert response.status == 200, url
        return self.page

    def press(self, label: str, *, inside: str = "body") -> None:
        """Press the one button with this label."""
        self.page.locator(inside).get_by_role("button", name=label, exact=True).click()

    def send(self, label: str, *, inside: str = "body") -> None:
        """Press the button of a form that leads to another page, and wait for that page."""
        with self.page.expect_navigation(wait_until="load"):
            self.press(label, inside=inside)

    def follow(self, link: Locator) -> None:
        """Click a link or button and wait for its page; a click alone returns before that."""
        with self.page.expect_navigation(wait_until="load"):
            link.click()

    def reads(self, words: str) -> None:
        """Wait until the words are to be seen."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def note(self, response: Response) -> None:
        """Remember the answer that the page shows."""
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self.document = response


@dataclass
class Stage:
    """Where a journey takes place: a site, its people, and the pages that were seen."""

    browser: Browser
    site: OwnSite
    has_scripts: bool
    kept: list[Kept] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)

    def person(self, name: str, *, is_moderator: bool = False, is_guest: bool = False) -> Person:
        """Return somebody new, with an account unless they are a guest."""
        number = len(self.people) + 1
        email = f"{name.split(maxsplit=1)[0].lower()}-{self.has_scripts:d}@example.org"
        if not is_guest:
            self.site.make_account(email, PASSWORD, name, is_moderator=is_moderator)
        context = self.browser.new_context(
            java_script_enabled=self.has_scripts,
            reduced_motion="reduce",
            extra_http_headers={"X-Forwarded-For": f"198.51.{self.has_scripts:d}.{number}"},
        )
        person = Person(email, name, context.new_page(), self.has_scripts, self.site.url)
        person.page.set_default_timeout(15_000)
        person.page.on("response", person.note)
        person.watch.follow(person.page)
        self.people.append(person)
        return person

    def keep(self, name: str, person: Person) -> None:
        """Look at the page that somebody sees now: with scripts at once, without them later."""
        if self.has_scripts:
            self.faults += [f"{name}: {fault}" for fault in look_at(person.page)]
        else:
            assert person.document is not None
            self.kept.append(Kept(name, person.page.url, person.document.text()))

    def close(self) -> None:
        """Close the browsers, and gather what the pages did that they should not do."""
        for person in self.people:
            self.faults += [f"{person.name}: {fault}" for fault in person.watch.errors]
            self.faults += [
                f"{person.name}: another host: {url}"
                for url in person.watch.other_hosts(self.site.url)
            ]
            person.page.context.close()


def look_at(page: Page) -> list[str]:
    """Return what axe finds, and what is too wide, on a phone in light and a desktop in dark."""
    page.wait_for_load_state("load")
    page.evaluate(OPEN_ALL)
    shape = page.evaluate(SHAPE)
    found = [] if shape in LOOKED_AT else _faults(page)
    LOOKED_AT.add(shape)
    page.evaluate(SHUT_AGAIN)
    return found


def _faults(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = []
    for name, screen in SCREENS.items():
        page.set_viewport_size({"width": screen["width"], "height": screen["height"]})
        page.emulate_media(color_scheme=screen["theme"])
        page.evaluate(COME_TO_REST)
        found += [f"{name}: wider than the screen: {what}" for what in page.evaluate(OVERFLOW)]
        for rule in page.evaluate(RUN_AXE, THEMES[screen["theme"]]):
            where = "; ".join(node["html"][:150] for node in rule["nodes"][:3])
            found.append(f"{name}: {rule['id']} ({rule['help']}): {where}")
    page.emulate_media(color_scheme="light")
    return found


def look_again(browser: Browser, stage: Stage) -> list[str]:
    """Show the pages of a journey without scripts once more, where axe can look at them.

    They come with the styles and scripts of the site. The browser's own protocol puts them in the
    place of what the site would answer, because Playwright's routes empty the cache.
    """
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    session = context.new_cdp_session(page)
    html = ""

    def answer(paused: dict[str, Any]) -> None:
        kind = {"name": "Content-Type", "value": "text/html; charset=utf-8"}
        body = base64.b64encode(html.encode()).decode()
        fulfilled = {"responseCode": 200, "responseHeaders": [kind], "body": body}
        session.send("Fetch.fulfillRequest", {"requestId": paused["requestId"], **fulfilled})

    session.on("Fetch.requestPaused", answer)
    session.send("Fetch.enable", {"patterns": [{"urlPattern": "*", "resourceType": "Document"}]})
    found = []
    for kept in stage.kept:
        html = kept.html
        page.goto(kept.url.partition("#")[0], wait_until="load")
        found += [f"{kept.name}: {fault}" for fault in look_at(page)]
    context.close()
    return found


def not_valid(checker: str, stage: Stage) -> list[str]:
    """Return what the HTML checker says about the pages that were kept."""
    found = []
    for kept in stage.kept:
        found += faults_of_html(checker, kept.name, kept.html.encode(), DJANGOS)
    return found
