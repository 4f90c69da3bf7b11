"""What moderators tell each other."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from comments.models.comment import Comment


class Note(models.Model):
    """A moderator's note beside a comment, for colleagues. Writers and readers never see it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(max_length=2_000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.text[:60]
