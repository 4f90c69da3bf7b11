"""Which letters a person wants. Apps register the kinds; the person chooses at the account."""

from dataclasses import dataclass

from accounts.models import NotificationChoice, User


@dataclass(frozen=True)
class NoticeKind:
    """A kind of letter. `is_required` ones cannot be switched off, and the page says why."""

    key: str
    label: str
    help: str
    is_on_by_default: bool = True
    is_required: bool = False


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
