"""The public page of a person, and the addresses of such pages that nobody may take for a while."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models.user import User


class MemberPage(User):
    """A person as the public page shows them: what the desk sees of it, without the address."""

    class Meta:
        proxy = True
        default_permissions = ("change", "view")
        verbose_name = "public page"

    def __str__(self) -> str:
        return self.display_name or self.handle or "a page without an address"


class RetiredHandleQuerySet(models.QuerySet["RetiredHandle"]):
    def held(self) -> "RetiredHandleQuerySet":
        """Return those that nobody but their last owner may take yet."""
        return self.filter(until__gt=timezone.now())


class RetiredHandle(models.Model):
    """An address that somebody gave up: for a while nobody can take it and pass for them.

    Only a keyed hash of it is kept, so the row does not say whose page it was once the tie to the
    owner is gone.
    """

    digest = models.CharField(max_length=64, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="retired_handles",
    )
    until = models.DateTimeField(db_index=True)

    objects = RetiredHandleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"retired handle {self.pk}"
