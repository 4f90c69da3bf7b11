"""Deciding on the desk, one card at a time: what happens, what is refused, what is never lost."""

import pytest
from django.test import Client

from comments import moderation, posting
from comments.models import Comment, Flag, ModerationAct
from comments.states import Reason, State
from comments.tests.desk import (
    DECIDE,
    DESK,
    card_in,
    cards_in,
    chosen_in,
    fields_of,
    press,
    sign_in_moderator,
    state_of,
    typed_in,
    words_in,
)
from comments.tests.factories import create_comment, create_moderator

pytestmark = pytest.mark.django_db
WORDS = "It is about <tea> & not about queues.\nSee the rules."


def last_act(comment: Comment) -> ModerationAct:
    return comment.acts.newest_first()[0]


@pytest.mark.parametrize(
    ("verb", "state", "reason", "says"),
    [
        ("approve", State.APPROVED, Reason.FITS, "Approved: Gus Guest"),
        ("reject", State.REJECTED, Reason.ABUSE, "Rejected: Gus Guest"),
        ("spam", State.REJECTED, Reason.SPAM, "Rejected as spam: Gus Guest"),
    ],
)
def test_a_button_decides_and_returns_to_the_queue(
    client: Client, verb: str, state: State, reason: Reason, says: str
) -> None:
    mo = sign_in_moderator(client)
    comment, other = (create_comment(state=State.PENDING) for _ in range(2))
    response = press(client, verb, comment, reason="abuse", statement=WORDS)

    assert says in words_in(response)
    assert cards_in(response) == [other.pk]
    act = last_act(comment)
    assert (state_of(comment), act.to_state, act.reason, act.actor) == (state, state, reason, mo)
    assert act.statement == ("" if verb == "approve" else WORDS)


