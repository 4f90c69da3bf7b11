"""What apps above show on a person's public page, and where a reader complains about one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User


@dataclass(frozen=True)
class ProfileSection:
    """A part of a public page: its heading, its template and what that knows.

    The same for every reader: it must not depend on who asks.
    """

    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Find = Callable[[User], ProfileSection | None]
_finders: dict[str, tuple[int, Find]] = {}
_complaints: list[Callable[[str], str]] = []


def register(key: str, find: Find, *, order: int = 50) -> None:
    """Add what may have something to show of a person; one per key."""
    _finders[key] = (order, find)


def sections(user: User) -> list[ProfileSection]:
    """Return what apps show of a person, in order."""
    finders = [find for _, find in sorted(_finders.values(), key=lambda entry: entry[0])]
    return [section for find in finders if (section := find(user)) is not None]


def register_complaint(url_of: Callable[[str], str]) -> None:
    """Say where readers complain about a page, given its path. The last one registered counts."""
    _complaints[:] = [url_of]


def complaint_url(path: str) -> str:
    """Return where to complain about the page at a path; empty where no app takes complaints."""
    return _complaints[0](path) if _complaints else ""
