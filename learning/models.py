"""What a person keeps of the library: guides saved for later, guides read and in which state."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models import Article, Revision


class SavedGuide(models.Model):
    """A guide that somebody wants to come back to."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_guides"
    )
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "article"], name="guide_saved_once"),
        )

    def __str__(self) -> str:
        return f"saved {self.article_id}"


class ReadGuide(models.Model):
    """A guide that somebody has read, and the revision that was live then."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="read_guides"
    )
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "article"], name="guide_read_once"),)

    def __str__(self) -> str:
        return f"read {self.article_id}"
