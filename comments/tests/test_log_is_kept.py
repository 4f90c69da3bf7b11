"""The database itself: no state changes without a reason and an actor, and the log only grows."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounts.data.mentions import NOBODY
from comments.models import Comment, Commenter, ModerationAct
from comments.moderation import decide, moderator
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


# Somebody is taken out, and the gap shows


def told(statement: str, detail: str = "") -> ModerationAct:
    """Return an act with words."""
    comment = create_comment(state=State.PENDING)
    mo = create_moderator()
    return decide(
        comment,
        State.REJECTED,
        actor=moderator(mo),
        reason=Reason.OTHER,
        statement=statement,
        detail=detail,
    )


def test_detail_and_statement_can_be_emptied() -> None:
    act = told("As Ann says.", "Rule: “x”")
    assert ModerationAct.objects.filter(pk=act.pk).update(detail="", statement="") == 1


@pytest.mark.parametrize("field", ["statement", "detail"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("As Ann says.", "As somebody who left says."),
        ("Ann", "somebody who left"),
        ("Ann says", "somebody who left says"),
        ("says Ann", "says somebody who left"),
        ("Ann and Ann", "Ann and somebody who left"),
        (f"x{'a' * 254}y", "xsomebody who lefty"),
        ("Größe: Änn, 你好", "Größe: somebody who left, 你好"),
    ],
)
def test_one_stretch_can_be_replaced_by_the_mark(field: str, before: str, after: str) -> None:
    act = told(**{"statement": "x", field: before})
    ModerationAct.objects.filter(pk=act.pk).update(**{field: after})
    act.refresh_from_db()
    assert getattr(act, field) == after


@pytest.mark.parametrize("field", ["statement", "detail"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("As Ann says.", "As somebody who left lies."),  # more than the stretch
        ("As Ann says.", "So somebody who left says."),
        ("As Ann says.", "As Bob says."),  # without the mark
        ("As Ann says.", "As somebody who left Ann says."),  # added, and nothing taken
        (f"x{'a' * 255}y", "xsomebody who lefty"),  # longer than an address
        ("aba", "absomebody who leftba"),  # what is kept would overlap
    ],
)
def test_nothing_else_can_be_put_there(field: str, before: str, after: str) -> None:
    act = told(**{"statement": "x", field: before})
    refused(lambda: ModerationAct.objects.filter(pk=act.pk).update(**{field: after}))


def test_the_guard_knows_the_mark_that_is_written() -> None:
    migration = import_module("comments.migrations.0004_people_who_left")
    assert migration.MARK == NOBODY


def test_whoever_left_is_one_row_and_nobody() -> None:
    nobody = Commenter.who_left()
    assert Commenter.who_left() == nobody
    refused(lambda: Commenter.objects.create(stands_for_leavers=True))
    refused(lambda: Commenter.objects.filter(pk=nobody.pk).update(guest_email="a@example.org"))
    refused(lambda: Commenter.objects.filter(pk=nobody.pk).update(banned_at=NOW))
