"""Deleting an account: asked for, taken back for a day, then carried out by every app at once.

    request -> (24 hours, "Keep my account") -> erase -> a last letter

`erase` is the only way an account goes: for the person, at the desk, and for sign-ups that were
never confirmed. It runs in one transaction, so a worker that dies leaves the account whole and the
request standing, and the next round does it again. What remains is a row of `Erasure`, which says
when and how many rows, and nothing of whom.
"""

import logging
import uuid
from collections import Counter
from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import CommentsChoice, DeletionRequest, Erasure, User
from accounts.models.deletion import GRACE
from accounts.registries.holdings import Person, all_holdings, person_of
from accounts.security import sessions
from accounts.signing_in import letters
from mailing import outbox

logger = logging.getLogger(__name__)


class LastSuperuserError(Exception):
    """Raised where the only account that may do everything would go."""


def is_last_superuser(user: User) -> bool:
    """Return whether nobody else is left who may do everything at the desk."""
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    return user.is_superuser and not others.exists()


def pending(user: User) -> DeletionRequest | None:
    """Return the request of a person that waits; None where there is none.

    Read once for each copy of the person: a page says it in several places.
    """
    return getattr(user, "deletion_request", None)


@transaction.atomic
def request(
    user: User, choice: CommentsChoice, *, keep: HttpRequest | None = None
) -> DeletionRequest:
    """Have an account deleted after the grace; return when.

    Ends every session of the account except that of the request in `keep`. A second request
    changes the choice and leaves the day as it is. Tells the person by letter. Raises
    LastSuperuserError for the only account that may do everything.
    """
    if is_last_superuser(user):
        raise LastSuperuserError
    now = timezone.now()
    wish, is_new = DeletionRequest.objects.select_for_update().get_or_create(
        user=user,
        defaults={"comments": choice, "requested_at": now, "due_at": now + GRACE},
    )
    user.deletion_request = wish
    if not is_new:
        DeletionRequest.objects.filter(pk=wish.pk).update(comments=choice)
        wish.comments = choice
        return wish
    sessions.end_all(user, keep=keep)
    _tell(user, "deletion_requested", wish)
    return wish


@transaction.atomic
def cancel(user: User) -> bool:
    """Keep the account after all; return whether there was something to take back."""
    wish = DeletionRequest.objects.select_for_update().filter(user=user).first()
    if wish is None:
        return False
    wish.delete()
    user._state.fields_cache.pop("deletion_request", None)
    _tell(user, "deletion_cancelled", wish)
    return True


def _tell(user: User, template: str, wish: DeletionRequest) -> None:
    """Queue a letter on a request. It goes to the main address, which is the person's own."""
    outbox.queue(
        to=user.email,
        template=f"accounts/mail/{template}.txt",
        context={"due_at": wish.due_at, "keeps_words": _keeps_words(wish.comments)},
        key=f"{letters.keys_of(user)}{template}:{wish.requested_at:%Y%m%d%H%M%S%f}",
    )


def _keeps_words(choice: str) -> bool:
    return choice == CommentsChoice.ANONYMISE


def carry_out(pk: int, now: datetime | None = None) -> Erasure | None:
    """Erase the account of a request that is due; return what remains to be said of it.

    Returns None where the request is gone (taken back, or done by another worker) or not due.
    Raises LastSuperuserError where the person has become the only one who may do everything.
    """
    now = now or timezone.now()
    with transaction.atomic():
        due = DeletionRequest.objects.select_for_update().filter(pk=pk, due_at__lte=now)
        wish = due.select_related("user").first()
        if wish is None:
            return None
        return erase(wish.user, CommentsChoice(wish.comments))


def erase(user: User, choice: CommentsChoice, *, tell: bool = True) -> Erasure:
    """Delete an account and all that any app holds of the person; return the bare fact of it.

    With `tell` a last letter goes to the main address, of which nothing is kept once it was sent.
    Raises LastSuperuserError for the only account that may do everything.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        if is_last_superuser(user):
            raise LastSuperuserError
        person = person_of(user)
        erasure = Erasure.objects.create(comments=choice, rows=_erase_rows(person, choice))
        if tell:
            outbox.queue(
                to=user.email,
                template="accounts/mail/deletion_done.txt",
                context={"keeps_words": _keeps_words(choice)},
                key=f"erasure-{uuid.uuid4()}",
                is_secret=True,
            )
        number = user.pk
        transaction.on_commit(lambda: cache.delete_many(cache_keys(number)))
    logger.info("%s: an account was erased", erasure)
    return erasure


def _erase_rows(person: Person, choice: CommentsChoice) -> dict[str, int]:
    """Have every app let go of the person, then delete the account; return rows by kind."""
    counts: Counter[str] = Counter()
    for holding in all_holdings():
        counts.update(holding.erase(person, choice))
    counts.update(User.objects.filter(pk=person.user.pk).delete()[1])
    return {kind: count for kind, count in sorted(counts.items()) if count}


def cache_keys(number: int) -> list[str]:
    """Return the keys of the cache that hold something of the account with this number."""
    return [f"accounts:downloads:{number}"]


def erase_due(now: datetime | None = None) -> int:
    """Erase every account whose grace is over; return how many.

    One that fails keeps no other from being erased: it is logged, and tried again next time.
    """
    now = now or timezone.now()
    count = 0
    for pk in DeletionRequest.objects.filter(due_at__lte=now).order_by("due_at").values_list("pk"):
        try:
            count += carry_out(pk[0], now) is not None
        except LastSuperuserError:
            logger.warning("deletion %s waits: nobody else may do everything", pk[0])
        except Exception as error:  # noqa: BLE001  the words of any fault may hold an address
            logger.error("deletion %s failed: %s", pk[0], type(error).__name__)
    return count
