"""Every version of a guide, when each went live, and what each body uses."""

from datetime import datetime
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone


class ImmutableError(TypeError):
    """Raised by code that tries to change a row that is kept as it was written."""


class RevisionQuerySet(models.QuerySet["Revision"]):
    def update(self, **fields: Any) -> NoReturn:
        """Refuse: a revision is kept as it was written."""
        raise ImmutableError("A revision cannot be changed; save a new one.")

    def newest_first(self) -> "RevisionQuerySet":
        """Return revisions with the latest at the head."""
        return self.order_by("-number")


class Revision(models.Model):
    """A snapshot of everything an editor can write in a guide. Never changed afterwards.

    `content` holds the fields named in `articles.content.Content`. The database refuses to change
    a row as well (migration 0002).
    """

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who saved it; nobody where the starter library did.",
    )
    created_at = models.DateTimeField(default=timezone.now)
    note = models.CharField("what changed", max_length=200, blank=True)
    is_notable = models.BooleanField(
        "notable change",
        default=True,
        help_text="Notable: a reader would want to know. Minor: spelling, layout.",
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["article", "number"], name="revision_number_unique_in_article"
            ),
        )

    def __str__(self) -> str:
        return f"{self.article}, revision {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new revision. Raises ImmutableError for one that is stored already."""
        if not self._state.adding:
            raise ImmutableError("A revision cannot be changed; save a new one.")
        super().save(*args, **kwargs)


class PublicationQuerySet(models.QuerySet["Publication"]):
    def newest_first(self) -> "PublicationQuerySet":
        """Return publications with the latest at the head."""
        return self.order_by("-at", "-pk")

    def up_to(self, at: datetime | None = None) -> "PublicationQuerySet":
        """Return what has taken effect: a guide scheduled for tomorrow has no history yet."""
        return self.filter(at__lte=at or timezone.now())


class Publication(models.Model):
    """A revision went live, or was withdrawn, at a moment. Together: the public history."""

    class Kind(models.TextChoices):
        LIVE = "live", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="publications")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="publications")
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.LIVE)
    at = models.DateTimeField()
    note = models.TextField(
        blank=True,
        help_text="What changed since readers last saw it, or why it went.",
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["article", "-at"], name="publication_article_at"),)

    def __str__(self) -> str:
        return f"{self.revision} {self.kind} at {self.at:%Y-%m-%d %H:%M}"


class Reference(models.Model):
    """A thing that the live text of a guide uses: a claim, a diagram, another guide, a link.

    Answers "where is this used?" and tells which pages to render again when the thing changes.
    """

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="references")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=500)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["article", "kind", "key"], name="reference_unique_in_article"
            ),
        )
        indexes = (models.Index(fields=["kind", "key"], name="reference_kind_key"),)

    def __str__(self) -> str:
        return f"{self.article} uses {self.kind} {self.key}"
