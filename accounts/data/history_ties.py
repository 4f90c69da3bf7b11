"""Who changed what at the desk, in the histories that django-simple-history keeps.

Apps that keep such a history use this for their holding: the words of the site stay as they were,
and the tie to whoever wrote them goes.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.db.models.query import QuerySet

from accounts.models import User

ACTS = {"+": "added", "~": "changed", "-": "deleted"}


def rows(user: User, models: Iterable[type[Any]]) -> list[dict[str, Any]]:
    """Return what a person added, changed or deleted, by model and time."""
    found: list[dict[str, Any]] = []
    for model in models:
        changes = model._default_manager.filter(history_user=user).order_by("history_id")
        kind = str(model.instance_type._meta.verbose_name)
        found += [
            {
                "kind": kind,
                "thing": _thing(change),
                "act": ACTS[change.history_type],
                "at": change.history_date,
                "note": change.history_change_reason or "",
            }
            for change in changes
        ]
    return found


def _thing(change: Any) -> str:
    """Return what was changed, as it was called then.

    Not by `change.instance`, which asks the database once more for each row.
    """
    names = [field.attname for field in change.tracked_fields]
    return str(change.instance_type(**{name: getattr(change, name) for name in names}))


def cut(user: User, models: Iterable[type[Any]]) -> int:
    """Empty who it was in these histories; return in how many rows."""
    return sum(
        model._default_manager.filter(history_user=user).update(history_user=None)
        for model in models
    )


def cut_tie(model: type[Any], field: str, user: User) -> int:
    """Empty one tie to a person in all rows of a model; return how many.

    Goes round managers that refuse an update: the database itself lets a tie be emptied.
    """
    return QuerySet(model).filter(Q((field, user))).update(**{field: None})
