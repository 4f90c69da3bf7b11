"""What people say about themselves, and which letters they want."""

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models

MOST_LINKS = 5


class ProfileLink(models.Model):
    """A link that a person shows on the public page, if there is one."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile_links"
    )
    label = models.CharField(max_length=60)
    url = models.URLField(max_length=200, validators=[URLValidator(schemes=["http", "https"])])
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.label


class NotificationChoice(models.Model):
    """A choice that differs from, or repeats, the default of a kind of letter."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_choices"
    )
    kind = models.CharField(max_length=60)
    is_on = models.BooleanField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "kind"], name="notification_choice_once_per_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {'on' if self.is_on else 'off'}"
