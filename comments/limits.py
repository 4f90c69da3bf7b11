"""How often one client may do something. Counted in the database, so all workers count together."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from comments.models import Attempt

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """So many tries in a span of time."""

    most: int
    within: timedelta


# By action: each of its limits holds. Settings may loosen them (`COMMENT_LIMITS`), for tests.
LIMITS: dict[str, tuple[Limit, ...]] = {
    "comment": (Limit(5, timedelta(minutes=5)), Limit(30, timedelta(days=1))),
    "confirm": (Limit(4, timedelta(hours=1)), Limit(8, timedelta(days=1))),
    "edit": (Limit(20, timedelta(minutes=15)),),
    "flag": (Limit(10, timedelta(hours=1)),),
    "appeal": (Limit(5, timedelta(hours=1)),),
    "notice": (Limit(5, timedelta(hours=1)), Limit(20, timedelta(days=1))),
}


def limits_of(action: str) -> tuple[Limit, ...]:
    """Return what holds for an action."""
    override = getattr(settings, "COMMENT_LIMITS", {})
    return override.get(action, LIMITS[action])


@transaction.atomic
def take(action: str, key: str) -> timedelta | None:
    """Count a try of somebody; return None, or how long they must wait where it is one too many.

    `key` is a keyed hash (`core.client.keyed_hash`). A refused try is not counted.
    """
    _queue(key)
    now = timezone.now()
    limits = limits_of(action)
    most = max((limit.most for limit in limits), default=0)
    tries = Attempt.objects.filter(action=action, key=key).order_by("-at")
    latest = list(tries.values_list("at", flat=True)[:most])
    ends = [latest[limit.most - 1] + limit.within for limit in limits if len(latest) >= limit.most]
    if waits := [end - now for end in ends if end > now]:
        return max(waits)
    Attempt.objects.create(action=action, key=key, at=now)
    return None


def _queue(key: str) -> None:
    """Let one try of somebody wait for the other, until the transaction ends.

    SQLite has one writer at a time anyway. PostgreSQL would let two tries count the same rows.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(key[:15], 16)])


def forget_old(now: datetime | None = None) -> int:
    """Delete what no limit looks at any more; return how many rows."""
    return Attempt.objects.filter(at__lt=(now or timezone.now()) - KEPT).delete()[0]
