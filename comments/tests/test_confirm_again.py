"""The letter that asks whether a comment is yours, once more."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from comments import identity, posting
from comments.models import Attempt, Comment
from comments.states import State
from comments.tests.factories import create_comment
from comments.tests.post import letter, letters, path_in
from mailing.models import Letter

pytestmark = pytest.mark.django_db


def cookie(client: Client, *, browser: str, confirmed: list[int] | None = None) -> None:
    value = signing.dumps({"b": browser, "c": confirmed or []}, salt=identity.SALT)
    client.cookies[identity.COOKIE] = value


@pytest.fixture
def waiting() -> Comment:
    return create_comment(state=State.UNCONFIRMED, browser="a" * 32, email="gus@example.org")


@pytest.fixture
def writer(waiting) -> Client:
    """The browser in which the comment was written."""
    client = Client()
    cookie(client, browser=waiting.browser)
    return client


def again(comment: Comment) -> str:
    return f"/comments/{comment.pk}/confirm-again/"


def test_the_letter_is_sent_again(writer, waiting) -> None:
    first = path_in(letter(), "confirm")
    assert "A letter has left" in writer.get(again(waiting)).text
    answer = writer.post(again(waiting), follow=True)
    assert answer.redirect_chain == [(again(waiting), 303)]
    assert "A letter is about to leave" in answer.text
    assert len(letters()) == 2
    assert writer.post(first, {"answer": "yes"}).status_code == 303


def test_asking_twice_before_it_left_is_one_letter(writer, waiting) -> None:
    writer.post(again(waiting))
    writer.post(again(waiting))
    assert len(letters()) == 1


def test_too_many_letters(writer, waiting) -> None:
    for number in range(4):
        letters()
        assert writer.post(again(waiting)).status_code == (303 if number < 3 else 429)
    page = writer.post(again(waiting))
    assert page.status_code == 429
    assert 0 < int(page["Retry-After"]) <= 3600
    assert "Enough letters went to this address for now" in page.text
    assert "Another can be sent in" in page.text
    assert len(letters()) == 4
    Attempt.objects.update(at=timezone.now() - timedelta(hours=1, minutes=1))
    assert writer.post(again(waiting)).status_code == 303


def test_a_letter_that_could_not_be_delivered_is_said_to_be(writer, waiting) -> None:
    Letter.objects.update(next_try_at=None)
    page = writer.get(again(waiting))
    assert "could not be delivered" in page.text
    assert "gus@example.org" not in page.text


def test_a_comment_for_which_no_letter_left(writer, waiting) -> None:
    Letter.objects.all().delete()
    assert "No letter has left yet" in writer.get(again(waiting)).text


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_letter_is_for_the_writer_alone(client, waiting, method) -> None:
    letters()
    cookie(client, browser="c" * 32, confirmed=[waiting.author_id])
    assert getattr(client, method)(again(waiting)).status_code == 404
    assert getattr(client, method)("/comments/999/confirm-again/").status_code == 404
    assert len(letters()) == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_comment_that_is_confirmed_needs_no_letter(writer, waiting, method) -> None:
    letters()
    posting.confirm(waiting)
    answer = getattr(writer, method)(again(waiting))
    assert (answer.status_code, answer["Location"]) == (303, f"/comments/{waiting.pk}/yours/")
    assert len(letters()) == 1


def test_sending_again_needs_a_token(waiting) -> None:
    letters()
    client = Client(enforce_csrf_checks=True)
    cookie(client, browser=waiting.browser)
    page = client.post(again(waiting))
    assert page.status_code == 403
    assert "The page was too old" in page.text
    assert len(letters()) == 1
    data = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    assert client.post(again(waiting), data).status_code == 303
    assert len(letters()) == 2
