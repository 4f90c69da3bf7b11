"""When something that guides use changes, exactly the pages that use it are rendered again."""

from threading import local
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver

from articles.models import Diagram, Reference
from articles.publishing import render_users_again
from evidence.models import Claim, Source


class _Changed(local):
    """What changed and waits for the end of its transaction.

    Saving a source touches all its claims, and a load of the library saves hundreds of rows: what
    changed is collected, and rendered once when the transaction is through. Each thread has its
    own, like its own database connection: another thread would render what is not committed yet.
    """

    def __init__(self) -> None:
        self.things: set[tuple[str, str]] = set()


_changed = _Changed()


def _render_changed() -> None:
    by_kind: dict[str, list[str]] = {}
    while _changed.things:
        kind, key = _changed.things.pop()
        by_kind.setdefault(kind, []).append(key)
    for kind, keys in by_kind.items():
        render_users_again(kind, keys)


def _note(kind: str, *keys: str) -> None:
    _changed.things.update((kind, key) for key in keys)
    transaction.on_commit(_render_changed)


@receiver(post_save, sender=Claim)
def claim_saved(instance: Claim, created: bool, **kwargs: Any) -> None:
    """Render again what cites the claim."""
    if not created:
        _note("claim", instance.key)


@receiver(post_save, sender=Source)
def source_saved(instance: Source, created: bool, **kwargs: Any) -> None:
    """Render again what cites a claim that rests on the source."""
    if not created:
        _note("claim", *instance.claims.values_list("key", flat=True))


@receiver(post_save, sender=Diagram)
def diagram_saved(instance: Diagram, created: bool, **kwargs: Any) -> None:
    """Render again what shows the diagram."""
    if not created:
        _note("diagram", instance.slug)


def _refuse_if_used(kind: str, key: str, instance: Any) -> None:
    users = list(Reference.objects.filter(kind=kind, key=key).select_related("article"))
    if users:
        titles = ", ".join(f"“{item.article}”" for item in users)
        raise ProtectedError(f"{instance} is used by {titles}.", set(users))


@receiver(pre_delete, sender=Claim)
def claim_deleted(instance: Claim, **kwargs: Any) -> None:
    """Refuse to delete a claim that a guide cites. Raises ProtectedError."""
    _refuse_if_used("claim", instance.key, instance)


@receiver(pre_delete, sender=Diagram)
def diagram_deleted(instance: Diagram, **kwargs: Any) -> None:
    """Refuse to delete a diagram that a guide shows. Raises ProtectedError."""
    _refuse_if_used("diagram", instance.slug, instance)
