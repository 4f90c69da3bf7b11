"""What a rule would have held among the comments that moderators have decided about.

It asks `rules.matches`, as the live site does, so what is shown here is what will happen. Only this
one rule is looked at: whether a comment was held for another reason plays no part.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from comments.models import Comment, Rule
from comments.screening.decided import Outcome, decided, outcome_of
from comments.screening.rules import Match, matches
from comments.screening.subjects import subjects_of

LAST = 500
SAMPLE = 5


@dataclass(frozen=True)
class Share:
    """A part of a whole; a percentage is never shown without both."""

    part: int
    whole: int

    def __str__(self) -> str:
        return f"{self.part} of {self.whole}" + (f" ({self.percent}%)" if self.whole else "")

    @property
    def percent(self) -> int:
        """Return the share in whole percent; 0 and 100 only where it is none or all."""
        if self.part in {0, self.whole}:
            return 100 if self.part else 0
        return min(99, max(1, round(100 * self.part / self.whole)))


@dataclass(frozen=True)
class Held:
    """A comment that the rule would have held, and why."""

    comment: Comment
    match: Match
    outcome: Outcome


@dataclass
class DryRun:
    """What a rule would have done."""

    totals: Counter[Outcome] = field(default_factory=Counter)
    held: list[Held] = field(default_factory=list)
    since: datetime | None = None  # when the earliest of the comments was sent

    def of(self, outcome: Outcome) -> Share:
        """Return how many of the comments decided one way it would have held."""
        return Share(sum(one.outcome == outcome for one in self.held), self.totals[outcome])

    @property
    def total(self) -> int:
        """Return on how many decided comments it was tried."""
        return self.totals.total()

    @property
    def spam(self) -> Share:
        """Return how much of the spam it would have held: its recall."""
        return self.of(Outcome.SPAM)

    @property
    def other(self) -> Share:
        """Return how many of those rejected for other reasons it would have held."""
        return self.of(Outcome.OTHER)

    @property
    def good(self) -> Share:
        """Return how many approved comments would have had to wait."""
        return self.of(Outcome.GOOD)

    @property
    def precision(self) -> Share:
        """Return how much of what it would have held was spam."""
        return Share(self.spam.part, len(self.held))

    @property
    def good_ones(self) -> list[Held]:
        """Return the approved comments that it would have held, the latest decision first."""
        return [one for one in self.held if one.outcome == Outcome.GOOD]

    @property
    def sample(self) -> list[Held]:
        """Return some of the spam that it would have held."""
        return [one for one in self.held if one.outcome == Outcome.SPAM][:SAMPLE]


def dry_run(rule: Rule, last: int = LAST) -> DryRun:
    """Try a rule, stored or not, on the last decided comments. Raises ValueProblems.

    For a rule of rate, the hour before each comment is the hour before it was sent.
    """
    comments = list(decided().select_related("author__user", "thread__article")[:last])
    run = DryRun()
    for subject in subjects_of(comments):
        outcome = outcome_of(subject.comment)
        run.totals[outcome] += 1
        if match := matches(rule, subject):
            run.held.append(Held(subject.comment, match, outcome))
    run.since = min((comment.created_at for comment in comments), default=None)
    return run
