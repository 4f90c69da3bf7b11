"""The user of this site: a person known by an e-mail address."""

import secrets
import zoneinfo
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

LONGEST_BIO = 600
HANDLE = RegexValidator(
    r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\Z",
    "Use small letters, digits and hyphens, with a letter or digit at both ends.",
)


def new_stamp() -> str:
    """Return a fresh security stamp."""
    return secrets.token_hex(16)


def time_zones() -> list[str]:
    """Return the names of time zones that people may choose, UTC first."""
    return ["UTC", *sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone)]


class UserManager(BaseUserManager["User"]):
    """Creates users; the address is stored in lower case, so that it means one person."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a saved user. Raises ValueError without an address."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a saved user who may do everything."""
        return self.create_user(
            email, password, **{**fields, "is_staff": True, "is_superuser": True}
        )

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with this address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Signs in by e-mail; there is no user name."""

    email = models.EmailField("e-mail address", max_length=254, unique=True)
    display_name = models.CharField(
        max_length=80, blank=True, help_text="Shown beside what this person writes."
    )
    is_staff = models.BooleanField(
        "may open the desk", default=False, help_text="Lets this person sign in to the admin."
    )
    is_active = models.BooleanField(
        default=True, help_text="Untick instead of deleting, so that history keeps its author."
    )
    bio = models.TextField(
        "about you", max_length=LONGEST_BIO, blank=True, help_text="Plain text, on your page only."
    )
    time_zone = models.CharField(
        max_length=60, default="UTC", help_text="Times on your own pages are shown in it."
    )
    handle = models.CharField(
        "address of your page",
        max_length=40,
        unique=True,
        null=True,
        blank=True,
        validators=[HANDLE],
    )
    is_profile_public = models.BooleanField("show a public page", default=False)
    profile_blocked_at = models.DateTimeField("page taken down", null=True, blank=True)
    profile_blocked_reason = models.CharField(max_length=300, blank=True)
    security_stamp = models.CharField(max_length=32, default=new_stamp, editable=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_in_any_case",
                violation_error_message="There is an account with this e-mail address already.",
            ),
            models.CheckConstraint(
                condition=Q(is_profile_public=False) | Q(handle__isnull=False),
                name="public_profile_has_an_address",
            ),
            models.CheckConstraint(
                condition=Q(profile_blocked_at__isnull=True) | ~Q(profile_blocked_reason=""),
                name="profile_is_blocked_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return self.display_name or self.email

    @property
    def has_public_page(self) -> bool:
        """Return whether strangers can read this person's page now.

        It goes with the wish to be forgotten, and not only at the end of the grace.
        """
        is_shown = self.is_active and self.is_profile_public and self.profile_blocked_at is None
        return is_shown and not hasattr(self, "deletion_request")

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Tie sessions to the stamp too: a new stamp ends them all, as a new password does."""
        key_salt = "accounts.models.User.get_session_auth_hash"
        value = f"{self.password}{self.security_stamp}"
        return salted_hmac(key_salt, value, secret=secret, algorithm="sha256").hexdigest()

    def clean(self) -> None:
        super().clean()
        self.email = (self.email or "").strip().lower()

    def get_full_name(self) -> str:
        """Return the name to show; part of Django's user interface."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the name to show; part of Django's user interface."""
        return str(self)
