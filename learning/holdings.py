"""What this app holds about a person: guides saved, guides read. Nobody else sees either."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from accounts.registries.holdings import CommentsChoice, Holding, Person, Section
from learning.models import ReadGuide, SavedGuide


def export(person: Person) -> Iterable[Section]:
    """Return the guides that a person saved, and those marked as read, the first one first."""
    saved = SavedGuide.objects.filter(user=person.user).with_guide().order_by("saved_at", "pk")
    yield Section(
        "saved-guides",
        "Saved guides",
        "Guides that you saved, with the revision that was public then.",
        [_row(row, "saved_at", row.saved_at) for row in saved],
    )
    read = ReadGuide.objects.filter(user=person.user).with_guide().order_by("read_at", "pk")
    yield Section(
        "read-guides",
        "Guides you read",
        "Guides that you marked as read, with the revision that you read.",
        [_row(row, "read_at", row.read_at) for row in read],
    )


def erase(person: Person, comments: CommentsChoice) -> Mapping[str, int]:
    """Delete both, whatever becomes of the comments; return how many there were."""
    saved, _ = SavedGuide.objects.filter(user=person.user).delete()
    read, _ = ReadGuide.objects.filter(user=person.user).delete()
    return {"saved guides": saved, "read guides": read}


def _row(row: SavedGuide | ReadGuide, name: str, at: datetime) -> dict[str, Any]:
    return {
        "guide": row.article.title,
        "address": settings.SITE_URL + row.article.get_absolute_url(),
        "revision": row.revision.number if row.revision else None,
        name: at,
        "taken_off_at": row.removed_at,
    }


HOLDING = Holding(
    key="learning", models=("learning.SavedGuide", "learning.ReadGuide"), export=export, erase=erase
)
