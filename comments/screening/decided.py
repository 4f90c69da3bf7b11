"""The comments that moderators have decided about: what rules are tried on and the score learns."""

from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from comments.models import Comment, ModerationAct
from comments.models.decisions import ModerationActQuerySet
from comments.states import ActorKind, Reason, State


class Outcome(StrEnum):
    GOOD = "good"
    SPAM = "spam"
    OTHER = "other"  # rejected for another reason


def decided() -> QuerySet[Comment]:
    """Return the comments that stand as a moderator decided, the latest decision first.

    What appeared by itself (trusted writers, open threads, imports) says nothing about a
    moderator's eye, and neither does an undo. `outcome_of` reads the annotation `rejected_for`.
    """
    approved = Q(Exists(_acts().filter(to_state=State.APPROVED)), state=State.APPROVED)
    stand = Comment.objects.filter(approved | Q(state=State.REJECTED))
    return with_reason(stand).order_by("-decided_at", "-pk")


def with_reason(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Return comments with the reason of their last rejection as `rejected_for`."""
    rejections = _acts().filter(to_state=State.REJECTED).newest_first().values("reason")
    return comments.annotate(rejected_for=Subquery(rejections[:1]))


def _acts() -> ModerationActQuerySet:
    """Return what moderators decided about the comment of the outer query; no undo."""
    return ModerationAct.objects.decisions().filter(
        comment=OuterRef("pk"), actor_kind=ActorKind.MODERATOR, undoes=None
    )


def outcome_of(comment: Comment) -> Outcome:
    """Return how one of `decided` was decided."""
    if comment.state == State.APPROVED:
        return Outcome.GOOD
    reason = comment.rejected_for  # type: ignore[attr-defined]
    return Outcome.SPAM if reason == Reason.SPAM else Outcome.OTHER
