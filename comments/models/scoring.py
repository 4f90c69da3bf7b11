"""What the site learned from its own decisions about spam."""

from django.db import models
from django.utils import timezone


class SpamModel(models.Model):
    """Counts of words in approved comments and in spam. The latest row is in use."""

    trained_at = models.DateTimeField(default=timezone.now)
    good_count = models.PositiveIntegerField(help_text="Approved comments it learned from.")
    spam_count = models.PositiveIntegerField(help_text="Comments rejected as spam.")
    words = models.JSONField(help_text='{"word": [times in good, times in spam]}')
    trial = models.JSONField(
        default=list,
        blank=True,
        help_text="[score, spam held, good held], each comment tried on what the others teach.",
    )
    digest = models.CharField(max_length=64, help_text="SHA-256 of the counts and words.")

    class Meta:
        get_latest_by = "pk"

    def __str__(self) -> str:
        return f"Learned from {self.good_count} good comments and {self.spam_count} of spam"
