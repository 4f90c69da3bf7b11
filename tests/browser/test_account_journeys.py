"""An account from its first minute to its last, by the person it belongs to.

Once with JavaScript and once without; passkeys, which need it, have a journey of their own. Letters
go through the worker to a mail server, and are read there. Every page on the way is looked at.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from account_site import AccountSite
from authenticators import add_authenticator, app_code
from conftest import none
from journey import PASSWORD, Person, Stage, look_again, not_valid
from mail_sink import MailSink
from playwright.sync_api import Browser, Page, expect

NEW_PASSWORD = "another way through many pages"
ACCOUNT = "**/account/"


@pytest.fixture(scope="module")
def account_site(site_var: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AccountSite]:
    """A copy of the site with a worker and a mail server beside it."""
    with (
        MailSink() as sink,
        AccountSite(site_var, tmp_path_factory.mktemp("accounts") / "var", sink) as site,
    ):
        yield site


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def stage(
    request: pytest.FixtureRequest, account_site: AccountSite, browser: Browser, html_checker: str
) -> Iterator[Stage]:
    """Where a journey takes place; at its end, what its pages did wrong fails the test."""
    has_scripts = getattr(request, "param", True)
    stage = Stage(browser, account_site, has_scripts)
    yield stage
    stage.close()
    found = [fault for fault in stage.faults if "status of 400" not in fault]
    found += not_valid(html_checker, stage)
    none(found + look_again(browser, stage))


def test_from_signing_up_to_a_new_password(stage: Stage, account_site: AccountSite) -> None:
    """Signed up, confirmed, out and in by password and by code, and in after a forgotten one."""
    person = newcomer(stage, "Nina Newcomer")
    sign_up(stage, person, account_site.sink)
    sign_out(person)
    sign_in_by_password(stage, person, PASSWORD)
    sign_out(person)
    page = person.go("/account/login/code/")
    page.get_by_label("E-mail address").fill(person.email)
    stage.keep("ask for a code", person)
    person.send("Send the code")
    page.get_by_label("Code", exact=True).fill("AAA-AAA")
    stage.keep("code for signing in", person)
    person.send("Go on")
    person.reads("This code is not right")
    stage.keep("wrong code", person)
    write_code(person, account_site.sink.code_to(person.email, "sign in"))
    assert is_at(page, "/account/")
    sign_out(person)
    page = person.go("/account/password/reset/")
    page.get_by_label("E-mail address").fill(person.email)
    stage.keep("forgotten", person)
    person.send("Send the code")
    write_code(person, account_site.sink.code_to(person.email, "new password"))
    page.get_by_label("New password", exact=True).fill("password1234")
    person.send("Set the password")
    expect(page.locator(".field__error").first).to_be_visible()
    stage.keep("new password refused", person)
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    person.send("Set the password")
    person.reads("Your password is changed")
    stage.keep("new password set", person)
    assert account_site.sink.next_to(person.email, "new password was set")
    sign_in_by_password(stage, person, NEW_PASSWORD)


def test_profile_and_public_page(stage: Stage, account_site: AccountSite) -> None:
    """A page of one's own that strangers can read, after a mistake that lost no words."""
    person = member(stage, "Pia Profile", account_site)
    stranger = stage.person("Sid Stranger", is_guest=True)
    page = person.go("/account/profile/")
    handle = f"pia-{stage.has_scripts:d}"
    page.get_by_label("About you").fill("I keep queues short.\n\nAnd backups shorter.")
    page.get_by_label("Show a public page about me").check()
    stage.keep("profile", person)
    person.send("Save")
    expect(page.locator(".field__error").first).to_be_visible()
    expect(page.get_by_label("About you")).to_have_value(re.compile("queues short"))
    stage.keep("profile with a mistake", person)
    page.get_by_label("Address of your page").fill(handle)
    person.send("Save")
    stranger.go(f"/members/{handle}/")
    stranger.reads("I keep queues short.")
    stage.keep("public page", stranger)


def test_saved_guide_and_devices(stage: Stage, account_site: AccountSite) -> None:
    """A guide kept, and another device signed out from here."""
    person = member(stage, "Dan Devices", account_site)
    page = person.page
    person.go("/account/guides/is-backend-for-you/?revision=1")
    stage.keep("guide to be saved", person)
    person.press("Save this guide")
    person.reads("On your list since")
    person.go("/account/saved/")
    expect(page.get_by_role("link", name="Is backend development for you?")).to_be_visible()
    stage.keep("saved guides", person)
    person.go("/account/progress/")
    stage.keep("progress", person)
    person.go("/account/notifications/")
    stage.keep("notifications", person)

    elsewhere = stage.person("Dan Elsewhere", is_guest=True)
    elsewhere.email = person.email
    sign_in_by_password(stage, elsewhere, PASSWORD)
    page = person.go("/account/sessions/")
    stage.keep("devices", person)
    person.send("Sign out everywhere else")
    elsewhere.go("/account/")
    assert "/account/login/" in elsewhere.page.url
    person.go("/account/")
    stage.keep("overview", person)


