"""What is kept about people, why, and for how long: one table, read by the purge and by the public.

Each app registers what it keeps in `AppConfig.ready()`. `manage.py purge` and the worker's hourly
round carry the table out; the privacy page prints it. So the page cannot promise what nobody does.
"""

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

logger = logging.getLogger(__name__)

Purge = Callable[[datetime], int]

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Keeping:
    """One kind of trace that a person leaves.

    `period` runs from the moment that `since` names; without a period the trace is kept until the
    event in `until`. `purge` forgets what is due at a moment and returns how many rows that were;
    it is None only where the end is somebody's own act, such as deleting the account. `since`
    completes "7 days after …", `until` completes "Until …".

    `is_in_database` is False where a purge empties a cache or a file: a dry run cannot take that
    back, so it leaves such a row alone.
    """

    key: str
    what: str
    why: str
    period: timedelta | None = None
    since: str = ""
    until: str = ""
    purge: Purge | None = None
    is_in_database: bool = True

    def __post_init__(self) -> None:
        if (self.period is None) != bool(self.until):
            raise ValueError(f"{self.key}: name either a period or the event that ends it.")

    @property
    def how_long(self) -> str:
        """Return in words how long it is kept."""
        if self.period is None:
            return f"Until {self.until}"
        whole, unit = (self.period // DAY, "day")
        if self.period % DAY:
            whole, unit = (self.period // timedelta(hours=1), "hour")
        span = f"{whole} {unit}{'' if whole == 1 else 's'}"
        return f"{span} after {self.since}" if self.since else span


_keepings: dict[str, Keeping] = {}


def register(keeping: Keeping) -> None:
    """Add a row to the table. Raises ValueError for a period that nothing carries out."""
    if keeping.period is not None and keeping.purge is None:
        raise ValueError(f"{keeping.key}: a period needs something that carries it out.")
    _keepings[keeping.key] = keeping


def table() -> list[Keeping]:
    """Return all rows, app by app, and in each app in the order in which it registered them.

    The app is what stands in the key before the full stop.
    """
    return sorted(_keepings.values(), key=lambda row: row.key.partition(".")[0])


def in_words() -> list[dict[str, str]]:
    """Return the table as it is printed: what, why and how long, in plain values."""
    return [{"what": row.what, "why": row.why, "how_long": row.how_long} for row in table()]


def digest() -> str:
    """Return a fingerprint of the printed table; it changes with any word or period of it."""
    return hashlib.sha256(json.dumps(in_words(), ensure_ascii=False).encode()).hexdigest()[:16]


def purge(now: datetime | None = None, *, dry_run: bool = False) -> dict[str, int | None]:
    """Forget everything that is due at a moment (default: now); return how much, by key.

    One row that fails does not keep the others from being forgotten: it is logged, and counts as
    None. A dry run changes nothing, and leaves out what is not in the database.
    """
    now = now or timezone.now()
    return {row.key: _purge_one(row, now, dry_run) for row in _to_purge(dry_run)}


def _to_purge(dry_run: bool) -> list[Keeping]:
    """Return the rows that something carries out."""
    return [row for row in table() if row.purge and (row.is_in_database or not dry_run)]


def _purge_one(row: Keeping, now: datetime, dry_run: bool) -> int | None:
    """Return how much a row forgot, or None where that failed."""
    assert row.purge is not None
    try:
        if not dry_run:
            return row.purge(now)
        with transaction.atomic():
            count = row.purge(now)
            transaction.set_rollback(True)
            return count
    except Exception as error:  # noqa: BLE001  the words of any fault may hold an address
        logger.error("%s was not purged: %s", row.key, type(error).__name__)
        return None
