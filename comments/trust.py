"""The ladder of trust: comments are held, then appear at once, then reports carry weight.

Computed from the decisions each time it is asked for, so it cannot drift from them: approvals are
counted since the last comment that stands rejected. A rejection that was reversed counts no more.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery

from comments.models import Comment, Commenter, ModerationAct, Policy
from comments.states import Reason, State


class Level(IntEnum):
    """A step of the ladder."""

    NEW = 0
    KNOWN = 1
    TRUSTED = 2


# Approvals that the person did nothing for. One by trust counts: every reader could object to it.
UNEARNED = (Reason.OPEN_MODE, Reason.IMPORTED, Reason.UNDONE)

# What one report counts towards hiding a comment: nothing before the last step.
WEIGHTS = {Level.NEW: 0, Level.KNOWN: 0, Level.TRUSTED: 1}


@dataclass(frozen=True)
class Standing:
    """Where a person stands, why, and what comes next."""

    level: Level
    approved: int
    needed: int | None  # more approved comments up to the next step; None at the top
    last_rejected_at: datetime | None
    approvals_to_post: int
    approvals_to_weigh: int

    @property
    def report_weight(self) -> int:
        """Return what a report of this person counts."""
        return WEIGHTS[self.level]


def approvals_to_weigh(policy: Policy) -> int:
    """Return how many approved comments lead to the last step; it never comes before the second."""
    return max(policy.approvals_to_weigh, policy.approvals_to_post)


def level_for(approved: int, policy: Policy) -> Level:
    """Return the step that so many approved comments reach."""
    if approved >= approvals_to_weigh(policy):
        return Level.TRUSTED
    return Level.KNOWN if approved >= policy.approvals_to_post else Level.NEW


def standing_of(commenter: Commenter, policy: Policy) -> Standing:
    """Return where a person stands on the ladder, in one query."""
    return standings_of([commenter.pk], policy)[commenter.pk]


def standings_of(commenters: Collection[int], policy: Policy) -> dict[int, Standing]:
    """Return where people stand, by their keys: one query, however many they are."""
    rejected_at = (
        Comment.objects.filter(author=OuterRef("author"), state=State.REJECTED)
        .order_by("-decided_at")
        .values("decided_at")[:1]
    )
    earned = ModerationAct.objects.filter(comment=OuterRef("pk"), to_state=State.APPROVED).exclude(
        reason__in=UNEARNED
    )
    counts = Q(state=State.APPROVED) & Exists(earned)
    since = Q(rejected_at=None) | Q(decided_at__gt=F("rejected_at"))
    rows = (
        Comment.objects.filter(author__in=commenters)
        .alias(rejected_at=Subquery(rejected_at))
        .values_list("author")
        .annotate(
            last=Max("decided_at", filter=Q(state=State.REJECTED)),
            count=Count("pk", filter=counts & since),
        )
        .order_by()
    )
    found = {author: (count, last) for author, last, count in rows}
    return {pk: _standing(*found.get(pk, (0, None)), policy) for pk in commenters}


def _standing(approved: int, rejected_at: datetime | None, policy: Policy) -> Standing:
    level = level_for(approved, policy)
    steps = {
        Level.NEW: policy.approvals_to_post,
        Level.KNOWN: approvals_to_weigh(policy),
    }
    return Standing(
        level=level,
        approved=approved,
        needed=steps[level] - approved if level in steps else None,
        last_rejected_at=rejected_at,
        approvals_to_post=policy.approvals_to_post,
        approvals_to_weigh=approvals_to_weigh(policy),
    )
