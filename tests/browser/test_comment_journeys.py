"""A comment from its first word to its last, by everybody who has to do with it.

Once with JavaScript, in place and by keys, and once without. On the way every kind of page is
looked at: by axe, on a phone and a desktop; by the HTML checker; for errors and for other hosts.
"""

import re
from urllib.parse import urlsplit

import pytest
from conftest import none
from journey import DESK, PASSWORD, Person, Stage, look_again, not_valid
from own_site import OwnSite
from playwright.sync_api import Browser, expect

GUIDES = {True: "/guides/is-backend-for-you/", False: "/salaries/pay-by-seniority/"}
FIRST = "I would have *begun* with the queue.\n\n> and then?\n\nSee https://example.org/queue."
SECOND = "I would have *begun* with the queue, and with its end."
ANSWER = "The end of a queue is where it hurts: `LIMIT 10` helped us."
STATEMENT = "It tells of your own case and not of what the guide says."
APPEAL = "It answers the comment above, which is about the guide."
NOTICE = "The page quotes a whole article of somebody else."
REVERSAL = "It does answer the comment above. It should not have been rejected."


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_conversation(
    has_scripts: bool, own_site: OwnSite, browser: Browser, html_checker: str
) -> None:
    """Written, confirmed, approved, changed, answered, rejected, appealed, reversed, deleted."""
    stage = Stage(browser, own_site, has_scripts)
    guest = stage.person("Gus Guest", is_guest=True)
    reader = stage.person("Rana Reader")
    first = stage.person("Mo Derator", is_moderator=True)
    second = stage.person("Ada Other", is_moderator=True)
    guide = GUIDES[has_scripts]
    guest_writes(stage, guest, guide)
    own = guest_confirms(stage, guest)
    sign_in(first, DESK)
    approve(stage, first, "Gus Guest")
    guest_changes(stage, guest, guide, own)
    approve(stage, first, "Gus Guest")
    reader_answers(stage, reader, guide)
    reject(stage, first, "Rana Reader")
    reader_appeals(stage, reader)
    guest_deletes(stage, guest, guide, own)
    sign_in(second, DESK)
    appeal_is_decided(stage, first, second)
    everybody_sees_it(stage, guest, reader, guide)
    guest_reports(stage, guest, second, guide)
    guest_sends_a_notice(stage, guest, second)
    stage.close()
    found = [fault for fault in stage.faults if "status of 400" not in fault]
    found += not_valid(html_checker, stage)
    none(found + look_again(browser, stage))


def guest_writes(stage: Stage, guest: Person, guide: str) -> None:
    page = guest.go(guide)
    stage.keep("guide without comments", guest)
    page.get_by_role("textbox", name=re.compile("^Comment")).fill(FIRST)
    page.get_by_role("textbox", name=re.compile("^Name")).fill("Gus Guest")
    guest.press("Continue to the preview")
    guest.reads("Write your e-mail address")
    email = page.locator(".writing input[type=email]")
    described = email.get_attribute("aria-describedby") or ""
    told = " ".join(page.locator(f"#{name}").inner_text() for name in described.split())
    assert "Write your e-mail address" in told
    expect(page.locator(".writing textarea")).to_have_value(FIRST)
    stage.keep("form with a mistake", guest)
    assert page.url.endswith(guide) == stage.has_scripts
    email.fill(guest.email)
    guest.press("Continue to the preview")
    expect(page.locator(".comment-text em", has_text="begun")).to_be_visible()
    link = page.locator(".comment-text a[href='https://example.org/queue']")
    assert {"ugc", "nofollow"} <= set((link.get_attribute("rel") or "").split())
    stage.keep("preview", guest)
    guest.press("Change it")
    expect(page.locator(".writing textarea")).to_have_value(FIRST)
    stage.keep("form, again", guest)
    guest.press("Continue to the preview")
    guest.press("Send the comment")
    guest.reads("aits for your confirmation")
    stage.keep("own comment, to be confirmed", guest)


