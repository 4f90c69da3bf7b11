"""What changed in the guides of a list since the person saw them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from articles.models import Publication, Revision
from learning.models import ReadGuide, SavedGuide, notable_changes

SHOWN = 3


@dataclass(frozen=True)
class Line:
    """A row of a list, with the notable changes that its person has not seen, newest first."""

    row: SavedGuide | ReadGuide
    changes: list[Publication]

    @property
    def verb(self) -> str:
        """Return what the person did last: "read" or "saved"."""
        return "read" if self._is_read_last else "saved"

    @property
    def seen_number(self) -> int | None:
        """Return the number of the revision that was public then, if it is known."""
        if isinstance(self.row, SavedGuide) and self._is_read_last:
            return self.row.read_number  # type: ignore[attr-defined]
        return self.row.revision.number if self.row.revision else None

    @property
    def seen_url(self) -> str:
        """Return the address of that revision as it was."""
        return self.row.article.address_of("revision", self.seen_number)

    @property
    def to_read(self) -> Revision | None:
        """Return the revision to mark as read: today's, where it is new to the person."""
        is_known = self._read_revision is not None and not self.changes
        return None if is_known or not self.is_public else self.row.article.live_revision

    @property
    def _is_read_last(self) -> bool:
        if isinstance(self.row, ReadGuide):
            return True
        read_at: datetime | None = self.row.read_at  # type: ignore[attr-defined]
        return read_at is not None and read_at >= self.row.saved_at

    @property
    def _read_revision(self) -> int | None:
        if isinstance(self.row, ReadGuide):
            return self.row.revision_id
        return self.row.read_revision  # type: ignore[attr-defined]

    @property
    def shown(self) -> list[Publication]:
        """Return the changes that the list tells."""
        return self.changes[:SHOWN]

    @property
    def more(self) -> int:
        """Return how many changes the list does not tell."""
        return max(0, len(self.changes) - SHOWN)

    @property
    def is_public(self) -> bool:
        """Return whether the guide can be read now."""
        return self.row.article.state == self.row.article.State.LIVE


def lines(rows: Iterable[SavedGuide | ReadGuide]) -> list[Line]:
    """Return rows of `with_changes()` with what changed, in one query; in none if nothing did."""
    rows = list(rows)
    seen: dict[int, datetime] = {
        row.article_id: row.seen_until  # type: ignore[union-attr]
        for row in rows
        if row.has_changed  # type: ignore[union-attr]
    }
    news: dict[int, list[Publication]] = defaultdict(list)
    if seen:
        published = notable_changes().filter(article__in=seen, at__gt=min(seen.values()))
        for change in published.newest_first():
            if change.at > seen[change.article_id]:
                news[change.article_id].append(change)
    return [Line(row, news[row.article_id]) for row in rows]
