"""Keeping a thread readable: pinning, locking, closing. None of it changes a comment's state."""

from django.db import transaction

from accounts.models import User
from comments.acts import DecisionError, write_act
from comments.models import Comment, ModerationAct, Thread
from comments.states import Action, Reason


@transaction.atomic
def pin(comment: Comment, *, user: User, reason: Reason = Reason.ORDER) -> ModerationAct:
    """Pin a public comment to the head of its thread. Raises DecisionError for another."""
    if not Comment.objects.select_for_update(no_key=True).get(pk=comment.pk).is_public:
        raise DecisionError("Only a public comment can be pinned.")
    return _switch(comment, Action.PIN, user=user, reason=reason, is_pinned=True)


@transaction.atomic
def unpin(comment: Comment, *, user: User, reason: Reason = Reason.ORDER) -> ModerationAct:
    """Take the pin from a comment."""
    return _switch(comment, Action.UNPIN, user=user, reason=reason, is_pinned=False)


@transaction.atomic
def lock(
    comment: Comment, *, user: User, reason: Reason = Reason.ORDER, statement: str = ""
) -> ModerationAct:
    """Stop replies to a comment and to what stands below it."""
    return _switch(
        comment, Action.LOCK, user=user, reason=reason, statement=statement, is_locked=True
    )


@transaction.atomic
def unlock(
    comment: Comment, *, user: User, reason: Reason = Reason.ORDER, statement: str = ""
) -> ModerationAct:
    """Allow replies again."""
    return _switch(
        comment, Action.UNLOCK, user=user, reason=reason, statement=statement, is_locked=False
    )


def _switch(
    comment: Comment,
    action: Action,
    *,
    user: User,
    reason: Reason,
    statement: str = "",
    **switch: bool,
) -> ModerationAct:
    Comment.objects.filter(pk=comment.pk).update(**switch)
    for name, value in switch.items():
        setattr(comment, name, value)
    return write_act(action, comment=comment, user=user, reason=reason, statement=statement)


@transaction.atomic
def set_opening(
    thread: Thread, opening: str, *, user: User, reason: Reason, statement: str = ""
) -> ModerationAct:
    """Close or open a thread, whatever its age (`Thread.Opening`)."""
    # Only this column: what else stands in the row is counted by others meanwhile.
    stored, _ = Thread.objects.get_or_create(article=thread.article)
    Thread.objects.filter(pk=stored.pk).update(opening=opening)
    thread.pk, thread.opening = stored.pk, opening
    thread._state.adding = False
    is_closing = opening == Thread.Opening.CLOSED
    action = Action.CLOSE_THREAD if is_closing else Action.OPEN_THREAD
    return write_act(
        action, thread=stored, user=user, reason=reason, statement=statement, detail=opening
    )
