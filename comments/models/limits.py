"""What counts towards a limit: who tried what, when. Rows are forgotten after a day."""

from django.db import models
from django.utils import timezone


class Attempt(models.Model):
    """One try at something that is limited, under a keyed hash of who tried."""

    action = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["action", "key", "at"], name="attempt_action_key_at"),)

    def __str__(self) -> str:
        return f"{self.action} at {self.at:%Y-%m-%d %H:%M}"
