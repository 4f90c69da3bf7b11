"""The profile: what people say about themselves, and what they may not say."""

import html
import re

import pytest
from django.test import Client

from accounts.models import ProfileLink, User
from accounts.tests.factories import create_user

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]

PAGE = "/account/profile/"


@pytest.fixture
def ada() -> User:
    return create_user(email="ada@example.org", display_name="Ada")


@pytest.fixture
def signed_in(client, ada) -> Client:
    client.force_login(ada)
    return client


def filled(**fields) -> dict:
    """Return the form as a browser sends it."""
    rows: dict[str, str] = {}
    for number in range(5):
        label, url = fields.pop(f"link{number}", ("", ""))
        rows |= {f"links-{number}-label": label, f"links-{number}-url": url}
    management = {"links-TOTAL_FORMS": "5", "links-INITIAL_FORMS": "0"}
    texts = {"display_name": "Ada", "time_zone": "UTC", "handle": "", "bio": ""}
    return {**management, **texts, **rows, **fields}


def words(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_everything_is_stored_and_shown_again(signed_in, ada) -> None:
    sent = filled(
        display_name="  Ada   Lovelace ",
        time_zone="Europe/Berlin",
        is_profile_public="on",
        handle="ada-l",
        bio="One.\r\n\r\nTwo.",
        link0=("My notes", "https://notes.example.org/"),
        link2=("", "example.org/ada"),
    )
    response = signed_in.post(PAGE, sent)
    assert response.status_code == 303
    assert response["Location"] == PAGE
    ada.refresh_from_db()
    assert (ada.display_name, ada.handle, ada.bio) == ("Ada Lovelace", "ada-l", "One.\n\nTwo.")
    assert (ada.time_zone, ada.is_profile_public) == ("Europe/Berlin", True)
    page = signed_in.get(PAGE)
    assert "Your profile is saved." in words(page)
    assert 'value="Ada Lovelace"' in page.content.decode()
    assert '<option value="Europe/Berlin" selected>Berlin</option>' in page.content.decode()
    assert 'value="https://example.org/ada"' in page.content.decode()
    assert "It is at http://localhost:8000/members/ada-l/" in words(page)


def test_saving_changes_nothing_else_of_the_account(signed_in, ada) -> None:
    password, stamp = ada.password, ada.security_stamp
    signed_in.post(PAGE, filled(is_staff="on", email="x@example.org", is_superuser="on"))
    ada.refresh_from_db()
    assert (ada.password, ada.security_stamp, ada.email) == (password, stamp, "ada@example.org")
    assert not ada.is_staff
    assert not ada.is_superuser


def test_an_emptied_row_removes_its_link(signed_in, ada) -> None:
    signed_in.post(
        PAGE, filled(link0=("A", "https://a.example/"), link1=("B", "https://b.example/"))
    )
    signed_in.post(PAGE, filled(link1=("B", "https://b.example/")))
    assert list(ada.profile_links.values_list("label", flat=True)) == ["B"]


def test_who_is_not_signed_in_is_asked_to(client) -> None:
    response = client.get(PAGE)
    assert response.status_code == 302
    assert response["Location"] == f"/account/login/?next={PAGE}"


def test_who_was_signed_out_meanwhile_gets_the_words_back(client) -> None:
    response = client.post(PAGE, filled(bio="An hour of <work>.", display_name="Ada"))
    assert response.status_code == 403
    assert "You are signed out" in words(response)
    assert "An hour of <work>." in words(response)
    assert f"/account/login/?next={PAGE}" in response.content.decode()
    assert not User.objects.exists()


def test_other_methods_are_refused(signed_in) -> None:
    assert signed_in.put(PAGE).status_code == 405
    assert signed_in.delete(PAGE).status_code == 405


def test_the_page_is_kept_in_no_cache(signed_in) -> None:
    assert "no-store" in signed_in.get(PAGE)["Cache-Control"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("display_name", "ada@example.org", "Your name would be public; this is an e-mail address"),
        ("display_name", "Backend Guіde", "This name speaks for the site"),  # a Cyrillic і
        ("display_name", "\u3164", "Write a name that can be read."),
        ("display_name", "n" * 81, "A name has room for 80 characters; this has 81."),
        ("bio", "b" * 601, "There is room for 600 characters; this is 1 too long."),
        ("time_zone", "Mars/Olympus", "Select a valid choice."),
        ("handle", "Ada", "Use small letters, digits and hyphens"),
        ("handle", "-ada", "Use small letters, digits and hyphens"),
        ("handle", "ad", "Use at least 3 letters or digits."),
        ("handle", "a" * 41, "An address has room for 40 letters and digits."),
    ],
)
def test_what_is_wrong_is_said_and_the_words_come_back(field, value, said, signed_in, ada) -> None:
    response = signed_in.post(
        PAGE, filled(**{field: value, "bio": "Kept." if field != "bio" else value})
    )
    assert response.status_code == 400
    assert said in words(response)
    assert "Nothing is saved yet" in words(response)
    assert f'href="#profile-{field}"' in response.content.decode()
    assert (value if field == "bio" else "Kept.") in words(response)
    ada.refresh_from_db()
    assert (ada.display_name, ada.bio, ada.handle, ada.time_zone) == ("Ada", "", None, "UTC")