def guest_confirms(stage: Stage, guest: Person) -> str:
    """Return the address of the comment's own page, to which the button leads."""
    page = guest.go(stage.site.link_in_letter(guest.email, "/comments/confirm/"))
    stage.keep("confirmation", guest)
    page.reload()  # opening the link does nothing yet, however often
    guest.send("Yes, I wrote this: send it on")
    guest.reads("aits for a moderator")
    stage.keep("confirmed", guest)
    return page.url


def sign_in(person: Person, path: str) -> None:
    page = person.go(path)
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    person.follow(page.locator("main form[method=post] button[type=submit]").first)
    assert urlsplit(page.url).path == path


def approve(stage: Stage, moderator: Person, name: str) -> None:
    page = moderator.go(DESK)
    card = page.locator("[data-card]", has=page.get_by_role("heading", name=name))
    expect(card).to_have_count(1)
    stage.keep("desk", moderator)
    if stage.has_scripts:
        page.keyboard.press("j")
        expect(card).to_be_focused()
        page.keyboard.press("a")
        expect(page.locator("[data-status]")).to_contain_text("left on this page")
    else:
        moderator.follow(card.get_by_role("button", name="Approve", exact=True))
        expect(page.get_by_text("Your last decision")).to_be_visible()


def guest_changes(stage: Stage, guest: Person, guide: str, own: str) -> None:
    page = guest.go(guide)
    guest.reads("I would have begun")
    stage.keep("guide with a comment", guest)
    guest.go(own)
    guest.reads("You can change or delete it until")
    stage.keep("own comment, public", guest)
    guest.follow(page.get_by_role("link", name="Change", exact=True))
    page.locator(".writing textarea").fill(SECOND)
    stage.keep("change", guest)
    guest.press("Continue to the preview")
    expect(page.locator(".comment-text", has_text="and with its end")).to_be_visible()
    guest.press("Save")
    guest.reads("aits for a moderator")
    guest.go(guide)
    expect(page.locator(".comments", has_text="begun")).to_have_count(0)


def reader_answers(stage: Stage, reader: Person, guide: str) -> None:
    sign_in(reader, "/account/comments/")
    stage.keep("no comments of mine", reader)
    page = reader.go(guide)
    page.get_by_role("link", name=re.compile("Reply to Gus Guest")).click()
    form = page.locator("form[data-form]", has=page.locator("input[name=parent]"))
    form.locator("textarea").fill(ANSWER)
    expect(form.locator("input[name=email]")).to_have_count(0)
    stage.keep("answer", reader)
    form.get_by_role("button", name="Continue to the preview").click()
    reader.press("Send the answer")
    reader.reads("aits for a moderator")


def reject(stage: Stage, moderator: Person, name: str) -> None:
    page = moderator.go(DESK)
    card = page.locator("[data-card]", has=page.get_by_role("heading", name=name))
    if stage.has_scripts:
        page.keyboard.press("j")
        page.keyboard.press("r")
        expect(card.locator("select")).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        expect(card.locator("select")).to_have_value("off-topic")
        page.keyboard.press("Tab")
        page.keyboard.type(STATEMENT)
        page.keyboard.press("Control+Enter")
        expect(page.locator("[data-status]")).to_contain_text("left on this page")
    else:
        card.get_by_text("Reject…").click()
        card.locator("select").select_option("off-topic")
        card.locator("textarea").fill(STATEMENT)
        moderator.follow(card.get_by_role("button", name="Reject with this reason"))
        expect(page.get_by_text("Your last decision")).to_be_visible()
    stage.keep("desk, after a decision", moderator)


def reader_appeals(stage: Stage, reader: Person) -> None:
    page = reader.go(stage.site.link_in_letter(reader.email, "/comments/decisions/"))
    reader.reads(STATEMENT)
    reader.reads("It is not about the guide or the comment that it answers.")
    stage.keep("statement of reasons", reader)
    reader.follow(page.get_by_role("link", name="Appeal against this decision"))
    reader.send("Send the appeal")
    reader.reads("Not sent yet")
    stage.keep("appeal with a mistake", reader)
    page.locator("main textarea").fill(APPEAL)
    reader.send("Send the appeal")
    reader.reads("We have your appeal.")
    stage.keep("statement of reasons, appealed", reader)


