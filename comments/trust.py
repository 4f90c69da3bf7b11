"""The ladder of trust: comments are held, then appear at once, then reports carry weight.

Computed from the decisions each time it is asked for, so it cannot drift from them: approvals are
counted since the last comment that stands rejected. A rejection that was reversed counts no more.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from django.db.models import Exists, Max, OuterRef, Q

from comments.models import Comment, Commenter, ModerationAct, Policy
from comments.states import Reason, State


class Level(IntEnum):
    """A step of the ladder."""

    NEW = 0
    KNOWN = 1
    TRUSTED = 2


# Approvals that nobody looked at say nothing about the person.
UNEARNED = (Reason.OPEN_MODE, Reason.IMPORTED)

# What one report counts towards hiding a comment.
WEIGHTS = {Level.NEW: 0, Level.KNOWN: 1, Level.TRUSTED: 2}


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


def level_for(approved: int, policy: Policy) -> Level:
    """Return the step that so many approved comments reach."""
    if approved >= max(policy.approvals_to_weigh, policy.approvals_to_post):
        return Level.TRUSTED
    return Level.KNOWN if approved >= policy.approvals_to_post else Level.NEW


def standing_of(commenter: Commenter, policy: Policy) -> Standing:
    """Return where a person stands on the ladder, in two queries."""
    written = Comment.objects.by(commenter)
    rejected_at = written.filter(state=State.REJECTED).aggregate(at=Max("decided_at"))["at"]
    since = Q() if rejected_at is None else Q(decided_at__gt=rejected_at)
    earned = ModerationAct.objects.filter(comment=OuterRef("pk"), to_state=State.APPROVED).exclude(
        reason__in=UNEARNED
    )
    approved = written.filter(since, Exists(earned), state=State.APPROVED).count()
    level = level_for(approved, policy)
    steps = {
        Level.NEW: policy.approvals_to_post,
        Level.KNOWN: max(policy.approvals_to_weigh, policy.approvals_to_post),
    }
    return Standing(
        level=level,
        approved=approved,
        needed=steps[level] - approved if level in steps else None,
        last_rejected_at=rejected_at,
        approvals_to_post=policy.approvals_to_post,
        approvals_to_weigh=policy.approvals_to_weigh,
    )
