"""The database itself: no state changes without a reason and an actor, and the log only grows."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from comments.models import Comment, ModerationAct
from comments.states import ActorKind, Reason, State
from comments.tests.factories import create_comment, create_moderator

NOW = datetime(2020, 1, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def refused(work) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        work()


@pytest.mark.parametrize("state", [state for state in State if state != State.PENDING])
def test_a_state_cannot_change_by_itself(state: State) -> None:
    comment = create_comment(state=State.PENDING)
    refused(lambda: Comment.objects.filter(pk=comment.pk).update(state=state, published_at=NOW))


def test_an_old_act_cannot_be_used_again() -> None:
    comment = create_comment(state=State.REJECTED)
    refused(lambda: Comment.objects.filter(pk=comment.pk).update(state=State.PENDING))
    refused(lambda: Comment.objects.filter(pk=comment.pk).update(state=State.APPROVED))


def test_an_act_about_another_comment_does_not_count() -> None:
    held, other = create_comment(state=State.PENDING), create_comment(state=State.REJECTED)
    assert other.acts.filter(from_state=State.PENDING, to_state=State.REJECTED).exists()
    refused(lambda: Comment.objects.filter(pk=held.pk).update(state=State.REJECTED))


def test_a_comment_begins_as_received() -> None:
    comment = create_comment()
    comment.pk, comment.number, comment.submission = (
        None,
        99,
        "00000000-0000-4000-8000-000000000001",
    )
    comment._state.adding = True
    refused(comment.save)


def test_an_act_of_a_moderator_names_the_moderator() -> None:
    comment = create_comment(state=State.PENDING)
    refused(
        lambda: ModerationAct.objects.create(
            comment=comment,
            from_state=State.PENDING,
            to_state=State.APPROVED,
            actor_kind=ActorKind.MODERATOR,
            reason=Reason.FITS,
        )
    )


@pytest.mark.parametrize(
    "change",
    [
        {"reason": Reason.SPAM},
        {"to_state": State.REJECTED},
        {"detail": "another"},
        {"at": NOW},
        {"actor_kind": ActorKind.SYSTEM, "actor": None},
        {"statement": "other words"},
    ],
)
def test_an_act_is_kept_as_it_was_written(change: dict) -> None:
    comment = create_comment(state=State.APPROVED)
    act = comment.acts.decisions().newest_first()[0]
    refused(lambda: ModerationAct.objects.filter(pk=act.pk).update(**change))


def test_an_act_cannot_be_given_to_somebody_else() -> None:
    act = create_comment(state=State.APPROVED).acts.newest_first()[0]
    refused(lambda: ModerationAct.objects.filter(pk=act.pk).update(actor=create_moderator()))


def test_acts_and_their_comments_cannot_be_deleted() -> None:
    comment = create_comment()
    refused(lambda: ModerationAct.objects.filter(comment=comment)._raw_delete("default"))
    with pytest.raises(IntegrityError):
        comment.delete()


def test_the_account_of_a_moderator_can_be_erased() -> None:
    mo = create_moderator()
    act = create_comment(state=State.APPROVED, by=mo).acts.newest_first()[0]
    mo.delete()
    act.refresh_from_db()
    assert act.actor is None
    assert act.actor_kind == ActorKind.MODERATOR
