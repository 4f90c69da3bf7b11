"""People ask for another look at the decision that took their public page down."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

LONGEST_REQUEST = 1000
LONGEST_ANSWER = 300


class SecondLook(models.Model):
    """A request for another look, one for each time that a page was taken down, and its answer."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="second_looks"
    )
    down_at = models.DateTimeField("page taken down")
    text = models.TextField("what the person says", max_length=LONGEST_REQUEST)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=LONGEST_ANSWER, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "down_at"], name="second_look_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="second_look_is_answered_in_words",
            ),
        )

    def __str__(self) -> str:
        return f"second look {self.pk}"
