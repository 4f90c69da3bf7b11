"""From a pressed button to the domain: each decision in a transaction of its own.

A moderator decides about what they saw. Where a colleague, a reader or the writer was quicker,
nothing is decided, and the moderator reads what happened meanwhile.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from comments import moderation
from comments.admin.rights import who_did
from comments.models import Comment, ModerationAct
from comments.moderation import DecisionError
from comments.states import REJECTIONS, Action, Reason, State
from core import moments


@dataclass(frozen=True)
class Wish:
    """What a moderator wants done about a comment, and which decision they had before them."""

    verb: str
    pk: int
    seen: int | None = None  # None where the page did not say
    reason: str = ""
    statement: str = ""


@dataclass(frozen=True)
class Answer:
    """What came of it: done, or a problem in words for a person."""

    pk: int
    did: str = ""
    act: ModerationAct | None = None
    problem: str = ""
    is_stale: bool = False


class StaleError(DecisionError):
    """Raised where something was decided since the moderator looked."""


def read_reason(value: str) -> Reason:
    """Return the reason of a rejection. Raises DecisionError for anything else."""
    if value not in REJECTIONS:
        raise DecisionError("Choose the reason that the writer will read.")
    return Reason(value)


def read_order_reason(value: str) -> Reason:
    """Return why a conversation is closed or opened; where nothing was chosen, for its order."""
    return read_reason(value) if value else Reason.ORDER


def _approve(comment: Comment, wish: Wish, user: User) -> ModerationAct:
    return moderation.approve(comment, user=user)


def _reject(comment: Comment, wish: Wish, user: User) -> ModerationAct:
    reason = read_reason(wish.reason)
    return moderation.reject(comment, user=user, reason=reason, statement=wish.statement)


def _spam(comment: Comment, wish: Wish, user: User) -> ModerationAct:
    return moderation.reject(comment, user=user, reason=Reason.SPAM, statement=wish.statement)


def _keep(comment: Comment, wish: Wish, user: User) -> ModerationAct:
    return moderation.keep(comment, user=user)


def _undo(comment: Comment, wish: Wish, user: User) -> ModerationAct:
    act = comment.acts.decisions().newest_first().first()
    if act is None:
        raise DecisionError("Nothing was decided about this comment.")
    return moderation.undo(act, user=user)


def _lock(comment: Comment, wish: Wish, user: User) -> ModerationAct:
    reason = read_order_reason(wish.reason)
    return moderation.lock(comment, user=user, reason=reason, statement=wish.statement)


def _unlock(comment: Comment, wish: Wish, user: User) -> ModerationAct:
    reason = read_order_reason(wish.reason)
    return moderation.unlock(comment, user=user, reason=reason, statement=wish.statement)


def _look_again(comment: Comment, wish: Wish, user: User) -> ModerationAct:
    if comment.state != State.APPROVED:
        raise DecisionError("Only a public comment can be put back to those that wait.")
    return moderation.decide(
        comment,
        State.PENDING,
        actor=moderation.moderator(user),
        reason=Reason.SECOND_LOOK,
        statement=wish.statement,
    )


# What each button does, and how the desk says that it was done.
VERBS: dict[str, tuple[str, Callable[[Comment, Wish, User], ModerationAct]]] = {
    "approve": ("Approved", _approve),
    "reject": ("Rejected", _reject),
    "spam": ("Rejected as spam", _spam),
    "keep": ("Kept, reports answered", _keep),
    "undo": ("Taken back", _undo),
    "look-again": ("Put back to those that wait", _look_again),
    "pin": ("Pinned", lambda comment, wish, user: moderation.pin(comment, user=user)),
    "unpin": ("Unpinned", lambda comment, wish, user: moderation.unpin(comment, user=user)),
    "lock": ("Locked", _lock),
    "unlock": ("Unlocked", _unlock),
}


def carry_out(wish: Wish, user: User) -> Answer:
    """Do what a moderator wants about one comment, or say why not. `wish.verb` is in VERBS."""
    did, work = VERBS[wish.verb]
    try:
        with transaction.atomic():
            found = Comment.objects.filter(pk=wish.pk).first()
            if found is None:
                raise DecisionError("There is no such comment.")
            comment = moderation.locked(found)
            check_seen(comment, wish.seen)
            act = work(comment, wish, user)
    except DecisionError as error:
        return Answer(wish.pk, problem=str(error), is_stale=isinstance(error, StaleError))
    return Answer(wish.pk, did=did, act=act)


def carry_out_all(wishes: Iterable[Wish], user: User) -> list[Answer]:
    """Do the same for many: one that fails leaves the others done."""
    return [carry_out(wish, user) for wish in wishes]


def check_seen(comment: Comment, seen: int | None) -> None:
    """Raise StaleError where the comment changed since: decided by others, or its words edited.

    `seen` is what `moderation.last_change_of` said when the moderator looked; None asks nothing.
    """
    last = moderation.last_change_of(comment)
    if seen is not None and last is not None and last != seen:
        act = ModerationAct.objects.select_related("actor").get(pk=last)
        raise StaleError(f"{what_happened(act)} Nothing of yours was stored.")


def what_happened(act: ModerationAct) -> str:
    """Return in words what somebody else did while the page was open."""
    today = timezone.localdate(act.at) == timezone.localdate()
    when = moments.in_words(act.at, "H:i" if today else moments.LONG)
    if act.action == Action.EDIT:
        return f"The writer changed the words since you opened the page ({when}). Read them again."
    what = State(act.to_state).label if act.action == Action.STATE else Action(act.action).label
    words = f" In their words: “{act.statement}”" if act.statement else ""
    return f"{who_did(act)} was quicker ({when}): “{what}”. {Reason(act.reason).label}{words}"
