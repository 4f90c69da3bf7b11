"""Whoever finds a conversation or a guide closed reads why; the desk asks for the reason."""

import pytest
from django.test import Client

from articles.models import Article
from articles.tests.factories import create_live_guide
from comments.models import Comment, Thread
from comments.moderation import lock, set_opening, unlock
from comments.states import Action, Reason
from comments.tests.desk import act_url, page_url, press, sign_in_moderator, typed_in, words_in
from comments.tests.factories import create_comment, create_moderator
from comments.tests.thread_html import item, thread_part, words

pytestmark = pytest.mark.django_db

CLOSED = "A moderator has closed the comments on this guide"
LOCKED = "A moderator has closed this conversation"
SAID = [
    (Reason.ORDER, ": To keep the thread readable."),
    (Reason.ABUSE, ": It attacks or demeans people."),
    (Reason.OTHER, "."),  # the moderator's words were not written for everybody
]


@pytest.fixture
def guide() -> Article:
    return create_live_guide(slug="queues")


def thread_of(client: Client, address: str = "/guides/queues/") -> str:
    return thread_part(client.get(address).text)


@pytest.mark.parametrize(("reason", "said"), SAID)
def test_a_closed_conversation_says_why(client, guide, reason: Reason, said: str) -> None:
    mo = create_moderator()
    comment = create_comment(guide, by=mo)
    lock(comment, user=mo, reason=Reason.SPAM)
    unlock(comment, user=mo)
    lock(comment, user=mo, reason=reason, statement="Private words.")
    for address in ("/guides/queues/", "/comments/on/queues/"):
        page = thread_of(client, address)
        assert f"{LOCKED}{said} Report" in words(item(page, comment))
        assert "Private words" not in page
    unlock(comment, user=mo)
    assert LOCKED not in thread_of(client)


@pytest.mark.parametrize(("reason", "said"), SAID)
def test_a_closed_guide_says_why(client, guide, reason: Reason, said: str) -> None:
    mo = create_moderator()
    thread = create_comment(guide, by=mo).thread
    set_opening(thread, Thread.Opening.CLOSED, user=mo, reason=Reason.SPAM)
    set_opening(thread, Thread.Opening.CLOSED, user=mo, reason=reason, statement="Private words.")
    page = thread_of(client)
    assert f"{CLOSED}{said} Follow them" in words(page)
    assert "Private words" not in page
    set_opening(thread, Thread.Opening.OPEN, user=mo, reason=Reason.ORDER)
    assert CLOSED not in thread_of(client)


def test_a_guide_closed_before_anybody_wrote_says_why(client, guide) -> None:
    thread = Thread(article=guide)
    set_opening(thread, Thread.Opening.CLOSED, user=create_moderator(), reason=Reason.OFF_TOPIC)
    assert f"{CLOSED}: {Reason.OFF_TOPIC.label}" in words(thread_of(client))


@pytest.mark.parametrize(
    ("chosen", "stored"), [("abuse", Reason.ABUSE), ("", Reason.ORDER)], ids=["chosen", "none"]
)
def test_the_reason_and_words_of_a_lock_are_those_of_the_moderator(
    client, guide, chosen: str, stored: Reason
) -> None:
    sign_in_moderator(client)
    comment = create_comment(guide)
    for verb, action in (("lock", Action.LOCK), ("unlock", Action.UNLOCK)):
        typed = {"reason": chosen, "statement": f"Words for the {verb}."}
        press(client, verb, comment, url=act_url(comment), **typed)
        act = comment.acts.newest_first()[0]
        told = (action, stored, f"Words for the {verb}.")
        assert (act.action, act.reason, act.statement) == told


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"reason": "other", "statement": " "}, "Say the reason in your own words."),
        ({"reason": "nonsense", "statement": "My words"}, "Choose the reason"),
    ],
)
def test_a_lock_that_is_refused_keeps_the_words(client, guide, typed, problem: str) -> None:
    sign_in_moderator(client)
    comment = create_comment(guide)
    answer = press(client, "lock", comment, url=act_url(comment), **typed)
    assert answer.status_code == 400
    assert problem in words_in(answer)
    assert typed_in(answer, f"statement-{comment.pk}").strip() == typed["statement"].strip()
    assert not Comment.objects.get(pk=comment.pk).is_locked


def test_the_desk_says_that_the_reason_is_public(client, guide) -> None:
    sign_in_moderator(client)
    page = words_in(client.get(page_url(create_comment(guide))))
    assert "The reason of a lock is public." in page
