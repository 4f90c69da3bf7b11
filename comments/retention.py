"""What is forgotten with time: traces that were kept for a purpose which has passed.

- The keyed hash of a network address tells comments of one origin apart for 30 days. Then it is
  taken out of the row. Kept, it would still tell whoever holds the key which comments came from
  one address; emptied, there is nothing left to compare.
- Tries that limits count are forgotten after a day.
- A comment whose address nobody confirmed within 30 days is deleted, because no link in a letter
  works any longer; and with it the address, of which nobody ever said that it was theirs.
- What ties a report to a network is cut after 30 days, and who sent a notice is forgotten 200 days
  after it was decided.

`comments.keeping` tells the table of what is kept (core.retention), which has all this done.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from comments.models import Comment, Commenter
from comments.moderation import SYSTEM, DecisionError, decide
from comments.states import Reason, State
from comments.tokens import CONFIRM, VALID

UNCONFIRMED_KEPT = VALID[CONFIRM]


def forget_networks(now: datetime) -> int:
    """Empty the hashes of network addresses whose time is up; return how many."""
    due = Comment.objects.filter(address_until__lte=now)
    return due.update(address_hash="", address_until=None)


def delete_unconfirmed(now: datetime) -> int:
    """Delete, one transaction each, so that nobody who comments waits for it."""
    waiting = Comment.objects.filter(
        state=State.UNCONFIRMED, created_at__lte=now - UNCONFIRMED_KEPT
    )
    deleted = 0
    for comment in waiting.order_by("pk"):
        try:
            decide(comment, State.DELETED, actor=SYSTEM, reason=Reason.NEVER_CONFIRMED)
            deleted += 1
        except DecisionError:  # its writer confirmed it a moment ago
            continue
    return deleted


@transaction.atomic
def forget_addresses(now: datetime) -> int:
    """Empty the addresses of guests who never confirmed one, once nothing of theirs is left."""
    comments = Comment.objects.filter(author=OuterRef("pk"))
    left = comments.filter(~Q(state=State.DELETED) | Q(confirmed_at__isnull=False))
    nobody = Commenter.objects.filter(
        Exists(comments),
        ~Exists(left),
        user=None,
        always_hold=False,
        suspended_until=None,
        banned_at=None,
    )
    return nobody.exclude(guest_email="").update(guest_email="")
