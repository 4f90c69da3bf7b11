"""What every page of the account says first, while it matters: an account about to be deleted, a
new version of the terms. Whoever knows such a thing registers it; most people see none.
"""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User


@dataclass(frozen=True)
class Banner:
    """One line for a person, and the page where they can do something about it."""

    text: str
    link_label: str
    url_name: str
    is_urgent: bool = False


_finders: dict[str, Callable[[User], Banner | None]] = {}


def register(key: str, find: Callable[[User], Banner | None]) -> None:
    """Add what may have something to say. `find` costs one query at most, on each account page."""
    _finders[key] = find


def banners(user: User) -> list[Banner]:
    """Return what there is to say to a person now, urgent things first."""
    found = [banner for find in _finders.values() if (banner := find(user)) is not None]
    return sorted(found, key=lambda banner: not banner.is_urgent)
