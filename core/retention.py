"""What is kept about people, why, and for how long: one table, read by the purge and by the public.

Each app registers what it keeps in `AppConfig.ready()`. `manage.py purge` and the worker's hourly
round carry the table out; the privacy page prints it. So the page cannot promise what nobody does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

Purge = Callable[[datetime], int]


@dataclass(frozen=True)
class Keeping:
    """One kind of trace that a person leaves.

    `period` runs from the moment that `since` names; without a period the trace is kept until the
    event in `until`. `purge` forgets what is due at a moment and returns how many rows that were;
    it is None only where the end is somebody's own act, such as deleting the account.
    """

    key: str
    what: str
    why: str
    period: timedelta | None = None
    since: str = ""
    until: str = ""
    purge: Purge | None = None

    def __post_init__(self) -> None:
        if (self.period is None) != bool(self.until):
            raise ValueError(f"{self.key}: name either a period or the event that ends it.")


_keepings: dict[str, Keeping] = {}


def register(keeping: Keeping) -> None:
    """Add a row to the table. Raises ValueError for a period that nothing carries out."""
    if keeping.period is not None and keeping.purge is None:
        raise ValueError(f"{keeping.key}: a period needs something that carries it out.")
    _keepings[keeping.key] = keeping


def table() -> list[Keeping]:
    """Return all rows, by key."""
    return [_keepings[key] for key in sorted(_keepings)]


def purge(now: datetime | None = None) -> dict[str, int]:
    """Forget everything that is due at a moment (default: now); return how much, by key."""
    now = now or timezone.now()
    return {row.key: row.purge(now) for row in table() if row.purge is not None}
