"""Which letters about comments a person wants: the choice of the account, beside each comment's."""

from accounts.registries import notices
from comments.models import Commenter, ModerationAct
from comments.states import State

REPLIES = "comments.replies"
APPROVALS = "comments.approvals"
DECISIONS = "comments.decisions"

BAD_NEWS = (State.REJECTED, State.HIDDEN)


def wants(person: Commenter, kind: str) -> bool:
    """Return whether a person wants letters of a kind. Guests have no such choice, and get them."""
    return person.user is None or notices.wants(person.user, kind)


def is_optional(act: ModerationAct, known: str) -> bool:
    """Return whether the letter about a decision can be switched off.

    That a comment became public can be. Whoever was told that it did not, or was taken away, is
    told of the good end in any case; and every decision against somebody is explained to them.
    """
    return act.to_state == State.APPROVED and known not in BAD_NEWS
