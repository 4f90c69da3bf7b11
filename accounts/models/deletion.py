"""Accounts that are about to be deleted, and the bare fact that some were."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

GRACE = timedelta(hours=24)


class CommentsChoice(models.TextChoices):
    """What becomes of the comments of a person who leaves."""

    ANONYMISE = "anonymise", "Keep the words, without my name"
    REMOVE = "remove", "Remove the words too"


class DeletionRequest(models.Model):
    """A person asked to be forgotten; until `due_at` they can take it back."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deletion_request"
    )
    comments = models.CharField(
        max_length=10, choices=CommentsChoice, default=CommentsChoice.ANONYMISE
    )
    requested_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(due_at__gt=F("requested_at")), name="deletion_is_not_at_once"
            ),
        )

    def __str__(self) -> str:
        return f"deletion {self.pk}"


class Erasure(models.Model):
    """An account was erased: when, how, and how many rows of each kind. Says nothing of whom."""

    erased_at = models.DateTimeField(default=timezone.now)
    comments = models.CharField(max_length=10, choices=CommentsChoice)
    rows = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"erasure {self.pk}"
