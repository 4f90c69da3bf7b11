"""Deciding about many comments at once."""

import pytest
from django.test import Client

from comments import moderation
from comments.models import Comment, ModerationAct
from comments.states import Reason, State
from comments.tests.desk import (
    DECIDE,
    DESK,
    card_in,
    cards_in,
    chosen_in,
    press,
    sign_in_moderator,
    state_of,
    together,
    typed_in,
    words_in,
)
from comments.tests.factories import create_comment, create_moderator

pytestmark = pytest.mark.django_db


def waiting(number: int) -> list[Comment]:
    return [create_comment(state=State.PENDING) for _ in range(number)]


def test_many_are_approved_at_once(client: Client) -> None:
    mo = sign_in_moderator(client)
    comments, other = waiting(3), waiting(1)[0]
    response = together(client, "approve", *comments)

    assert "Approved: 3 comments." in words_in(response)
    assert cards_in(response) == [other.pk]
    assert {state_of(comment) for comment in comments} == {State.APPROVED}
    acts = ModerationAct.objects.filter(actor=mo)
    assert [act.comment_id for act in acts.order_by("pk")] == [one.pk for one in comments]


def test_many_are_rejected_with_one_reason(client: Client) -> None:
    sign_in_moderator(client)
    comments = waiting(2)
    response = together(client, "reject", *comments, reason="other", statement="A campaign.")

    assert "Rejected: 2 comments." in words_in(response)
    for comment in comments:
        act = comment.acts.newest_first()[0]
        assert (act.to_state, act.reason, act.statement) == (
            State.REJECTED,
            Reason.OTHER,
            "A campaign.",
        )


def test_many_are_taken_back(client: Client) -> None:
    sign_in_moderator(client)
    comments = waiting(3)
    together(client, "approve", *comments)
    response = together(client, "undo", *comments)

    assert "Taken back: 3 comments." in words_in(response)
    assert {state_of(comment) for comment in comments} == {State.PENDING}


def test_those_that_cannot_be_decided_say_why_and_the_others_are_done(client: Client) -> None:
    sign_in_moderator(client)
    comments = waiting(3)
    before = {f"seen-{one.pk}": moderation.last_change_of(one) for one in comments}
    carla = create_moderator(name="Carla Colleague")
    moderation.reject(comments[1], user=carla, reason=Reason.ABUSE)
    chosen = [one.pk for one in comments]
    response = client.post(DECIDE, {**before, "chosen": [*chosen, 999], "do": "approve"})
    text = words_in(response)

    assert response.status_code == 200
    assert "Approved: 2 comments." in text
    assert "2 of 4 were not decided; each says why." in text
    assert "Carla Colleague was quicker" in card_in(response, comments[1])
    assert [state_of(comment) for comment in comments] == [
        State.APPROVED,
        State.REJECTED,
        State.APPROVED,
    ]


@pytest.mark.parametrize(
    ("reason", "statement", "problem"),
    [
        ("", "Some words.", "Choose the reason that the writer will read."),
        ("other", " ", "Say the reason in your own words."),
    ],
)
def test_many_are_not_rejected_without_a_reason_and_the_words_come_back(
    client: Client, reason: str, statement: str, problem: str
) -> None:
    sign_in_moderator(client)
    comments = waiting(2)
    response = together(client, "reject", *comments, reason=reason, statement=statement)

    assert response.status_code == 400
    assert problem in words_in(response)
    assert typed_in(response, "statement") == statement
    assert chosen_in(response, "reason") == reason
    assert response.content.decode().count(" checked>") == 2 + 1  # and the switch of the keys
    assert {state_of(comment) for comment in comments} == {State.PENDING}


def test_nothing_chosen_is_said_and_words_stay(client: Client) -> None:
    sign_in_moderator(client)
    comment = waiting(1)[0]
    response = client.post(
        DECIDE, {"do": "reject", "statement": "Words.", f"statement-{comment.pk}": "More."}
    )

    assert response.status_code == 400
    assert "Choose comments first" in words_in(response)
    assert typed_in(response, "statement") == "Words."
    assert typed_in(response, f"statement-{comment.pk}") == "More."


def test_all_on_the_page_are_chosen_without_a_script(client: Client) -> None:
    sign_in_moderator(client)
    comments = waiting(3)
    words = {f"statement-{comments[0].pk}": "Half a thought."}
    response = client.post(DECIDE, {"do": "choose-all", **words})

    for comment in comments:
        assert " checked" in card_in(response, comment).split("<h2")[0]
    assert typed_in(response, f"statement-{comments[0].pk}") == "Half a thought."
    assert {state_of(comment) for comment in comments} == {State.PENDING}


def test_words_on_a_card_survive_what_is_done_with_others(client: Client) -> None:
    sign_in_moderator(client)
    first, second = waiting(2)
    response = client.post(
        DECIDE, {"do": "approve", "chosen": [first.pk], f"statement-{second.pk}": "Hm."}
    )

    assert state_of(first) == State.APPROVED
    assert typed_in(response, f"statement-{second.pk}") == "Hm."


def test_at_most_two_hundred_at_once(client: Client) -> None:
    sign_in_moderator(client)
    comment = waiting(1)[0]
    client.post(DECIDE, {"do": "approve", "chosen": [*range(10_000, 10_200), comment.pk]})

    assert state_of(comment) == State.PENDING


def test_what_was_decided_one_by_one_can_be_taken_back_together(client: Client) -> None:
    sign_in_moderator(client)
    comments = waiting(2)
    for comment in comments:
        press(client, "spam", comment)
    page = client.get(DESK, {"queue": "recent"})

    assert cards_in(page) == [comments[1].pk, comments[0].pk]
    together(client, "undo", *comments)
    assert {state_of(comment) for comment in comments} == {State.PENDING}


def test_words_for_many_survive_a_single_decision(client: Client) -> None:
    sign_in_moderator(client)
    comment, _ = waiting(2)
    fields = {"statement": "A campaign.", "reason": "spam", "do": f"approve:{comment.pk}"}
    response = client.post(DECIDE, fields)

    assert state_of(comment) == State.APPROVED
    assert typed_in(response, "statement") == "A campaign."
    assert chosen_in(response, "reason") == "spam"


def test_words_on_a_card_that_moved_to_another_page_survive(client: Client, monkeypatch) -> None:
    monkeypatch.setattr("comments.admin.queues.SIZES", (2, 4))
    sign_in_moderator(client)
    comments = waiting(5)
    fields = {f"statement-{comments[2].pk}": "Hm.", "do": f"approve:{comments[3].pk}"}
    moderation.approve(comments[0], user=create_moderator())  # meanwhile, by a colleague
    response = client.post(f"{DECIDE}?size=2&page=2", fields)

    assert comments[2].pk in cards_in(response)
    assert typed_in(response, f"statement-{comments[2].pk}") == "Hm."
