"""Which letters a person wants. Apps register the kinds; the person chooses at the account."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import transaction

from accounts.models import NotificationChoice, User


@dataclass(frozen=True)
class NoticeKind:
    """A kind of letter. `is_required` ones cannot be switched off, and `help` says why.

    `take_back` is called when somebody switches the kind off: it takes back what waits to be sent.
    """

    key: str
    label: str
    help: str
    is_on_by_default: bool = True
    is_required: bool = False
    take_back: Callable[[User], object] | None = None


_kinds: dict[str, NoticeKind] = {}


def register(kind: NoticeKind) -> None:
    """Add a kind of letter; one per key, however often it is registered."""
    _kinds[kind.key] = kind


def kinds() -> list[NoticeKind]:
    """Return all kinds, in the order in which they were registered."""
    return list(_kinds.values())


def wants(user: User, key: str) -> bool:
    """Return whether a person wants letters of a kind. Raises KeyError for an unknown kind."""
    kind = _kinds[key]
    if kind.is_required:
        return True
    choice = NotificationChoice.objects.filter(user=user, kind=key).first()
    return choice.is_on if choice else kind.is_on_by_default


def choices(user: User) -> dict[str, bool]:
    """Return what a person has chosen for each kind that can be switched off, in one query."""
    rows = NotificationChoice.objects.filter(user=user).values_list("kind", "is_on")
    chosen = dict(rows)
    return {
        kind.key: chosen.get(kind.key, kind.is_on_by_default)
        for kind in kinds()
        if not kind.is_required
    }


@transaction.atomic
def choose(user: User, wanted: Mapping[str, bool]) -> None:
    """Store what a person wants, and take back waiting letters of the kinds that go off.

    Required and unknown kinds are left alone.
    """
    for kind in kinds():
        if kind.is_required or kind.key not in wanted:
            continue
        is_on = wanted[kind.key]
        NotificationChoice.objects.update_or_create(
            user=user, kind=kind.key, defaults={"is_on": is_on}
        )
        if not is_on and kind.take_back is not None:
            kind.take_back(user)
