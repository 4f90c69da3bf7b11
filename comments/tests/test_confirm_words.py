"""A yes holds for the words that stood on the page, whatever became of them meanwhile."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comments import posting, tokens
from comments.models import Comment
from comments.states import State
from comments.tests.factories import create_comment, create_reader, set_policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting() -> Comment:
    return create_comment(
        state=State.UNCONFIRMED, text="Kind words.", email="gus@example.org", browser="a" * 32
    )


def address(comment: Comment) -> str:
    return f"/comments/confirm/{tokens.make(tokens.CONFIRM, comment.pk)}/"


def say(client: Client, page: Any, comment: Comment, answer: str) -> Any:
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page.text)
    assert seen, "The page does not say which words it shows."
    return client.post(address(comment), {"answer": answer, "seen": seen[1]})


def test_yes_to_the_words_on_the_page(client, waiting) -> None:
    answer = say(client, client.get(address(waiting)), waiting, "yes")
    waiting.refresh_from_db()
    assert (answer.status_code, waiting.state) == (303, State.PENDING)


def test_yes_does_not_confirm_words_that_were_not_on_the_page(client, waiting) -> None:
    page = client.get(address(waiting))
    posting.edit(waiting, "Words of somebody else.")
    again = say(client, page, waiting, "yes")
    waiting.refresh_from_db()

    assert (again.status_code, waiting.state) == (409, State.UNCONFIRMED)
    assert "The words were changed since you opened this page" in again.text
    assert "Words of somebody else." in again.text

    assert say(client, again, waiting, "yes").status_code == 303
    waiting.refresh_from_db()
    assert waiting.state == State.PENDING


def test_no_needs_no_second_look(client, waiting) -> None:
    page = client.get(address(waiting))
    posting.edit(waiting, "Words of somebody else.")
    assert say(client, page, waiting, "no").status_code == 303
    waiting.refresh_from_db()
    assert waiting.state == State.DELETED


def test_once_confirmed_a_page_of_other_words_leads_on(client, waiting) -> None:
    page = client.get(address(waiting))
    posting.edit(waiting, "Words of the writer.")
    posting.confirm(waiting)
    answer = say(client, page, waiting, "yes")
    assert answer.status_code == 303
    assert answer["Location"] == f"/comments/{waiting.pk}/yours/"


def test_what_was_confirmed_elsewhere_and_edited_here_waits_for_a_moderator() -> None:
    set_policy(mode="none")
    comment = create_comment(state=State.UNCONFIRMED, email="gus@example.org", browser="a" * 32)
    posting.confirm(comment)
    comment.refresh_from_db()
    assert comment.state == State.APPROVED
    posting.edit(comment, "Quite other words.", is_proven=False)
    comment.refresh_from_db()
    assert (comment.state, comment.text) == (State.PENDING, "Quite other words.")


def test_an_old_letter_makes_no_browser_the_writers(client) -> None:
    comment = create_comment(state=State.APPROVED)
    Comment.objects.filter(pk=comment.pk).update(confirmed_at=timezone.now() - timedelta(days=2))
    page = client.get(address(comment))
    assert "as mine" not in page.text
    client.post(address(comment), {"answer": "yes"})
    assert "commenter" not in client.cookies
    assert client.get(f"/comments/{comment.pk}/yours/").status_code == 404


def test_a_letter_opens_no_account(client) -> None:
    reader = create_reader(email="ann@example.org")
    other = create_comment(user=reader, state=State.REJECTED)
    typed = create_comment(state=State.UNCONFIRMED, email="ann@example.org")
    say(client, client.get(address(typed)), typed, "yes")
    assert client.get(f"/comments/{other.pk}/yours/").status_code == 404
    assert other.text not in client.get("/comments/mine/").text
