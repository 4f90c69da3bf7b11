"""Every decision about comments, people and threads: one function that changes a state.

The desk, the public pages, the readers' reports and the rules of the site all call what stands
here, so that each change has a reason and an actor, is in the log, and is told to the writer.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from comments import notifications
from comments.models import Comment, Commenter, Flag, ModerationAct, Thread
from comments.states import (
    REJECTIONS,
    Action,
    ActorKind,
    Reason,
    State,
    may_change,
)


class DecisionError(ValueError):
    """Raised for a decision that cannot be taken; the message is meant for a person."""


@dataclass(frozen=True)
class Actor:
    """Who decides."""

    kind: ActorKind
    user: User | None = None


SYSTEM = Actor(ActorKind.SYSTEM)
READERS = Actor(ActorKind.READERS)
WRITER = Actor(ActorKind.AUTHOR)


def moderator(user: User) -> Actor:
    """Return a moderator as an actor."""
    return Actor(ActorKind.MODERATOR, user)


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
    stored = Comment.objects.select_for_update().get(pk=comment.pk)
    before = State(stored.state)
    if not may_change(before, to, actor.kind):
        raise DecisionError(
            f"The comment is “{before.label}” now and cannot become “{to.label}” this way."
        )
    _check_reason(to, reason, statement, is_undo=undoes is not None)
    now = at or timezone.now()
    act = ModerationAct.objects.create(
        comment=stored,
        from_state=before,
        to_state=to,
        actor_kind=actor.kind,
        actor=actor.user,
        reason=reason,
        statement=statement.strip(),
        detail=detail[:300],
        undoes=undoes,
        at=now,
    )
    _apply(stored, to, actor, now)
    if actor.kind == ActorKind.MODERATOR:
        Flag.objects.filter(comment=stored, resolved_by=None).update(resolved_by=act)
    count_public(stored.thread)
    comment.refresh_from_db()
    notifications.of_decision(act)
    return act


def _check_reason(to: State, reason: Reason, statement: str, *, is_undo: bool) -> None:
    if to == State.REJECTED and reason not in REJECTIONS and not is_undo:
        raise DecisionError("Choose the reason that the writer will read.")
    if reason == Reason.OTHER and not statement.strip():
        raise DecisionError("Say the reason in your own words.")


def _apply(comment: Comment, to: State, actor: Actor, now: datetime) -> None:
    comment.state = to
    changed = ["state"]
    if to == State.APPROVED and comment.published_at is None:
        comment.published_at = now
        changed.append("published_at")
    if to in {State.APPROVED, State.REJECTED}:
        comment.decided_at = now
        changed.append("decided_at")
    if to == State.DELETED:
        comment.text = comment.html = ""
        changed += ["text", "html"]
    if actor.kind == ActorKind.AUTHOR and comment.wants_replies:
        comment.wants_replies = False
        changed.append("wants_replies")
    comment.save(update_fields=changed)


def count_public(thread: Thread) -> None:
    """Store how many comments of a thread are public, for the lists that show it."""
    public = Comment.objects.filter(thread=thread, state=State.APPROVED).count()
    Thread.objects.filter(pk=thread.pk).update(comment_count=public)


def approve(comment: Comment, *, user: User, reason: Reason = Reason.FITS) -> ModerationAct:
    """Make a comment public, as a moderator. Raises DecisionError."""
    return decide(comment, State.APPROVED, actor=moderator(user), reason=reason)


def reject(comment: Comment, *, user: User, reason: Reason, statement: str = "") -> ModerationAct:
    """Reject or remove a comment, as a moderator. Raises DecisionError."""
    actor = moderator(user)
    return decide(comment, State.REJECTED, actor=actor, reason=reason, statement=statement)


@transaction.atomic
def undo(act: ModerationAct, *, user: User) -> ModerationAct:
    """Take back one's own latest decision about a comment: the state before it returns.

    Raises DecisionError for somebody else's act, for one that is not the latest, and twice.
    """
    if act.comment is None or act.action != Action.STATE or act.actor_id != user.pk:
        raise DecisionError("You can take back your own decisions about comments.")
    latest = act.comment.acts.decisions().newest_first().first()
    if latest is None or latest.pk != act.pk:
        raise DecisionError("Something was decided since; look at the comment as it is now.")
    if act.undoes_id is not None:
        raise DecisionError("This decision took another one back already.")
    made = decide(
        act.comment,
        State(act.from_state),
        actor=moderator(user),
        reason=Reason.UNDONE,
        undoes=act,
    )
    Flag.objects.filter(resolved_by=act).update(resolved_by=None)
    notifications.withdraw(act)
    return made


def _log(
    action: Action,
    *,
    user: User,
    reason: Reason,
    statement: str = "",
    detail: str = "",
    comment: Comment | None = None,
    commenter: Commenter | None = None,
    thread: Thread | None = None,
) -> ModerationAct:
    if reason == Reason.OTHER and not statement.strip():
        raise DecisionError("Say the reason in your own words.")
    return ModerationAct.objects.create(
        action=action,
        actor_kind=ActorKind.MODERATOR,
        actor=user,
        reason=reason,
        statement=statement.strip(),
        detail=detail[:300],
        comment=comment,
        commenter=commenter,
        thread=thread,
    )


@transaction.atomic
def pin(comment: Comment, *, user: User, reason: Reason = Reason.ORDER) -> ModerationAct:
    """Pin a public comment to the head of its thread. Raises DecisionError for another."""
    if not comment.is_public:
        raise DecisionError("Only a public comment can be pinned.")
    Comment.objects.filter(pk=comment.pk).update(is_pinned=True)
    comment.is_pinned = True
    return _log(Action.PIN, comment=comment, user=user, reason=reason)


@transaction.atomic
def unpin(comment: Comment, *, user: User, reason: Reason = Reason.ORDER) -> ModerationAct:
    """Take the pin from a comment."""
    Comment.objects.filter(pk=comment.pk).update(is_pinned=False)
    comment.is_pinned = False
    return _log(Action.UNPIN, comment=comment, user=user, reason=reason)


@transaction.atomic
def lock(
    comment: Comment, *, user: User, reason: Reason = Reason.ORDER, statement: str = ""
) -> ModerationAct:
    """Stop replies to a comment and to what stands below it."""
    Comment.objects.filter(pk=comment.pk).update(is_locked=True)
    comment.is_locked = True
    return _log(Action.LOCK, comment=comment, user=user, reason=reason, statement=statement)


@transaction.atomic
def unlock(comment: Comment, *, user: User, reason: Reason = Reason.ORDER) -> ModerationAct:
    """Allow replies again."""
    Comment.objects.filter(pk=comment.pk).update(is_locked=False)
    comment.is_locked = False
    return _log(Action.UNLOCK, comment=comment, user=user, reason=reason)


@transaction.atomic
def set_opening(
    thread: Thread, opening: str, *, user: User, reason: Reason, statement: str = ""
) -> ModerationAct:
    """Close or open a thread, whatever its age (`Thread.Opening`)."""
    thread.opening = opening
    thread.save()
    is_closing = opening == Thread.Opening.CLOSED
    action = Action.CLOSE_THREAD if is_closing else Action.OPEN_THREAD
    return _log(
        action, thread=thread, user=user, reason=reason, statement=statement, detail=opening
    )


@transaction.atomic
def restrict(
    commenter: Commenter,
    action: Action,
    *,
    user: User,
    reason: Reason,
    statement: str = "",
    until: datetime | None = None,
) -> ModerationAct:
    """Always hold, suspend or ban a person, or lift all of it, and tell them why.

    `until` is the end of a suspension. Raises DecisionError without it, for a moment that has
    passed, and for people who work here.
    """
    now = timezone.now()
    if commenter.user is not None and commenter.user.is_staff and action != Action.LIFT:
        raise DecisionError("People who work at the desk cannot be restricted here.")
    if action == Action.SUSPEND and (until is None or until <= now):
        raise DecisionError("Say until when, a moment ahead.")
    if action == Action.HOLD_ALWAYS:
        commenter.always_hold = True
    elif action == Action.SUSPEND:
        commenter.suspended_until = until
    elif action == Action.BAN:
        commenter.banned_at = now
    elif action == Action.LIFT:
        commenter.always_hold = False
        commenter.suspended_until = None
        commenter.banned_at = None
    else:
        raise DecisionError("This is not a restriction.")
    commenter.save(update_fields=["always_hold", "suspended_until", "banned_at"])
    detail = f"until {until:%Y-%m-%d %H:%M} UTC" if until else ""
    act = _log(
        action, commenter=commenter, user=user, reason=reason, statement=statement, detail=detail
    )
    notifications.of_restriction(act)
    return act
