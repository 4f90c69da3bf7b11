"""Words that are too long: no browser cuts them silently, the desk refuses them and keeps them."""

import pytest
from django.test import Client

from comments.models import ModerationAct
from comments.states import Reason, State
from comments.tests.desk import (
    APPEALS,
    DECIDE,
    DESK,
    NOTICES,
    act_url,
    page_url,
    press,
    sign_in_moderator,
    state_of,
    together,
    typed_in,
    words_in,
)
from comments.tests.factories import create_comment
from comments.tests.pages import forms_in
from comments.tests.test_desk_answers import create_appeal, create_notice

pytestmark = pytest.mark.django_db
LONG = "Pasted words. " * 200


def test_no_field_for_words_has_a_limit_that_cuts(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment()
    waits = create_comment(state=State.PENDING)
    create_appeal()
    create_notice()
    thread = f"/admin/comments/thread/{comment.thread_id}/change/"
    for at in (DESK, page_url(comment), page_url(waits), APPEALS, NOTICES, thread):
        page = client.get(at).text
        areas = [part.split(">", 1)[0] for part in page.split("<textarea")[1:]]
        assert areas, at
        assert not any("maxlength" in area for area in areas), at


def test_a_card_keeps_words_that_are_too_long(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    answer = press(client, "reject", comment, reason="abuse", statement=LONG)
    assert answer.status_code == 400
    assert "Say it in at most 2,000 characters." in words_in(answer)
    assert typed_in(answer, f"statement-{comment.pk}") == LONG


def test_so_do_the_words_for_many(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    answer = together(client, "reject", comment, reason="abuse", statement=LONG)
    assert answer.status_code == 400
    assert typed_in(answer, "statement") == LONG
    assert state_of(comment) == State.PENDING


@pytest.mark.parametrize(("do", "field"), [("note", "note-text"), ("thread", "thread-statement")])
def test_so_do_the_small_forms(client: Client, do: str, field: str) -> None:
    sign_in_moderator(client)
    comment = create_comment()
    sent = {"do": do, field: LONG, "thread-opening": "closed", "thread-reason": "order"}
    answer = client.post(act_url(comment), sent)
    assert answer.status_code == 400
    assert "at most 2000 characters" in words_in(answer)
    assert typed_in(answer, field) == LONG


def test_line_ends_of_browsers_do_not_count_twice(client: Client) -> None:
    sign_in_moderator(client)
    thread = create_comment().thread
    at = f"/admin/comments/thread/{thread.pk}/change/"
    form = next(form for form in forms_in(client.get(at)) if "statement" in form.fields)
    words = "\r\n".join(["word word"] * 190)  # 1,900 characters for us, more on the way
    words += "x" * 100
    sent = {**form.fields, "opening": "closed", "reason": "order", "statement": words}
    assert client.post(at, sent).status_code == 302
    act = ModerationAct.objects.newest_first()[0]
    assert act.statement == words.replace("\r\n", "\n")


# Many at once


def test_many_are_rejected_as_spam_at_once(client: Client) -> None:
    sign_in_moderator(client)
    comments = [create_comment(state=State.PENDING) for _ in range(2)]
    assert '<button type="submit" name="do" value="spam"' in client.get(DESK).text
    answer = together(client, "spam", *comments)
    assert "Rejected as spam: 2 comments." in words_in(answer)
    for comment in comments:
        assert comment.acts.newest_first()[0].reason == Reason.SPAM


def test_spam_without_a_choice_decides_nothing(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    answer = client.post(DECIDE, {"do": "spam"})
    assert "Choose comments first" in words_in(answer)
    assert state_of(comment) == State.PENDING
