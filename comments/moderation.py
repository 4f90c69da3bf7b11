"""Every decision about comments, people and threads: one function that changes a state.

The desk, the public pages, the readers' reports and the rules of the site all call what stands
here, so that each change has a reason and an actor, is in the log, and is told to the writer.

Whoever needs both rows locks the thread before the comment (`locked`), so that nobody waits for
somebody who waits for them. Decide about many comments in one transaction each.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from comments import notifications
from comments.acts import (
    READERS,
    SYSTEM,
    WRITER,
    Actor,
    DecisionError,
    check_statement,
    moderator,
    write_act,
)
from comments.models import Comment, Flag, ModerationAct, Thread
from comments.order import lock, pin, set_opening, unlock, unpin
from comments.restrictions import restrict
from comments.states import REJECTIONS, Action, ActorKind, Reason, State, may_change

__all__ = [
    "READERS",
    "SYSTEM",
    "WRITER",
    "Actor",
    "DecisionError",
    "approve",
    "count_public",
    "decide",
    "delete_all",
    "keep",
    "last_change_of",
    "lock",
    "locked",
    "moderator",
    "pin",
    "reject",
    "restrict",
    "set_opening",
    "undo",
    "unlock",
    "unpin",
    "why_no_undo",
]


# What is left of the words of a deleted comment; the score and the signals quote them.
EMPTIED: dict[str, Any] = {
    **dict.fromkeys(("text", "html", "words_digest"), ""),
    "score_words": [],
    "signals": [],
    "wants_replies": False,
}


def locked(comment: Comment) -> Comment:
    """Return the comment as it is now; who else would change it waits for this transaction."""
    thread = Thread.objects.select_for_update(no_key=True).get(pk=comment.thread_id)
    stored = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    stored.thread = thread
    return stored


def last_change_of(comment: Comment) -> int | None:
    """Return the key of the act that last changed a comment's state or words.

    Whoever decides about what they saw compares it, under `locked`, with what it was then.
    """
    changes = comment.acts.filter(action__in=(Action.STATE, Action.EDIT))
    return changes.newest_first().values_list("pk", flat=True).first()


@transaction.atomic
def decide(
    comment: Comment,
    to: State,
    *,
    actor: Actor,
    reason: Reason,
    statement: str = "",
    detail: str = "",
    undoes: ModerationAct | None = None,
    at: datetime | None = None,
) -> ModerationAct:
    """Take a comment to another state and return the row of the log: the only way to do it.

    Raises DecisionError where the comment is not in a state from which this actor may do so, where
    a rejection gives no reason that writers know, and where "other" comes without a statement.
    """
    stored = locked(comment)
    is_undo = undoes is not None
    _check(stored, to, actor, is_undo=is_undo)
    if to == State.REJECTED and reason not in REJECTIONS and not is_undo:
        raise DecisionError("Choose the reason that the writer will read.")
    check_statement(reason, statement)
    act = ModerationAct.objects.create(
        comment=stored,
        from_state=stored.state,
        to_state=to,
        actor_kind=actor.kind,
        actor=actor.user,
        reason=reason,
        statement=statement.strip(),
        detail=detail[:300],
        undoes=undoes,
        at=at or timezone.now(),
    )
    _apply(stored, act)
    if State.APPROVED in {act.from_state, act.to_state}:
        count_public(stored.thread)
    comment.refresh_from_db()
    notifications.of_decision(act)
    return act


@transaction.atomic
def delete_all(comments: Collection[int], *, reason: Reason = Reason.WRITER) -> int:
    """Delete comments for a writer who leaves, a row of the log for each; return how many.

    As `decide`, in a few queries for a thread, and whatever was decided about them before. Tells
    nobody, and leaves letters to the caller.
    """
    deleted = 0
    stored = Comment.objects.filter(pk__in=comments).exclude(state=State.DELETED)
    for thread in Thread.objects.filter(comments__in=stored).distinct().order_by("pk"):
        Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
        rows = stored.filter(thread=thread).select_for_update(no_key=True, of=("self",))
        acts = [
            ModerationAct(
                comment=comment,
                from_state=comment.state,
                to_state=State.DELETED,
                actor_kind=ActorKind.AUTHOR,
                reason=reason,
            )
            for comment in rows.order_by("pk")
            if may_change(comment.state, State.DELETED, ActorKind.AUTHOR)
        ]
        made = ModerationAct.objects.bulk_create(acts)
        by_comment = {act.comment_id: act for act in made if act.comment_id is not None}
        Comment.objects.filter(pk__in=by_comment).update(state=State.DELETED, **EMPTIED)
        for report in Flag.objects.filter(comment__in=by_comment, resolved_by=None):
            report.resolved_by = by_comment[report.comment_id]
            report.save(update_fields=["resolved_by"])
        count_public(thread)
        deleted += len(by_comment)
    return deleted


def _check(comment: Comment, to: State, actor: Actor, *, is_undo: bool) -> None:
    before = State(comment.state)
    if not may_change(before, to, actor.kind, is_undo=is_undo):
        raise DecisionError(
            f"The comment is “{before.label}” now and cannot become “{to.label}” this way."
        )
    if to != State.APPROVED or is_undo or actor.kind != ActorKind.MODERATOR:
        return
    if actor.user is not None and comment.author.user_id == actor.user.pk:
        raise DecisionError("It is your own comment: another moderator makes it public.")


def _apply(comment: Comment, act: ModerationAct) -> None:
    comment.state = act.to_state
    changed = ["state"]
    if act.to_state == State.APPROVED and comment.published_at is None:
        comment.published_at = act.at
        changed.append("published_at")
    if _takes_first_approval_back(comment, act):
        comment.published_at = None  # an approval to come dates it, tells it and puts it into feeds
        changed.append("published_at")
    if act.undoes is not None or act.to_state in {State.APPROVED, State.REJECTED}:
        comment.decided_at = _decided_at(comment, act)
        changed.append("decided_at")
    if act.to_state == State.DELETED:
        for name, nothing in EMPTIED.items():
            setattr(comment, name, nothing)
        changed += EMPTIED
    comment.save(update_fields=changed)
    is_look = act.actor_kind == ActorKind.MODERATOR and act.undoes is None
    if is_look or act.to_state == State.DELETED:
        Flag.objects.filter(comment=comment, resolved_by=None).update(resolved_by=act)


def _takes_first_approval_back(comment: Comment, act: ModerationAct) -> bool:
    undone = act.undoes
    return (
        undone is not None
        and undone.to_state == State.APPROVED
        and undone.at == comment.published_at
    )


def _decided_at(comment: Comment, act: ModerationAct) -> datetime | None:
    """Return since when the decision stands: an undo brings the earlier one back, with its day."""
    if act.undoes is None:
        return act.at
    earlier = comment.acts.decisions().filter(
        pk__lt=act.undoes.pk,
        to_state__in=(State.APPROVED, State.REJECTED),
        undoes=None,
        undone_by=None,
    )
    return earlier.newest_first().values_list("at", flat=True).first()


def count_public(thread: Thread) -> None:
    """Store how many comments of a thread are public, for the lists that show it.

    The caller has locked the thread: two decisions at once would each miss the other's comment.
    """
    thread.comment_count = Comment.objects.filter(thread=thread, state=State.APPROVED).count()
    thread.save(update_fields=["comment_count"])


def approve(comment: Comment, *, user: User, reason: Reason = Reason.FITS) -> ModerationAct:
    """Make a comment public, as a moderator. Raises DecisionError."""
    return decide(comment, State.APPROVED, actor=moderator(user), reason=reason)


def reject(comment: Comment, *, user: User, reason: Reason, statement: str = "") -> ModerationAct:
    """Reject or remove a comment, as a moderator. Raises DecisionError."""
    actor = moderator(user)
    return decide(comment, State.REJECTED, actor=actor, reason=reason, statement=statement)


def why_no_undo(act: ModerationAct, user: User, *, latest: int | None = None) -> str:
    """Return why a moderator cannot take an act back; empty where they can.

    Not somebody else's, not one that was decided about again, not twice, and not the answer to an
    appeal or a notice, which somebody has been told. Who knows the latest decision says its key.
    """
    if act.comment_id is None or act.action != Action.STATE or act.actor_id != user.pk:
        return "You can take back your own decisions about comments."
    if latest is None:
        decisions = ModerationAct.objects.filter(comment=act.comment_id).decisions()
        latest = decisions.newest_first().values_list("pk", flat=True).first()
    if latest != act.pk:
        return "Something was decided since; look at the comment as it is now."
    if act.undoes_id is not None:
        return "This decision took another one back already."
    if act.reason == Reason.APPEAL or act.notices.all():  # the desk has fetched them for all cards
        return "It answers an appeal or a notice, so it stands; decide anew."
    return ""


@transaction.atomic
def undo(act: ModerationAct, *, user: User) -> ModerationAct:
    """Take back one's own latest decision about a comment: the state before it returns.

    Raises DecisionError where `why_no_undo` says that it cannot be.
    """
    if act.comment is None:
        raise DecisionError(why_no_undo(act, user))
    stored = locked(act.comment)
    if problem := why_no_undo(act, user):
        raise DecisionError(problem)
    made = decide(
        stored, State(act.from_state), actor=moderator(user), reason=Reason.UNDONE, undoes=act
    )
    act.comment.refresh_from_db()
    Flag.objects.filter(resolved_by=act).update(resolved_by=None)
    notifications.withdraw(act)
    return made


@transaction.atomic
def keep(comment: Comment, *, user: User, statement: str = "") -> ModerationAct:
    """Leave a public comment as it is after readers reported it: their reports are answered.

    Raises DecisionError where it is not public, where nobody's report is open, and for its writer.
    """
    stored = locked(comment)
    reports = Flag.objects.filter(comment=stored, resolved_by=None)
    if not stored.is_public or not reports.exists():
        raise DecisionError("There is no open report of a public comment here.")
    if stored.author.user_id == user.pk:
        raise DecisionError("It is your own comment: another moderator answers the reports.")
    act = write_act(Action.KEEP, comment=stored, user=user, reason=Reason.FITS, statement=statement)
    reports.update(resolved_by=act)
    return act
