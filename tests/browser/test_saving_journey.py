"""Saving a guide and marking it as read at its end: in place with scripts, on a page without."""

import re
from collections.abc import Iterator

import pytest
from conftest import none
from journey import PASSWORD, Person, Stage
from own_site import OwnSite
from playwright.sync_api import Browser, expect
from test_pages import AXE

GUIDE = "/guides/is-backend-for-you/"
OF_ACCOUNT = "/account/guides/is-backend-for-you/"
LINK = "Save it or mark it as read"
RUN_AXE = """async () => (await axe.run('.guide__foot', {resultTypes: ['violations']})).violations
  .map(rule => rule.id)"""


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def stage(request: pytest.FixtureRequest, own_site: OwnSite, browser: Browser) -> Iterator[Stage]:
    """Where a journey takes place; what its pages did wrong fails the test."""
    stage = Stage(browser, own_site, request.param)
    yield stage
    stage.close()
    none(stage.faults)


def signed_in(stage: Stage, name: str) -> Person:
    """Return somebody with an account who has come in."""
    person = stage.person(name)
    page = person.go("/account/login/")
    page.get_by_label("E-mail").first.fill(person.email)
    page.get_by_label("Password").first.fill(PASSWORD)
    with page.expect_navigation(url=lambda url: "/login/" not in url):
        page.locator("form:has(input[type=password]) button[type=submit]").first.click()
    return person


def test_reader_saves_and_marks_at_the_end_of_a_guide(stage: Stage) -> None:
    """In place the guide stays; without scripts the buttons stand on a page of the account."""
    person = signed_in(stage, "Rosa Reader")
    page = person.go(GUIDE)
    page.get_by_role("link", name=LINK).click()
    expect(page.get_by_role("button", name="Save this guide")).to_be_visible()
    assert (GUIDE if stage.has_scripts else OF_ACCOUNT) in page.url
    person.press("Save this guide")
    person.reads("On your list since")
    person.press("Mark revision 1 as read")
    person.reads("You marked revision 1 as read on")
    if stage.has_scripts:
        assert page.url.endswith(GUIDE)
        expect(page.locator(".guide__foot .form").first).to_be_focused()
        page.evaluate(AXE)
        assert page.evaluate(RUN_AXE) == []
    person.go(GUIDE)  # the guide knows nobody, so the link is back
    expect(page.get_by_role("link", name=LINK)).to_be_visible()
    page = person.go("/account/saved/")
    person.follow(page.get_by_role("button", name=re.compile("^Take off the list")))
    person.reads("You have saved no guides yet.")
    person.follow(page.get_by_role("button", name=re.compile("^Put back")))
    person.reads("Put back: 1 guide.")
    person.go("/account/progress/")
    person.reads("1 of ")
    person.follow(page.get_by_role("link", name="Forget my progress"))
    person.send("Forget my progress")
    person.reads("Forgotten: 1 mark.")


def test_stranger_is_asked_to_sign_in(stage: Stage) -> None:
    """With scripts and without: the page that asks, and the way back in its address."""
    person = stage.person("Sam Stranger", is_guest=True)
    page = person.go(GUIDE)
    assert not page.context.cookies()
    page.get_by_role("link", name=LINK).click()
    page.wait_for_url(re.compile(r"/account/login/\?next="))
    assert f"next={OF_ACCOUNT}" in page.url
