"""Hostile comments in a real browser, without any policy of the page to stop them.

Each comment stands in the site's own template. No script may run, no request may leave, nothing may
navigate, and the browser itself says which elements and addresses it sees. Events are sent to
every element, because many attacks wait for one.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from collections_of_attacks import collections
from conftest import HERE
from playwright.sync_api import Browser, Error, Page, Route

ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from comments.tests.attacks import HIT, HOST, attacks  # noqa: E402

PAGE = "http://comments.test/"
AT_ONCE = 500
MOST = 1_500
OURS = ("handler", "spelling", "script", "address", "wrap", "nested", "silent")
PUBLIC = {"naughty": 400, "dompurify": 150, "commonmark": 600}  # at least so many texts

# Before the page: whatever a script would do to be noticed is written down.
LISTEN = """
window.__seen = [];
const see = what => window.__seen.push(String(what).slice(0, 200));
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'fetch', 'postMessage'])
  window[name] = (...args) => see(name + ': ' + args.join());
Object.defineProperty(window, 'hit', {set: () => see('hit'), get: () => undefined});
navigator.sendBeacon = url => see('beacon: ' + url);
document.write = document.writeln = text => see('write: ' + text);
window.addEventListener('error', event => event.message && see('error: ' + event.message));
document.addEventListener('click', event => event.preventDefault());
document.addEventListener('submit', event => { event.preventDefault(); see('submit'); });
"""
PROVOKE = """() => {
  const names = ['click', 'dblclick', 'mouseover', 'mouseenter', 'mousemove', 'mousedown',
    'mouseup', 'pointerenter', 'pointerover', 'focus', 'focusin', 'blur', 'keydown', 'keyup',
    'input', 'change', 'copy', 'cut', 'paste', 'toggle', 'wheel', 'scroll', 'drag', 'dragstart',
    'drop', 'load', 'error', 'animationstart', 'transitionend', 'contextmenu', 'resize'];
  for (const element of document.querySelectorAll('.comment-text *, .comment__name *'))
    for (const name of names)
      element.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}));
}"""
LOOK = """allowed => {
  const found = [];
  const where = el => el.closest('[data-attack]')?.dataset.attack ?? 'outside every comment';
  for (const el of document.querySelectorAll('body *')) {
    const names = el.getAttributeNames();
    for (const name of names) if (name.startsWith('on')) found.push([where(el), name]);
    if (!el.closest('[data-attack]')) found.push([where(el), el.outerHTML.slice(0, 100)]);
    if (['SCRIPT', 'IFRAME', 'FORM', 'IMG', 'STYLE', 'LINK', 'BASE', 'META', 'OBJECT', 'EMBED']
        .includes(el.tagName)) found.push([where(el), el.outerHTML.slice(0, 100)]);
    if (el.parentElement.closest('.comment-text')) {
      const known = allowed[el.localName];
      if (!known || el.namespaceURI !== 'http://www.w3.org/1999/xhtml')
        found.push([where(el), '<' + el.localName + '>']);
      else for (const name of names)
        if (!known.includes(name)) found.push([where(el), el.localName + ' ' + name]);
      if (el.localName === 'a' && !['http:', 'https:', 'mailto:'].includes(el.protocol))
        found.push([where(el), 'href=' + el.getAttribute('href')]);
      if (el.localName === 'a' && el.rel !== 'ugc nofollow noopener')
        found.push([where(el), 'rel=' + el.rel]);
    }
  }
  for (const list of document.querySelectorAll('[data-attack]'))
    if (list.children.length !== 1 || list.querySelectorAll('.comment-text').length !== 1)
      found.push([list.dataset.attack, 'the comment did not stay in its place']);
  return found;
}"""
ALLOWED: dict[str, list[str]] = {
    name: [] for name in ("blockquote", "br", "code", "em", "p", "pre", "strong", "ul")
} | {"a": ["href", "rel"], "ol": ["start"], "li": ["value"]}


@dataclass
class Stage:
    """A browser tab that shows comments and notes what they do."""

    page: Page
    html: str = ""
    left: list[str] = field(default_factory=list)

    def show(self, comments: dict[str, str]) -> list[Any]:
        """Show comments, provoke them, and return whatever they did or brought along."""
        self.left.clear()
        body = "".join(f'<ol data-attack="{name}">{html}</ol>' for name, html in comments.items())
        self.html = f"<!doctype html><html lang=en><title>Comments</title><body>{body}"
        try:
            self.page.goto(PAGE, wait_until="load")
            self.page.evaluate(PROVOKE)
            self.page.wait_for_timeout(50)  # what an event has started has time to show itself
            found: list[Any] = self.page.evaluate("window.__seen")
            found += self.page.evaluate(LOOK, ALLOWED)
        except Error as error:  # the page went away meanwhile
            found = [error.message]
        if self.page.url != PAGE or len(self.page.frames) != 1:
            found.append(f"went to {self.page.url}, frames: {len(self.page.frames)}")
        return [*self.left, *found]

    def answer(self, route: Route) -> None:
        """Give the page of comments; whatever else is asked for is noted and refused."""
        if route.request.url == PAGE and route.request.is_navigation_request():
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8")
        else:
            self.left.append(f"asked for {route.request.url}")
            route.abort()


@pytest.fixture
def stage(browser: Browser) -> Iterator[Stage]:
    """A new tab, with ears."""
    context = browser.new_context()
    context.add_init_script(LISTEN)
    stage = Stage(context.new_page())
    context.route("**/*", stage.answer)
    context.on("dialog", lambda dialog: (stage.left.append("a dialog"), dialog.dismiss()))
    context.on("page", lambda page: stage.left.append(f"opened {page.url}"))
    yield stage
    context.close()


def rendered(texts: list[str]) -> list[str]:
    """Return the texts as comments in the site's own template."""
    run = subprocess.run(
        [sys.executable, "-m", "comments.tests.attack_page"],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    html: list[str] = json.loads(run.stdout)
    return html


@cache
def everything() -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """Return the texts of each sort, and their comments, by name; all in one go, to start once."""
    texts = {
        sort: {f"{sort} {n}": text for n, text in enumerate(found)}
        for sort, found in collections().items()
    }
    for sort in OURS:
        ours = {name: text for name, text in attacks().items() if name.split()[0] == sort}
        step = len(ours) // MOST + 1  # the suite judges every one of them without a browser
        texts[sort] = dict(list(ours.items())[::step])
    html = iter(rendered([text for some in texts.values() for text in some.values()]))
    return {sort: (some, {name: next(html) for name in some}) for sort, some in texts.items()}


def test_the_stage_sees_what_an_attack_does(stage: Stage) -> None:
    """Were it blind, the tests below would see nothing either."""
    for html, sign in {
        f"<img src=x onerror='{HIT}'>": "hit",
        "<script>alert(1)</script>": "alert: 1",
        f"<img src=//{HOST}/a>": f"asked for http://{HOST}/a",
        "<div class=comment-text><p onmouseover='top.hit=1'>a</p></div>": "hit",
        "</ol><p>a</p>": "outside every comment",
        "<div class=comment-text><a href='javascript:a'>a</a></div>": "href=javascript:a",
        "<div class=comment-text><b>a</b></div>": "<b>",
        "<iframe></iframe>": "frames: 2",
        f"<meta http-equiv=refresh content='0;//{HOST}/b'>": f"asked for http://{HOST}/b",
    }.items():
        assert sign in str(stage.show({"known": html})), html


def test_harmless_comments_are_shown(stage: Stage) -> None:
    text = "Hello *there*\n\n> [a](https://x.org) `b`\n\n3. c\n7. d"
    assert stage.show({"kind": rendered([text])[0]}) == []
    assert stage.page.locator(".comment-text").inner_text().split() == [
        *("Hello", "there", "a", "b", "c", "d")
    ]


@pytest.mark.parametrize("sort", [*OURS, *PUBLIC])
def test_nothing_happens(sort: str, stage: Stage) -> None:
    texts, comments = everything()[sort]
    assert len(texts) >= PUBLIC.get(sort, 1)
    names = list(comments)
    for begin in range(0, len(names), AT_ONCE):
        some = {name: comments[name] for name in names[begin : begin + AT_ONCE]}
        if stage.show(some):
            guilty = guilty_of(some, stage)
            pytest.fail("\n".join(f"{name}: {texts[name]!r}: {what}" for name, what in guilty))
    print(f"{len(names):,} hostile comments of the sort “{sort}” did nothing")


def guilty_of(comments: dict[str, str], stage: Stage) -> list[tuple[str, list[Any]]]:
    """Return the first comments that do something, each with what it does."""
    waiting, guilty = [list(comments)], []
    while waiting and len(guilty) < 5:
        names = waiting.pop(0)
        found = stage.show({name: comments[name] for name in names})
        if found and len(names) == 1:
            guilty.append((names[0], found))
        elif found:
            waiting += [names[: len(names) // 2], names[len(names) // 2 :]]
    return guilty