def test_the_queue_and_its_page_are_kept(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    fields = {**fields_of(comment), "do": f"approve:{comment.pk}"}
    response = client.post(f"{DECIDE}?queue=rule&size=100", fields)

    assert response.status_code == 302
    assert response["Location"] == f"{DESK}?queue=rule&size=100"


def test_keeping_answers_the_reports_and_changes_no_state(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment()
    Flag.objects.create(comment=comment, reporter_key="k", reason=Reason.SPAM)
    response = press(client, "keep", comment)

    assert "Kept, reports answered" in words_in(response)
    assert state_of(comment) == State.APPROVED
    assert Flag.objects.get().resolved_by == last_act(comment)


def test_undo_brings_the_state_back(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    press(client, "spam", comment)
    response = press(client, "undo", comment)

    assert "Taken back" in words_in(response)
    assert state_of(comment) == State.PENDING
    assert last_act(comment).reason == Reason.UNDONE


@pytest.mark.parametrize(
    ("reason", "statement", "problem"),
    [
        ("", WORDS, "Choose the reason that the writer will read."),
        ("fits", WORDS, "Choose the reason that the writer will read."),
        ("nonsense", WORDS, "Choose the reason that the writer will read."),
        ("other", "  ", "Say the reason in your own words."),
        ("abuse", "x" * 2001, "Say it in at most 2,000 characters."),
    ],
)
def test_a_rejection_without_its_reason_comes_back_with_its_words(
    client: Client, reason: str, statement: str, problem: str
) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    response = press(client, "reject", comment, reason=reason, statement=statement)

    assert response.status_code == 400
    assert problem in card_in(response, comment)
    assert typed_in(response, f"statement-{comment.pk}") == statement
    is_known = reason in {"other", "abuse"}
    assert chosen_in(response, f"reason-{comment.pk}") == (reason if is_known else "")
    assert "<details" in card_in(response, comment)
    assert state_of(comment) == State.PENDING


@pytest.mark.parametrize(
    ("colleague", "says"),
    [
        ("approve", "“Public”. It fits the rules of the house."),
        ("reject", "“Rejected”. It attacks or demeans people. In their words: “Mind the tone.”"),
    ],
)
def test_who_was_slower_reads_what_the_colleague_decided(
    client: Client, colleague: str, says: str
) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    before = fields_of(comment, reason="off-topic", statement=WORDS)
    carla = create_moderator(name="Carla Colleague")
    if colleague == "approve":
        moderation.approve(comment, user=carla)
    else:
        reason = Reason.ABUSE
        moderation.reject(comment, user=carla, reason=reason, statement="Mind the tone.")
    decided = state_of(comment)
    response = client.post(DECIDE, {**before, "do": f"reject:{comment.pk}"})

    assert response.status_code == 409
    text = words_in(response)
    assert "Carla Colleague was quicker" in text
    assert says in text
    assert "Nothing of yours was stored." in text
    assert typed_in(response, f"statement-{comment.pk}") == WORDS
    assert state_of(comment) == decided


def test_deciding_anew_after_having_read_the_colleague_is_possible(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    before = fields_of(comment, reason="off-topic", statement=WORDS)
    moderation.approve(comment, user=create_moderator())
    button = {"do": f"reject:{comment.pk}"}
    page = client.post(DECIDE, {**before, **button})
    seen = card_in(page, comment).split(f'name="seen-{comment.pk}" value="')[1].split('"')[0]
    client.post(DECIDE, {**before, **button, f"seen-{comment.pk}": seen})

    assert last_act(comment).statement == WORDS


def test_words_that_the_writer_changed_are_read_again_first(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    before = fields_of(comment)
    posting.edit(comment, "Now about my shop.")
    response = client.post(DECIDE, {**before, "do": f"approve:{comment.pk}"})

    assert response.status_code == 409
    assert "The writer changed the words" in words_in(response)
    assert "Now about my shop." in card_in(response, comment)
    assert state_of(comment) == State.PENDING


def test_what_the_writer_deleted_stays_deleted(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    before = fields_of(comment)
    posting.delete(comment)
    response = client.post(DECIDE, {**before, "do": f"approve:{comment.pk}"})

    assert "The writer was quicker" in words_in(response)
    assert state_of(comment) == State.DELETED


def test_a_second_click_says_that_it_is_done(client: Client) -> None:
    sign_in_moderator(client, name="Mo Derator")
    comment = create_comment(state=State.PENDING)
    fields = {**fields_of(comment), "do": f"approve:{comment.pk}"}
    client.post(DECIDE, fields)
    response = client.post(DECIDE, fields)

    assert "Mo Derator was quicker" in words_in(response)
    assert comment.acts.filter(to_state=State.APPROVED).count() == 1


def test_words_on_another_card_survive_a_decision(client: Client) -> None:
    sign_in_moderator(client)
    comment, other = (create_comment(state=State.PENDING) for _ in range(2))
    fields = {
        **fields_of(comment),
        **fields_of(other, reason="abuse", statement=WORDS),
        "do": f"approve:{comment.pk}",
    }
    response = client.post(DECIDE, fields)

    assert response.status_code == 200
    assert state_of(comment) == State.APPROVED
    assert cards_in(response) == [other.pk]
    assert typed_in(response, f"statement-{other.pk}") == WORDS
    assert chosen_in(response, f"reason-{other.pk}") == "abuse"


@pytest.mark.parametrize("do", ["", "approve", "fly:1", "approve:x", "pin:1", "restrict:1"])
def test_a_button_that_does_not_exist_decides_nothing(client: Client, do: str) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    response = client.post(DECIDE, {**fields_of(comment, statement=WORDS), "do": do})

    assert response.status_code == 400
    assert typed_in(response, f"statement-{comment.pk}") == WORDS
    assert state_of(comment) == State.PENDING


def test_a_comment_that_does_not_exist_is_said_to_be_gone(client: Client) -> None:
    sign_in_moderator(client)

    assert "There is no such comment." in words_in(client.post(DECIDE, {"do": "approve:999"}))


def test_one_cannot_approve_ones_own_comment(client: Client) -> None:
    mo = sign_in_moderator(client)
    comment = create_comment(state=State.PENDING, user=mo)
    response = press(client, "approve", comment)

    assert "It is your own comment" in words_in(response)
    assert state_of(comment) == State.PENDING


def test_after_an_edit_the_page_shows_what_is_decided_about(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    posting.edit(comment, "Other words.")
    card = card_in(client.get(DESK), comment)
    seen = card.split(f'name="seen-{comment.pk}" value="')[1].split('"')[0]
    client.post(DECIDE, {f"seen-{comment.pk}": seen, "do": f"approve:{comment.pk}"})

    assert state_of(comment) == State.APPROVED
