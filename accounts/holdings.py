"""What the site holds about a person: each app says it once, for the export and for the erasure.

`Holding.models` names every model whose rows can mention a person. A test fails for a model with a
tie to a user, or with an address in it, that no holding names; and another scans every table.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from accounts.models.deletion import CommentsChoice

__all__ = ["CommentsChoice", "Holding", "Person", "Section", "all_holdings", "register"]


@dataclass(frozen=True)
class Person:
    """Whom it is about: the account, all its addresses (lower case) and the names it goes by."""

    user: User
    addresses: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True)
class Section:
    """A part of the archive: rows of plain values (JSON), each with the same keys, in order."""

    key: str
    title: str
    about: str
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Holding:
    """What one app holds.

    `export` returns everything that mentions the person. `erase` removes the person from it, inside
    the transaction of the whole erasure, and returns how many rows of which kind it changed or
    deleted; it runs before the account itself is deleted. Lower `order` is erased first.
    """

    key: str
    models: tuple[str, ...]
    export: Callable[[Person], Iterable[Section]]
    erase: Callable[[Person, CommentsChoice], Mapping[str, int]]
    order: int = 50


_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> None:
    """Add what an app holds; one per key, however often it is registered."""
    _holdings[holding.key] = holding


def all_holdings() -> list[Holding]:
    """Return all holdings in the order of their erasure."""
    return sorted(_holdings.values(), key=lambda holding: (holding.order, holding.key))
