"""What a person may do next with the account, for the overview; done things are not mentioned."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User

MOST = 3


@dataclass(frozen=True)
class NextStep:
    """Something worth doing: why, in a sentence, and the way there."""

    text: str
    link_label: str
    url: str


Find = Callable[[User], NextStep | None]
_finders: dict[str, tuple[int, Find]] = {}


def register(key: str, find: Find, *, order: int = 50) -> None:
    """Add what may know a next step; one per key. `find` costs one query at most."""
    _finders[key] = (order, find)


def next_steps(user: User) -> list[NextStep]:
    """Return the next steps of a person, the most useful first, and no more than three."""
    finders = [find for _, find in sorted(_finders.values(), key=lambda entry: entry[0])]
    return [step for find in finders if (step := find(user)) is not None][:MOST]