def test_staff_set_up_an_app_before_the_desk_opens(stage: Stage, account_site: AccountSite) -> None:
    """Led from the desk to an authenticator app, through its codes, and back to the desk."""
    person = member(stage, "Stan Staff", account_site, is_moderator=True)
    page = person.go("/admin/")
    person.reads("The desk asks for a second factor")
    stage.keep("the desk asks", person)
    person.follow(page.get_by_role("link", name="Set up an authenticator app"))
    stage.keep("authenticator app", person)
    page.get_by_label("Code", exact=True).fill("000000")
    person.send("Switch it on")
    expect(page.locator(".field__error").first).to_be_visible()
    secret = page.locator("figcaption code").inner_text()
    page.get_by_label("Code", exact=True).fill(app_code(secret))
    person.send("Switch it on")
    expect(page.locator(".recovery-codes")).to_be_visible()
    recovery = page.locator(".recovery-codes code").first.inner_text()
    stage.keep("recovery codes", person)
    person.follow(page.get_by_role("link", name="I have kept them: on to the desk"))
    assert is_at(page, "/admin/")
    person.go("/account/security/")
    stage.keep("security with an app", person)

    sign_out(person)
    page = person.go("/admin/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    person.send("Sign in")
    stage.keep("second step", person)
    page.get_by_label("Code", exact=True).fill(recovery)
    person.send("Sign in")
    assert is_at(page, "/admin/")


def test_data_taken_and_account_deleted(stage: Stage, account_site: AccountSite) -> None:
    """The archive holds the person; a deletion is asked for, taken back, and asked for again."""
    person = member(stage, "Dora Data", account_site)
    page = person.go("/account/data/")
    stage.keep("data", person)
    with page.expect_download() as download:
        person.press("Download my data")
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as archive:
        (data,) = [name for name in archive.namelist() if name.endswith("/data.json")]
        assert person.email in archive.read(data).decode()
    page = person.go("/account/data/delete/")
    stage.keep("delete", person)
    person.send("Delete my account in 24 hours")
    expect(page.locator(".field__error").first).to_be_visible()
    stage.keep("delete, not sure", person)
    page.get_by_label("Remove the words too").check()
    page.get_by_label("I understand").check()
    person.send("Delete my account in 24 hours")
    person.reads("about to be deleted")
    stage.keep("to be deleted", person)
    assert account_site.sink.next_to(person.email, "will be deleted")
    person.send("Keep my account")
    expect(page.get_by_text("about to be deleted")).to_have_count(0)
    assert account_site.sink.next_to(person.email, "keep your account")


@pytest.mark.parametrize("stage", [True], indirect=True, ids=["scripts"])
def test_passkeys(stage: Stage, account_site: AccountSite) -> None:
    """Added to an account, used to sign in, and the only key of an account made with one."""
    person = member(stage, "Kai Key", account_site)
    add_authenticator(person.page)
    page = person.go("/account/2fa/webauthn/add/")
    page.get_by_label(re.compile("^Name")).fill("Desk drawer")
    stage.keep("add a passkey", person)
    person.press("Add the passkey")
    expect(page.locator(".recovery-codes")).to_be_visible()
    page = person.go("/account/security/")
    person.reads("Desk drawer")
    stage.keep("security with a passkey", person)
    sign_out(person)
    page = person.go("/account/login/")
    person.press("Sign in with a passkey")
    page.wait_for_url(ACCOUNT)

    other = newcomer(stage, "Una Unlocked")
    add_authenticator(other.page)
    page = other.go("/account/signup/")
    other.follow(page.get_by_role("link", name="Sign up with a passkey"))
    page.get_by_label("E-mail address").fill(other.email)
    stage.keep("sign up with a passkey", other)
    other.send("Send the code")
    write_code(other, account_site.sink.code_to(other.email))
    other.reads("Create your passkey")
    stage.keep("create the passkey", other)
    other.press("Create the passkey")
    page.wait_for_url(lambda url: "/signup/" not in url)
    sign_out(other)
    page = other.go("/account/login/")
    other.press("Sign in with a passkey")
    page.wait_for_url(ACCOUNT)


def newcomer(stage: Stage, name: str) -> Person:
    """Return somebody without an account."""
    return stage.person(name, is_guest=True)


def member(stage: Stage, name: str, site: AccountSite, *, is_moderator: bool = False) -> Person:
    """Return somebody with an account who is signed in."""
    person = stage.person(name, is_moderator=is_moderator)
    sign_in_by_password(stage, person, PASSWORD)
    return person


def sign_up(stage: Stage, person: Person, sink: MailSink) -> None:
    """Sign up by password, with a mistake first."""
    page = person.go("/account/signup/")
    stage.keep("sign up", person)
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill("qwertyuiop12")
    person.send("Sign up")
    expect(page.locator(".field__error").first).to_be_visible()
    expect(page.get_by_label("E-mail address")).to_have_value(person.email)
    stage.keep("sign up with a weak password", person)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    person.send("Sign up")
    stage.keep("code for the address", person)
    write_code(person, sink.code_to(person.email))
    assert is_at(page, "/account/")
    stage.keep("first overview", person)


def write_code(person: Person, code: str) -> None:
    """Write an e-mailed code where one is asked for."""
    person.page.get_by_label("Code", exact=True).fill(code)
    person.send("Go on")


def sign_in_by_password(stage: Stage, person: Person, password: str) -> None:
    """Sign in, and arrive at the overview, through new terms if there are any."""
    page = person.go("/account/login/")
    stage.keep("sign in", person)
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(password)
    person.send("Sign in")
    if not is_at(page, "/account/"):
        assert is_at(page, "/account/agreements/")
        stage.keep("agreements", person)
        person.send("I agree")
        assert is_at(page, "/account/")


def is_at(page: Page, path: str) -> bool:
    """Return whether this is the page; `?next=` may end with the same words as an address."""
    return urlsplit(page.url).path == path


def sign_out(person: Person) -> None:
    """Sign out by the page that asks."""
    person.go("/account/logout/")
    person.send("Sign out", inside="main")
    person.reads("You are signed out")
