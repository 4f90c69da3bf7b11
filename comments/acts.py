"""Who acts, and the rows of the log that their acts leave."""

from dataclasses import dataclass

from accounts.models import User
from comments.models import Comment, Commenter, ModerationAct, Thread
from comments.states import Action, ActorKind, Reason

STATEMENT_LENGTH = 2_000


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


def check_statement(reason: Reason, statement: str) -> None:
    """Raise DecisionError where words have to follow the reason and do not, or far too many do."""
    if reason == Reason.OTHER and not statement.strip():
        raise DecisionError("Say the reason in your own words.")
    if reason == Reason.ILLEGAL and not statement.strip():
        raise DecisionError("Say in your own words which law forbids it, and why.")
    if len(statement.strip()) > STATEMENT_LENGTH:
        raise DecisionError(f"Say it in at most {STATEMENT_LENGTH:,} characters.")


def write_act(
    action: Action,
    *,
    user: User,
    reason: Reason,
    statement: str = "",
    detail: str = "",
    comment: Comment | None = None,
    commenter: Commenter | None = None,
    thread: Thread | None = None,
    undoes: ModerationAct | None = None,
) -> ModerationAct:
    """Add an act of a moderator that changes no state to the log. Raises DecisionError."""
    check_statement(reason, statement)
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
        undoes=undoes,
    )
