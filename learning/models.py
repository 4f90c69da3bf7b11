"""What a person keeps of the library: guides saved for later, guides read and in which state.

A row that a person takes off is kept for a day without being shown as theirs, so that a slip of
the hand loses nothing; then `learning.keeping` forgets it.
"""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from articles.models import Article, Publication, Revision
from articles.models.history import PublicationQuerySet

PUT_BACK_FOR = timedelta(hours=24)


class KeptQuerySet(models.QuerySet):
    """Rows that tie a person to a guide. The model says in `changes_since` what they have seen."""

    def of(self, user: User) -> Self:
        """Return what a person has now."""
        return self.filter(user=user, removed_at=None)

    def taken_off(self, user: User, at: datetime | None = None) -> Self:
        """Return what a person took off less than a day ago and can put back, the latest first."""
        since = (at or timezone.now()) - PUT_BACK_FOR
        return self.filter(user=user, removed_at__gt=since).order_by("-removed_at", "-pk")

    def due(self, at: datetime) -> Self:
        """Return what was taken off so long ago that it is forgotten."""
        return self.filter(removed_at__lte=at - PUT_BACK_FOR)

    def with_guide(self) -> Self:
        """Load the guide as a line of a list shows it, and leave its long texts."""
        texts = ("body_html", "outline", "takeaways_html", "faq_html", "search_text", "source_keys")
        left = [f"article__{name}" for name in texts]
        return self.select_related("article__category", "article__live_revision", "revision").defer(
            *left, "article__live_revision__content", "revision__content"
        )

    def with_changes(self) -> Self:
        """Add `seen_until`, and `has_changed`: whether the guide changed notably after it."""
        # A revision that was away and came back is the one that the person knows.
        shown = _live_publications().filter(revision=OuterRef("seen_revision"))
        latest = Subquery(shown.newest_first().values("at")[:1], output_field=DateTimeField())
        newer = notable_changes().filter(article=OuterRef("article"), at__gt=OuterRef("seen_until"))
        return (
            self._with_seen()
            .annotate(seen_until=Coalesce(latest, F("seen_at")))
            .annotate(has_changed=Exists(newer))
        )

    def _with_seen(self) -> Self:
        raise NotImplementedError


class SavedQuerySet(KeptQuerySet):
    def _with_seen(self) -> Self:
        """Add what the person saw last: what they read, if that was after saving."""
        read = ReadGuide.objects.filter(
            user=OuterRef("user"), article=OuterRef("article"), removed_at=None
        )
        later = Q(read_at__gte=F("saved_at"))
        return self.annotate(
            read_at=Subquery(read.values("read_at")[:1]),
            read_revision=Subquery(read.values("revision")[:1]),
            read_number=Subquery(read.values("revision__number")[:1]),
        ).annotate(
            seen_at=Case(When(later, then=F("read_at")), default=F("saved_at")),
            seen_revision=Case(
                When(later, then=F("read_revision")),
                default=F("revision"),
                output_field=models.BigIntegerField(),
            ),
        )


class ReadQuerySet(KeptQuerySet):
    def _with_seen(self) -> Self:
        return self.annotate(seen_at=F("read_at"), seen_revision=F("revision"))


def _live_publications() -> PublicationQuerySet:
    return Publication.objects.up_to().filter(kind=Publication.Kind.LIVE)


def notable_changes() -> PublicationQuerySet:
    """Return the moments at which readers got a revision that says something else."""
    return _live_publications().filter(revision__is_notable=True)


class Kept(models.Model):
    """What saved and read guides share."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class SavedGuide(Kept):
    """A guide that somebody wants to come back to, and the revision that was live then."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_guides"
    )
    saved_at = models.DateTimeField(default=timezone.now)

    objects = SavedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "article"], name="guide_saved_once"),
        )
        indexes = (
            models.Index(
                fields=["removed_at"],
                condition=Q(removed_at__isnull=False),
                name="saved_guide_taken_off",
            ),
        )

    def __str__(self) -> str:
        return f"saved {self.article_id}"


class ReadGuide(Kept):
    """A guide that somebody has read, and the revision that they read."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="read_guides"
    )
    read_at = models.DateTimeField(default=timezone.now)

    objects = ReadQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "article"], name="guide_read_once"),)
        indexes = (
            models.Index(
                fields=["removed_at"],
                condition=Q(removed_at__isnull=False),
                name="read_guide_taken_off",
            ),
        )

    def __str__(self) -> str:
        return f"read {self.article_id}"
