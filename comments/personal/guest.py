"""Guests take back what they wrote: without an account, by an address confirmed in this browser."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from accounts.data.mentions import Mentions
from accounts.models import User
from accounts.registries.holdings import CommentsChoice, Person
from comments.identity import Visitor
from comments.models import Attempt, Comment, Commenter
from comments.personal import elsewhere
from comments.personal.leaving import Leaver, leave
from comments.personal.traces import LEFT, comments_of, keys_of_confirmations
from mailing import outbox
from mailing.models import EMPTY, Letter


def guests_of(visitor: Visitor) -> list[Commenter]:
    """Return whom a browser has shown to be by confirming an address; accounts sign in instead."""
    guests = Commenter.objects.filter(pk__in=visitor.confirmed, user=None)
    return list(guests.exclude(guest_email="").order_by("pk"))


def written_by(guests: Sequence[Commenter]) -> int:
    """Return how many comments they wrote, the deleted ones too."""
    return comments_of([guest.pk for guest in guests]).count()


@transaction.atomic
def leave_as_guest(guests: Sequence[Commenter], choice: CommentsChoice) -> Counter[str]:
    """Let go of guests as of somebody whose account is erased; return how many rows of which kind.

    Nothing is sent: whoever asked for it sees it on the page.
    """
    keys = [guest.pk for guest in guests]
    addresses = frozenset(guest.guest_email.lower() for guest in guests)
    signed = Comment.objects.filter(author__in=keys).exclude(name=LEFT)
    names = frozenset(signed.values_list("name", flat=True))
    person = Person(User(), addresses, names)  # of no account
    counts = leave(Leaver(keys, addresses, Mentions(person), choice == CommentsChoice.REMOVE))
    counts["words of others"] = elsewhere.take_out(person)
    Attempt.objects.filter(key__in=keys_of_confirmations(addresses)).delete()
    _forget_letters(addresses)
    return counts


def _forget_letters(addresses: frozenset[str]) -> None:
    """Take back what waits for these addresses, and empty what was sent."""
    for address in addresses:
        letters = Letter.objects.filter(recipient__iexact=address)
        outbox.cancel_all(letters.waiting().values_list("key", flat=True))
        letters.filter(next_try_at=None).update(**EMPTY)
