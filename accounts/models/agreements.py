"""What the site and its people agree on: terms, privacy, community rules; each version kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Document(models.TextChoices):
    """A text that binds the site or its people. The value is its address."""

    TERMS = "terms", "Terms"
    PRIVACY = "privacy", "Privacy"
    COMMUNITY_RULES = "community-rules", "Community rules"


class DocumentVersion(models.Model):
    """A version of a document, as it was and stays. The newest one in force is the document."""

    document = models.CharField(max_length=20, choices=Document)
    number = models.PositiveSmallIntegerField()
    in_force_from = models.DateField()
    is_notable = models.BooleanField(
        help_text="Whether people are asked again. Not for corrections of spelling."
    )
    change = models.CharField(
        max_length=400, help_text="What is different from the version before, in plain words."
    )
    text = models.TextField(help_text="Markdown.")
    html = models.TextField(editable=False)

    class Meta:
        ordering = ("document", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=["document", "number"], name="document_version_number_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="document_version_from_one"),
            models.CheckConstraint(
                condition=Q(number__gt=1) | Q(is_notable=True), name="first_version_is_notable"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_document_display()}, version {self.number}"


class Consent(models.Model):
    """A person agreed to a version of a document, or took note of it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents"
    )
    version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="consents")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "version"], name="consent_once_per_version"),
        )

    def __str__(self) -> str:
        return f"{self.version}, {self.given_at:%Y-%m-%d}"
