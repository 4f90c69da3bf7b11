"""What the site holds about a person: each app says it once, for the export and for the erasure.

`Holding.models` names every model whose rows can mention a person. A test fails for a model with a
tie to a user, or with an address in it, that no holding names; and another scans every table.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import User
from accounts.models.deletion import CommentsChoice

__all__ = [
    "CommentsChoice",
    "Holding",
    "Person",
    "Section",
    "all_holdings",
    "person_of",
    "register",
]


@dataclass(frozen=True)
class Person:
    """Whom it is about: the account, its addresses (lower case) and the names it goes by.

    Only confirmed addresses: one that was never confirmed may be somebody else's, and must not
    claim what that person wrote.
    """

    user: User
    addresses: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True)
class Section:
    """A part of the archive: rows, each with the same keys, in order.

    Values are what `DjangoJSONEncoder` knows (texts, numbers, moments, lists of them). `about` says
    in a sentence or two what stands here and why we have it.
    """

    key: str
    title: str
    about: str
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Holding:
    """What one app holds.

    `export` returns everything that mentions the person. `erase` removes the person from it, inside
    the transaction of the whole erasure, and returns how many rows of which kind it changed or
    deleted; it runs before the account itself is deleted. Lower `order` is erased first. `names`
    tells under which further names the app shows the person. One that `is_costly` to export is in
    the archive, and not in the numbers that pages show.
    """

    key: str
    models: tuple[str, ...]
    export: Callable[[Person], Iterable[Section]]
    erase: Callable[[Person, CommentsChoice], Mapping[str, int]]
    order: int = 50
    names: Callable[[Person], Iterable[str]] | None = None
    is_costly: bool = False


_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> None:
    """Add what an app holds; one per key, however often it is registered."""
    _holdings[holding.key] = holding


def all_holdings() -> list[Holding]:
    """Return all holdings in the order of their erasure."""
    return sorted(_holdings.values(), key=lambda holding: (holding.order, holding.key))


def person_of(user: User) -> Person:
    """Return whom an account stands for, as every app needs to know it."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list(
        "email", flat=True
    )
    addresses = frozenset(address.lower() for address in confirmed)
    person = Person(user, addresses, frozenset(filter(None, [user.display_name, user.handle])))
    more = (name for item in all_holdings() if item.names for name in item.names(person))
    return replace(person, names=person.names | frozenset(filter(None, more)))