def guest_deletes(stage: Stage, guest: Person, guide: str, own: str) -> None:
    page = guest.go(own)
    guest.follow(page.get_by_role("link", name="Delete", exact=True))
    stage.keep("delete", guest)
    guest.send("Delete it")
    guest.reads("Its words are gone from the site.")
    expect(page.locator("main textarea")).to_have_value(SECOND)
    stage.keep("deleted", guest)
    guest.go(guide)
    expect(page.locator(".comments")).to_have_count(0)


def appeal_is_decided(stage: Stage, first: Person, second: Person) -> None:
    page = first.go("/admin/comments/comment/appeals/")
    first.reads("Another moderator decides")
    assert page.get_by_role("button", name="Reverse the decision").count() == 0
    page = second.go("/admin/comments/comment/appeals/")
    second.reads(APPEAL)
    second.send("Reverse the decision")
    second.reads("Tell the writer why")
    stage.keep("appeals at the desk", second)
    page.locator("[name^=statement-]").fill(REVERSAL)
    second.send("Reverse the decision")
    second.reads("No appeal waits")
    stage.keep("appeals at the desk, done", second)


def everybody_sees_it(stage: Stage, guest: Person, reader: Person, guide: str) -> None:
    page = guest.go(guide)
    guest.reads("The end of a queue is where it hurts")
    gone = page.locator(".comments .comment__gone")
    expect(gone).to_have_count(1)
    stage.keep("guide with an answer to a deleted comment", guest)
    reader.go(stage.site.link_in_letter(reader.email, "/comments/decisions/"))
    reader.reads("The decision was reversed")
    reader.reads(REVERSAL)
    stage.keep("statement of reasons, reversed", reader)
    reader.go("/account/comments/")
    reader.reads("The end of a queue")
    stage.keep("my comments", reader)
    guest.go("/transparency/")
    stage.keep("transparency", guest)


def guest_reports(stage: Stage, guest: Person, moderator: Person, guide: str) -> None:
    page = guest.go(guide)
    guest.follow(page.get_by_role("link", name=re.compile("Report comment . by Rana Reader")))
    guest.send("Send the report")
    guest.reads("Not sent yet")
    stage.keep("report with a mistake", guest)
    page.get_by_label("It repeats what was said before").check()
    guest.send("Send the report")
    guest.reads("We have your report")
    stage.keep("reported", guest)
    page = moderator.go(f"{DESK}?queue=reported")
    card = page.locator("[data-card]", has=page.get_by_role("heading", name="Rana Reader"))
    stage.keep("desk, reported", moderator)
    if stage.has_scripts:
        page.keyboard.press("j")
        page.keyboard.press("a")
        expect(page.locator("[data-status]")).to_contain_text("left on this page")
    else:
        moderator.follow(card.get_by_role("button", name="Keep it public"))
    expect(card).not_to_be_visible()


def guest_sends_a_notice(stage: Stage, guest: Person, moderator: Person) -> None:
    page = guest.go("/comments/notice/")
    guest.send("Send the notice")
    guest.reads("Not sent yet")
    stage.keep("notice with mistakes", guest)
    page.get_by_label("Where it stands").fill(f"{stage.site.url}/about/")
    page.get_by_label("Why it is against the law").fill(NOTICE)
    page.get_by_label("I believe in good faith").check()
    guest.send("Send the notice")
    guest.reads("We have your notice")
    stage.keep("notice, received", guest)
    desk = moderator.go("/admin/comments/comment/notices/")
    moderator.reads(NOTICE)
    stage.keep("notices at the desk", moderator)
    desk.locator("[name^=statement-]").fill("The law allows to quote it.")
    moderator.send("The content stays")
    moderator.reads("No notice waits")
    page.reload()
    guest.reads("The law allows to quote it.")
    stage.keep("notice, decided", guest)
