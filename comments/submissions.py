"""The signed token of a form that was shown: it says that we made the form, when, and which it is.

The same form sent twice makes one comment, because the token names the comment before it is there.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.core import signing
from django.utils import timezone

VALID = timedelta(hours=24)
SALT = "comments.submission"


@dataclass(frozen=True)
class Submission:
    """A form that we showed."""

    uuid: UUID
    age: timedelta

    @property
    def is_old(self) -> bool:
        """Return whether the form is shown anew before it is taken."""
        return self.age > VALID


def make() -> str:
    """Return the token for a form that is shown for the first time."""
    return signing.dumps([uuid4().hex, timezone.now().timestamp()], salt=SALT)


def read(token: str) -> Submission | None:
    """Return which form a token belongs to; None for one that we did not sign."""
    try:
        uuid, shown_at = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Submission(UUID(uuid), timedelta(seconds=timezone.now().timestamp() - shown_at))
