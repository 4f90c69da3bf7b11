"""Few letters go to one address in an hour, and still nothing that waits for one is lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.registries import notices
from articles.models import Article
from articles.publishing import withdraw
from comments.models import Comment, Thread
from comments.models.threads import Mode
from comments.states import ActorKind, Reason, State
from comments.tests.factories import create_comment, create_reader, set_policy
from comments.tests.test_confirm import address, cookie, state_of
from comments.wanted import APPROVALS
from mailing.models import Letter

pytestmark = pytest.mark.django_db
MINE, OTHER = "a" * 32, "b" * 32
GUS = "gus@example.org"


def waiting(browser: str = MINE, **fields) -> Comment:
    return create_comment(state=State.UNCONFIRMED, browser=browser, **{"email": GUS, **fields})


def say_yes(client: Client, comment: Comment, browser: str = MINE) -> None:
    if browser:
        cookie(client, browser=browser)
    assert client.post(address(comment), {"answer": "yes"}).status_code == 303


def test_what_else_this_browser_wrote_goes_on_too(client) -> None:
    comments = [waiting() for _ in range(6)]
    assert Letter.objects.count() < 6, "each has a letter, so nothing is tried here"
    say_yes(client, comments[0])
    assert [state_of(comment) for comment in comments] == [State.PENDING] * 6
    assert all(comment.confirmed_at for comment in comments)


@pytest.mark.parametrize(
    "other",
    [
        {"browser": OTHER},
        {"browser": ""},
        {"email": "somebody.else@example.org"},
    ],
    ids=["another browser", "no browser", "another address"],
)
def test_what_others_wrote_waits_on(client, other) -> None:
    first, theirs = waiting(), waiting(**other)
    say_yes(client, first)
    assert state_of(first) == State.PENDING
    assert state_of(theirs) == State.UNCONFIRMED


def test_in_a_browser_that_wrote_nothing_one_yes_is_for_one_comment(client) -> None:
    first, second = waiting(""), waiting("")
    say_yes(client, first, browser="")
    assert state_of(first) == State.PENDING
    assert state_of(second) == State.UNCONFIRMED


@pytest.mark.parametrize("mode", [Mode.ALL, Mode.NONE])
@pytest.mark.parametrize("closed_by", ["a moderator", "age"])
def test_where_the_thread_was_closed_meanwhile_a_moderator_decides(client, closed_by, mode) -> None:
    """It was open when they wrote, so nothing of theirs is lost."""
    comment = waiting()
    set_policy(mode=mode, close_after_days=None if closed_by == "a moderator" else 1)
    if closed_by == "a moderator":
        Thread.objects.update(opening=Thread.Opening.CLOSED)
    else:
        Article.objects.update(published_at=timezone.now() - timedelta(days=2))
    answer = client.post(address(comment), {"answer": "yes"}, follow=True)
    assert state_of(comment) == State.PENDING
    assert comment.confirmed_at is not None
    act = comment.acts.newest_first()[0]
    assert (act.reason, act.actor_kind) == (Reason.RULE, ActorKind.SYSTEM)
    assert act.detail == "The comments closed before the address was confirmed."
    assert answer.status_code == 200
    assert "Waits for a moderator" in answer.text


def test_one_in_a_closed_thread_goes_on_to_a_moderator(client) -> None:
    set_policy(mode=Mode.NONE)
    first, shut, last = waiting(), waiting(), waiting()
    Thread.objects.filter(pk=shut.thread_id).update(opening="closed")
    say_yes(client, first)
    assert [state_of(c) for c in (first, shut, last)] == ["approved", "pending", "approved"]


def test_a_guide_that_is_gone_keeps_one_waiting_and_no_other(client) -> None:
    first, gone, last = waiting(), waiting(), waiting()
    withdraw(gone.thread.article, reason="Out of date.")
    say_yes(client, first)
    assert [state_of(c) for c in (first, gone, last)] == ["pending", "unconfirmed", "pending"]


def test_no_says_nothing_about_the_others(client) -> None:
    first, second = waiting(), waiting()
    cookie(client, browser=MINE)
    client.post(address(first), {"answer": "no"})
    assert state_of(first) == State.DELETED
    assert state_of(second) == State.UNCONFIRMED


def test_whoever_gets_no_letter_is_not_promised_one(client) -> None:
    comments = [waiting() for _ in range(6)]
    cookie(client, browser=MINE)
    told = [client.get(f"/comments/{comment.pk}/yours/").text for comment in comments]
    assert "A letter goes to the address you gave" in told[0]
    assert "no letter is on its way" not in told[0]
    assert "A letter goes to the address you gave" not in told[5]
    assert "no letter is on its way" in told[5]


def test_whoever_chose_no_letters_about_approvals_is_promised_none(client) -> None:
    user: User = create_reader()
    client.force_login(user)
    comment = create_comment(state=State.PENDING, user=user)
    page = f"/comments/{comment.pk}/yours/"
    assert "We tell you by mail either way." in client.get(page).text
    notices.choose(user, {APPROVALS: False})
    assert "We tell you by mail if it is rejected" in client.get(page).text
