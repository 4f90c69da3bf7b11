"""Signed links in letters: each is good for one thing about one row, and for a limited time."""

from datetime import timedelta

from django.core import signing

CONFIRM = "confirm"  # a comment, by the owner of the address
DECISION = "decision"  # the statement of reasons of an act, and its appeal
UNSUBSCRIBE = "unsubscribe"  # replies to one comment

VALID = {
    CONFIRM: timedelta(days=30),
    DECISION: timedelta(days=200),
    UNSUBSCRIBE: timedelta(days=3650),
}


def make(purpose: str, pk: int) -> str:
    """Return a token that says: whoever holds this may do this about the row."""
    return signing.dumps(pk, salt=f"comments.{purpose}")


def read(purpose: str, token: str) -> int | None:
    """Return the key of the row; None for a token that is forged, old, or for something else."""
    try:
        return int(signing.loads(token, salt=f"comments.{purpose}", max_age=VALID[purpose]))
    except (signing.BadSignature, TypeError, ValueError):
        return None