def test_600_characters_with_line_ends_of_a_browser_fit(signed_in, ada) -> None:
    signed_in.post(PAGE, filled(bio="a\r\n" * 299 + "ab"))
    ada.refresh_from_db()
    assert len(ada.bio) == 600


def test_marks_that_turn_the_text_around_are_left_out(signed_in, ada) -> None:
    signed_in.post(PAGE, filled(display_name="A\u202eda", bio="safe\u202e txt\x00"))
    ada.refresh_from_db()
    assert (ada.display_name, ada.bio) == ("Ada", "safe txt")


def test_staff_may_sign_with_the_name_of_the_site(client) -> None:
    boss = create_user(is_staff=True)
    client.force_login(boss)
    assert client.post(PAGE, filled(display_name="Backend Guide")).status_code == 303


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("javascript:alert(1)", "complete address"),
        ("data:text/html,x", "complete address"),
        ("ftp://example.org/", "Only addresses that begin with https:// or http://"),
        ("https://ada:secret@example.org/", "This address holds a user name or a password"),
        ("https://", "complete address"),
        ("not an address", "complete address"),
        ("https://example.org/" + "x" * 200, "There is room for 200 characters."),
    ],
)
def test_links_lead_to_pages_of_the_web_only(url, said, signed_in) -> None:
    response = signed_in.post(PAGE, filled(link0=("Mine", url)))
    assert response.status_code == 400
    assert said in words(response)
    assert html.escape(url) in response.content.decode()
    assert not ProfileLink.objects.exists()


def test_a_label_without_an_address_is_asked_about(signed_in) -> None:
    response = signed_in.post(PAGE, filled(link3=("Mine", "")))
    assert response.status_code == 400
    assert "Add the address that this leads to, or empty both fields." in words(response)


def test_there_are_no_more_than_five_links(signed_in) -> None:
    sent = filled(**{f"link{n}": (str(n), f"https://{n}.example/") for n in range(5)})
    sent |= {"links-TOTAL_FORMS": "6", "links-5-label": "6", "links-5-url": "https://6.example/"}
    signed_in.post(PAGE, sent)
    assert ProfileLink.objects.count() <= 5


def test_a_broken_form_of_links_is_refused(signed_in) -> None:
    response = signed_in.post(PAGE, filled(**{"links-TOTAL_FORMS": "many"}))
    assert response.status_code == 400


def test_a_public_page_needs_an_address(signed_in, ada) -> None:
    response = signed_in.post(PAGE, filled(is_profile_public="on"))
    assert response.status_code == 400
    assert "A public page needs an address; choose one." in words(response)
    ada.refresh_from_db()
    assert not ada.is_profile_public
