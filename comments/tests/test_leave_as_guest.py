"""A guest takes back everything, from the browser in which the address was confirmed."""

import pytest
from django.test import Client

from comments import tokens
from comments.identity import COOKIE
from comments.models import Comment, Commenter
from comments.states import State
from comments.tests.browsers import browser_of
from comments.tests.factories import create_comment, create_moderator, create_reader
from comments.tests.leavers import rows_with
from comments.tests.pages import form_with
from comments.tests.post import forget_mail, letters

pytestmark = pytest.mark.django_db

PAGE = "/comments/mine/remove/"
BROWSER = "b" * 32
EMAIL, NAME = "gus.guest@example.org", "Gus Guestling"
WORDS = "A queue is a promise to somebody who waits."


@pytest.fixture
def comment() -> Comment:
    return create_comment(email=EMAIL, name=NAME, text=WORDS, browser=BROWSER)


@pytest.fixture
def browser(comment: Comment) -> Client:
    return browser_of(BROWSER, confirmed=[comment.author_id])


def take_back(browser: Client, choice: str):
    form = form_with(browser.get(PAGE), "csrfmiddlewaretoken")
    return form.send(browser, changes={"comments": choice})


def test_the_page_says_what_it_is_about_and_changes_nothing(
    browser: Client, comment: Comment
) -> None:
    response = browser.get(PAGE)
    assert response.status_code == 200
    assert "the one comment" in response.text
    assert EMAIL in response.text
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    assert Comment.objects.get(pk=comment.pk).name == NAME
    assert PAGE in browser.get("/comments/mine/").text


def test_words_stay_without_the_name(browser: Client, comment: Comment) -> None:
    page = comment.thread.article.get_absolute_url()
    forget_mail()
    response = take_back(browser, "anonymise")
    assert (response.status_code, response["Location"]) == (303, f"{PAGE}?done=1")
    assert "It is taken back" in browser.get(response["Location"]).text
    text = browser.get(page).text
    assert WORDS in text
    assert "Somebody who left" in text
    assert NAME not in text
    assert rows_with(EMAIL, NAME, BROWSER) == []
    assert not Commenter.objects.exclude(guest_email="").exists()


def test_words_go_too(browser: Client, comment: Comment) -> None:
    create_comment(parent=comment, text="Well said.", by=create_moderator())
    forget_mail()
    take_back(browser, "remove")
    text = browser.get(comment.thread.article.get_absolute_url()).text
    assert WORDS not in text
    assert "Deleted by its writer." in text
    assert "Well said." in text
    assert rows_with(EMAIL, NAME, WORDS) == []


def test_letters_that_wait_are_taken_back(browser: Client, comment: Comment) -> None:
    Comment.objects.filter(pk=comment.pk).update(wants_replies=True)
    create_comment(parent=comment, by=create_moderator())
    take_back(browser, "remove")
    assert [letter for letter in letters() if EMAIL in letter.to] == []


def test_without_a_choice_nothing_happens(browser: Client, comment: Comment) -> None:
    response = take_back(browser, "")
    assert response.status_code == 400
    assert "Choose one of the two." in response.text
    assert "Problem: Take back" in response.text
    assert Comment.objects.get(pk=comment.pk).name == NAME


def test_the_browser_is_known_no_more(browser: Client, comment: Comment) -> None:
    take_back(browser, "anonymise")
    assert "no address of a guest was confirmed" in browser.get(PAGE).text
    assert browser.get(f"/comments/{comment.pk}/yours/").status_code == 404
    assert browser.cookies[COOKIE]["path"] == "/comments/"


@pytest.mark.parametrize("choice", ["anonymise", "remove"])
def test_a_browser_that_confirmed_nothing_takes_nothing(comment: Comment, choice: str) -> None:
    for stranger in (Client(), browser_of(BROWSER), browser_of("c" * 32)):
        response = stranger.post(PAGE, {"comments": choice})
        assert response.status_code == 200
        assert "no address of a guest was confirmed" in response.text
        assert EMAIL not in response.text
    comment.refresh_from_db()
    assert (comment.name, comment.state) == (NAME, State.APPROVED)


def test_an_account_is_not_taken_apart_by_a_cookie() -> None:
    comment = create_comment(user=create_reader(name="Rana"))
    Commenter.objects.filter(pk=comment.author_id).update(guest_email="rana.before@example.org")
    browser = browser_of(BROWSER, confirmed=[comment.author_id])
    browser.post(PAGE, {"comments": "remove"})
    comment.refresh_from_db()
    assert comment.state == State.APPROVED


def test_who_is_signed_in_goes_to_their_data(client: Client) -> None:
    client.force_login(create_reader())
    response = client.get(PAGE)
    assert (response.status_code, response["Location"]) == (302, "/account/data/")


def test_form_needs_its_token(comment: Comment) -> None:
    browser = browser_of(BROWSER, confirmed=[comment.author_id], enforce_csrf_checks=True)
    assert browser.post(PAGE, {"comments": "remove"}).status_code == 403
    comment.refresh_from_db()
    assert comment.state == State.APPROVED


def test_other_methods_are_refused(browser: Client) -> None:
    assert browser.put(PAGE).status_code == 405


# Ways back that must not open


@pytest.mark.parametrize("choice", ["anonymise", "remove"])
def test_the_link_of_an_old_letter_makes_nobody_the_writer(browser: Client, choice: str) -> None:
    mine = create_comment(email=EMAIL, name=NAME, text=WORDS)
    others = create_comment(email="else@example.org", text="Of somebody else who left.")
    take_back(browser_of("d" * 32, confirmed=[others.author_id]), "anonymise")
    link = f"/comments/confirm/{tokens.make(tokens.CONFIRM, mine.pk)}/"
    take_back(browser, choice)
    visitor = Client()
    assert NAME not in visitor.get(link).text
    visitor.post(link, {"answer": "yes"})
    for comment in (mine, others):
        assert visitor.get(f"/comments/{comment.pk}/yours/").status_code == 404
    assert visitor.get("/comments/mine/").text.count("mine-list") == 0


def test_a_cookie_that_names_those_who_left_opens_nothing(
    browser: Client, comment: Comment
) -> None:
    take_back(browser, "anonymise")
    forged = browser_of(BROWSER, confirmed=[Commenter.who_left().pk])
    assert forged.get(f"/comments/{comment.pk}/yours/").status_code == 404
    assert WORDS not in forged.get("/comments/mine/").text
    assert "no address of a guest was confirmed" in forged.get(PAGE).text


def test_desk_says_that_they_left(browser: Client, comment: Comment, client: Client) -> None:
    take_back(browser, "anonymise")
    client.force_login(create_moderator())
    text = client.get(f"/admin/comments/comment/{comment.pk}/change/").text
    assert "Has left" in text
    assert "people who left" in text
    assert "nobody any more" in client.get("/admin/comments/commenter/").text
