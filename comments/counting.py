"""What is counted for the public: spans of months, figures over them, waiting times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

MONTHS = 12
MONTHS_IN_A_SPAN = 3
FEWEST = 5  # below this a median or a share says little, and might point at somebody


@dataclass(frozen=True)
class Span:
    """Some months of the year that is counted; `end` does not belong to it."""

    start: datetime
    end: datetime

    @property
    def last_day(self) -> datetime:
        """Return the last day that belongs to it."""
        return self.end - timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One figure over all spans."""

    key: str
    label: str
    counts: list[int]
    is_part: bool = False  # of the line above

    @property
    def total(self) -> int:
        """Return the figure of the year."""
        return sum(self.counts)


@dataclass(frozen=True)
class Waits:
    """How long something took, in the middle; nothing where too few were counted."""

    count: int
    middle: timedelta | None

    @classmethod
    def of(cls, pairs: Sequence[tuple[datetime, datetime]]) -> "Waits":
        """Return the median of the times between pairs of moments."""
        seconds = [(end - begin).total_seconds() for begin, end in pairs]
        enough = len(seconds) >= FEWEST
        return cls(len(seconds), timedelta(seconds=median(seconds)) if enough else None)

    @property
    def words(self) -> str:
        """Return the median in words; empty where there is none."""
        return "" if self.middle is None else in_words(self.middle)


def spans_before(now: datetime) -> list[Span]:
    """Return the twelve months up to and with the current one, in spans of three."""
    month = now.astimezone(UTC).year * 12 + now.astimezone(UTC).month - 1
    starts = range(month - MONTHS + 1, month + 2, MONTHS_IN_A_SPAN)
    edges = [datetime(start // 12, start % 12 + 1, 1, tzinfo=UTC) for start in starts]
    return [Span(begin, end) for begin, end in pairwise(edges)]


def by_span(spans: Sequence[Span], moments: Sequence[datetime]) -> list[int]:
    """Return how many moments lie in each span."""
    return [sum(span.start <= moment < span.end for moment in moments) for span in spans]


def in_words(span: timedelta) -> str:
    """Return a time as a person would say it: "40 minutes", "3 hours 20 minutes", "2 days"."""
    minutes = round(span.total_seconds() / 60)
    if minutes < 1:
        return "less than a minute"
    days, hours = divmod(round(minutes / 60), 24)
    if days >= 2:
        return _parts((days, "day"), (hours, "hour"))
    hours, minutes = divmod(minutes, 60)
    return _parts((hours, "hour"), (minutes, "minute"))


def _parts(*parts: tuple[int, str]) -> str:
    return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count)
