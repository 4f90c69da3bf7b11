"""In a real browser no word of a comment is lost: not when the page is left, not when the line is
cut, not when the site fails, not when one clicks twice."""

import re
from collections.abc import Iterator

import pytest
from own_site import OwnSite
from playwright.sync_api import Browser, Page, Route, expect

GUIDES = ("/guides/is-backend-for-you/", "/guides/how-a-web-request-works/")
WORDS = 'Words with <b>marks</b> & "quotes" 🙂\n\n> and lines'
NETWORKS = iter(f"198.51.100.{number}" for number in range(1, 250))


@pytest.fixture
def page(own_site: OwnSite, browser: Browser) -> Iterator[Page]:
    """A browser of somebody new, from a network of their own."""
    context = browser.new_context(
        base_url=own_site.url,
        reduced_motion="reduce",
        extra_http_headers={"X-Forwarded-For": next(NETWORKS)},
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def fill_in(page: Page, guide: str = GUIDES[0]) -> None:
    """Write a comment in the form of a guide, as a guest."""
    page.goto(guide)
    page.locator("#first-text").fill(WORDS)
    page.locator("#first-name").fill("Gus Guest")
    page.locator("#first-email").fill("gus@example.org")


def press(page: Page, label: str) -> None:
    page.locator(".writing").get_by_role("button", name=label, exact=True).click()


def has_words(page: Page, words: str = WORDS) -> None:
    """Wait until the form holds the words, which a script puts there."""
    expect(page.locator(".writing textarea").first).to_have_value(words)


def test_a_page_that_was_left_has_the_words_again_and_no_other_guide_has(page: Page) -> None:
    """A draft is kept for its guide."""
    fill_in(page)
    page.goto("/about/")
    page.goto(GUIDES[0])
    has_words(page)
    expect(page.get_by_text("What you had begun to write is here again.")).to_be_visible()
    page.goto(GUIDES[1])
    has_words(page, "")


def test_a_cut_line_is_told_and_costs_nothing(page: Page) -> None:
    """Offline, the words stay; online again, the same button sends them."""
    fill_in(page)
    page.context.set_offline(True)
    press(page, "Continue to the preview")
    expect(page.get_by_role("status")).to_contain_text("The site could not be reached.")
    has_words(page)
    page.context.set_offline(False)
    press(page, "Continue to the preview")
    expect(page.get_by_role("button", name="Send the comment")).to_be_visible()


def test_a_site_that_fails_costs_nothing(page: Page) -> None:
    """What answers in the site's place is not shown; then the form goes the usual way."""
    fill_in(page)

    def fail(route: Route) -> None:
        route.fulfill(status=502, body="<h1>Bad gateway</h1>", content_type="text/html")

    page.route("**/comments/write/**", fail)
    press(page, "Continue to the preview")
    expect(page.get_by_role("status")).to_contain_text("The site could not be reached.")
    has_words(page)
    page.unroute("**/comments/write/**")
    press(page, "Continue to the preview")
    page.wait_for_url("**/comments/write/**")
    press(page, "Send the comment")
    page.wait_for_url("**/yours/")
    page.goto(GUIDES[0])
    has_words(page, "")


def test_two_clicks_store_one_comment_and_clear_the_draft(page: Page) -> None:
    """The second click does nothing; what was sent stands in the guide for its writer alone."""
    fill_in(page)
    press(page, "Continue to the preview")
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_role("button", name="Send the comment").dblclick()
    expect(page.get_by_text("Your comment is stored: waits for your confirmation")).to_be_visible()
    assert sent.count("POST") == 1
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('draft'))") == []
    page.reload()
    expect(page.get_by_role("heading", name="Yours, and not public")).to_be_visible()
    page.goto("/comments/mine/")
    expect(page.locator("a[href$='/yours/']")).to_have_count(1)


def test_cookies_that_vanish_are_replaced_without_a_loss(page: Page) -> None:
    """The token is gone: the words come back with another one."""
    fill_in(page)
    press(page, "Continue to the preview")
    expect(page.get_by_role("button", name="Send the comment")).to_be_visible()
    page.context.clear_cookies()
    press(page, "Send the comment")
    expect(page.get_by_text("The form was too old to be taken")).to_be_visible()
    press(page, "Send the comment")
    expect(page.get_by_text(re.compile("Your comment is stored"))).to_be_visible()


def test_by_keys_alone(page: Page) -> None:
    """From the text to the stored comment with Tab, Enter and Space."""
    page.goto(GUIDES[0])
    page.locator("#first-text").focus()
    keys = page.keyboard
    keys.type("By keys alone.")
    for typed in ("Gus Guest", "keys@example.org"):
        keys.press("Tab")
        keys.type(typed)
    for _ in range(3):
        keys.press("Tab")  # section, letters, and past the trap to the button
    expect(page.get_by_role("button", name="Continue to the preview")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("[data-told]:focus")).to_contain_text("By keys alone.")
    keys.press("Tab")
    expect(page.get_by_role("button", name="Send the comment")).to_be_focused()
    keys.press("Space")
    expect(page.locator("[data-told]:focus")).to_contain_text(
        "Waits for your confirmation", ignore_case=True
    )


def test_a_guide_asks_nothing_before_somebody_writes(page: Page) -> None:
    """Readers cause no request about themselves, and get no cookie."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(GUIDES[0], wait_until="networkidle")
    assert not [url for url in asked if "/comments/" in url]
    assert page.context.cookies() == []
