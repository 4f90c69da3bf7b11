"""Letters are queued with the change that they tell of, and sent afterwards.

A letter is a row, stored in the transaction of the change: both happen or neither. A task in the
same transaction tells the worker of it, so it goes out within a second or two. The sweep, each
minute, sends whatever is due and was not sent: after a fault, or after a worker died.

In tests nothing is sent by itself. `mailing.tests.postbox.deliver_all()` sends what waits and
returns `django.core.mail.outbox`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mailing import delivery, tasks
from mailing.models import EMPTY, Fate, Letter
from mailing.writing import write

KEPT = timedelta(days=7)  # how long words and address are kept once a letter is done with
SWEPT_AT_ONCE = 200


def queue(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    key: str,
    headers: Mapping[str, str] | None = None,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    is_secret: bool = False,
) -> None:
    """Put a letter into the outbox, in the transaction of the caller.

    `template` names a text template; its first line is the subject. A second letter with the same
    `key` is not queued, so nothing is told twice; one that was taken back or given up was never
    sent, and is replaced. `not_before` leaves time to take it back; after `expires_at` it is of no
    use and is not sent any more. Of a letter that `is_secret` neither address nor words are kept
    once it was sent or given up. Without `to` there is nobody to tell. Raises ValueError for an
    address or a header of more than one line.
    """
    if not to:
        return
    headers = dict(headers or {})
    if any(len(part.splitlines()) != 1 for part in (to, *headers, *headers.values())):
        raise ValueError("An address or a header of a letter has more than one line.")
    now = timezone.now()
    envelope = {
        "recipient": to,
        "headers": headers,
        "queued_at": now,
        "not_before": not_before,
        "expires_at": expires_at,
        "is_secret": is_secret,
        "next_try_at": not_before or now,
    }
    _store(key, {**envelope, **asdict(write(template, context))})


@transaction.atomic
def _store(key: str, content: dict[str, Any]) -> None:
    """Store a letter and the task that sends it, unless it was told already or is about to be."""
    letter, is_new = Letter.objects.select_for_update().get_or_create(key=key, defaults=content)
    if not is_new:
        if letter.fate in {Fate.WAITING, Fate.SENT}:
            return
        fresh = {"cancelled_at": None, "claimed_until": None, "attempts": 0, "last_error": ""}
        Letter.objects.filter(pk=letter.pk).update(**content, **fresh)
    _ring(letter.pk, content["not_before"])


def cancel(key: str) -> bool:
    """Take back a letter that has not been sent; return whether it could be taken back.

    A letter that is being sent at this moment cannot.
    """
    return cancel_all([key]) == 1


def cancel_all(keys: Iterable[str]) -> int:
    """Take back every letter of these that has not been sent; return how many."""
    keys = list(keys)
    if not keys:
        return 0
    now = timezone.now()
    waiting = Letter.objects.waiting().free(now).filter(key__in=keys)
    taken_back: dict[str, Any] = {"cancelled_at": now, "next_try_at": None, "claimed_until": None}
    secret = waiting.filter(is_secret=True).update(**taken_back, **EMPTY)
    return secret + waiting.update(**taken_back)


def fate_of(key: str) -> Fate | None:
    """Return what became of a letter; None where there was none."""
    letter = Letter.objects.filter(key=key).first()
    return letter.fate if letter else None


def try_again(letter: Letter) -> bool:
    """Have a letter tried at once, also one that was given up; return whether there is one to send.

    Does nothing where a letter was sent or taken back, has run out, or where its words are gone.
    """
    now = timezone.now()
    unsent = Letter.objects.filter(pk=letter.pk, sent_at=None, cancelled_at=None).free(now)
    unsent = unsent.in_time(now)
    if not unsent.exclude(recipient="").update(next_try_at=now):
        return False
    _ring(letter.pk, None)
    return True


def _ring(pk: int, not_before: datetime | None) -> None:
    tasks.deliver.using(run_after=not_before).enqueue(pk)


@dataclass
class Swept:
    """What a sweep did."""

    sent: int = 0
    faults: int = 0


def sweep(should_stop: Callable[[], bool] = lambda: False) -> Swept:
    """Send every letter that is due and in nobody's hands.

    Asks `should_stop` before each. The first fault ends it: if the server is away, one letter finds
    out for all, and the others are not counted as tried.
    """
    swept = Swept()
    give_up_run_out()
    due = Letter.objects.due().order_by("next_try_at", "pk").values_list("pk", flat=True)
    for pk in list(due[:SWEPT_AT_ONCE]):
        if should_stop() or swept.faults:
            break
        outcome = delivery.deliver(pk)
        swept.sent += outcome is delivery.Outcome.SENT
        swept.faults += outcome is delivery.Outcome.LATER
    return swept


def give_up_run_out(now: datetime | None = None) -> int:
    """Give up letters whose time is over, such as codes that have run out; return how many."""
    given_up: dict[str, Any] = {"next_try_at": None, "claimed_until": None, "last_error": "RanOut"}
    late = Letter.objects.run_out(now or timezone.now())
    secret = late.filter(is_secret=True).update(**given_up, **EMPTY)
    return secret + late.update(**given_up)


def forget_sent(now: datetime | None = None) -> int:
    """Empty address and words of letters that are done with for a week; return how many."""
    before = (now or timezone.now()) - KEPT
    done = Letter.objects.filter(next_try_at=None, queued_at__lte=before).exclude(recipient="")
    old = done.exclude(Q(sent_at__gt=before) | Q(cancelled_at__gt=before))
    return old.update(**EMPTY)
