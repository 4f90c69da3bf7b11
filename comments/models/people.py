"""Whoever comments: a person with an account, or a guest known by a confirmed address."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone


class Commenter(models.Model):
    """One person who comments, and what moderators decided about that person.

    The address is here and nowhere else, so that no page, feed or export of comments can show it:
    a `Comment` holds only the name that its writer chose.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="commenter",
    )
    guest_email = models.EmailField("address of a guest", max_length=254, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    always_hold = models.BooleanField(
        default=False, help_text="Every comment of this person waits for a moderator."
    )
    suspended_until = models.DateTimeField(null=True, blank=True)
    banned_at = models.DateTimeField(null=True, blank=True)
    stands_for_leavers = models.BooleanField(
        default=False, editable=False, help_text="The one row that stands for everybody who left."
    )

    class Meta:
        permissions = (("restrict_commenter", "Can hold, suspend and ban people who comment"),)
        constraints = (
            models.UniqueConstraint(
                Lower("guest_email"),
                condition=~Q(guest_email=""),
                name="commenter_guest_email_unique",
            ),
            models.UniqueConstraint(
                fields=["stands_for_leavers"],
                condition=Q(stands_for_leavers=True),
                name="commenter_who_left_is_one",
            ),
            models.CheckConstraint(
                condition=Q(stands_for_leavers=False)
                | Q(
                    user__isnull=True,
                    guest_email="",
                    always_hold=False,
                    suspended_until__isnull=True,
                    banned_at__isnull=True,
                ),
                name="commenter_who_left_is_nobody",
            ),
        )

    def __str__(self) -> str:
        return f"commenter {self.pk}"

    @classmethod
    def who_left(cls) -> "Commenter":
        """Return the row that stands for everybody who left, made on the first call.

        All of them share it, so that nothing ties together what one of them wrote.
        """
        return cls.objects.get_or_create(stands_for_leavers=True)[0]

    @property
    def email(self) -> str:
        """Return the address to write to; empty once the person is gone."""
        return self.user.email if self.user else self.guest_email

    @property
    def is_banned(self) -> bool:
        """Return whether the person may not comment any more."""
        return self.banned_at is not None

    def is_suspended(self, at: datetime | None = None) -> bool:
        """Return whether the person may not comment at a moment (default: now)."""
        return self.suspended_until is not None and self.suspended_until > (at or timezone.now())
