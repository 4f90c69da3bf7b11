"""A moderator takes back a decision: once, their own, and only while it is the latest."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from comments import moderation
from comments.models import Comment, ModerationAct
from comments.moderation import DecisionError, decide
from comments.states import Action, ActorKind, Reason, State
from comments.tests.factories import create_comment, create_moderator
from comments.tests.steps import ALLOWED, REASONS, Before

pytestmark = pytest.mark.django_db


@dataclass
class Case:
    """A decision to take back."""

    before: State
    to: State


DECISIONS = [
    Case(State(before), State(to))
    for before, to, kind in sorted(ALLOWED)
    if kind == ActorKind.MODERATOR
]


@pytest.mark.parametrize("case", DECISIONS, ids=lambda case: f"{case.before}-{case.to}")
def test_each_decision_of_a_moderator_can_be_taken_back_once(case: Case) -> None:
    comment, mo = create_comment(state=case.before), create_moderator()
    was = Before(comment)
    act = decide(
        comment, case.to, actor=moderation.moderator(mo), reason=REASONS.get(case.to, Reason.FITS)
    )
    made = moderation.undo(act, user=mo)
    now = was.look()
    assert now["state"] == case.before
    assert now["decided_at"] == was.row["decided_at"]
    assert now["text"] == was.row["text"]
    assert (made.reason, made.undoes, made.actor) == (Reason.UNDONE, act, mo)
    assert was.count() == was.acts + 2
    for twice in (act, made):
        with pytest.raises(DecisionError):
            moderation.undo(twice, user=mo)
    assert was.count() == was.acts + 2


def test_nobody_takes_back_what_somebody_else_decided() -> None:
    mo, colleague = create_moderator(), create_moderator()
    comment = create_comment(state=State.REJECTED, by=mo)
    act = comment.acts.newest_first()[0]
    with pytest.raises(DecisionError, match="your own decisions"):
        moderation.undo(act, user=colleague)
    moderation.approve(comment, user=colleague)
    with pytest.raises(DecisionError, match="Something was decided since"):
        moderation.undo(act, user=mo)
    assert Comment.objects.get(pk=comment.pk).is_public


def test_what_the_site_readers_or_writers_did_is_not_taken_back() -> None:
    mo = create_moderator()
    for state in (State.PENDING, State.HIDDEN, State.DELETED):
        act = create_comment(state=state, by=mo).acts.newest_first()[0]
        with pytest.raises(DecisionError, match="your own decisions"):
            moderation.undo(act, user=mo)


def test_a_pin_is_not_taken_back_as_a_decision() -> None:
    mo = create_moderator()
    act = moderation.pin(create_comment(), user=mo)
    with pytest.raises(DecisionError, match="your own decisions about comments"):
        moderation.undo(act, user=mo)


def test_undo_restores_the_day_of_the_decision_that_stands_again() -> None:
    mo = create_moderator()
    comment = create_comment(state=State.PENDING)
    january = datetime(2026, 1, 1, tzinfo=UTC)
    actor = moderation.moderator(mo)
    decide(comment, State.APPROVED, actor=actor, reason=Reason.FITS, at=january)
    for _ in range(2):
        act = moderation.reject(comment, user=mo, reason=Reason.SPAM)
        moderation.undo(act, user=mo)
        comment.refresh_from_db()
        assert comment.decided_at == january


def test_last_change_counts_decisions_and_edits_but_no_pins() -> None:
    comment, mo = create_comment(), create_moderator()
    decision = comment.acts.newest_first()[0]
    assert moderation.last_change_of(comment) == decision.pk
    moderation.pin(comment, user=mo)
    assert moderation.last_change_of(comment) == decision.pk
    edit = ModerationAct.objects.create(
        comment=comment, action=Action.EDIT, actor_kind=ActorKind.AUTHOR, reason=Reason.WRITER
    )
    assert moderation.last_change_of(comment) == edit.pk
