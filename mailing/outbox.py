"""Letters are queued with the change that they tell of, and sent afterwards."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any


def queue(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    key: str,
    headers: Mapping[str, str] | None = None,
    not_before: datetime | None = None,
) -> None:
    """Put a letter into the outbox, in the transaction of the caller.

    `template` names a text template; its first line is the subject. A second letter with the same
    `key` is not queued, so nothing is told twice. `not_before` leaves time to take it back.
    """


def cancel(key: str) -> bool:
    """Take back a letter that has not been sent; return whether it could be taken back."""
    return False
