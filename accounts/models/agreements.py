"""What the site and its people agree on: terms, privacy, community rules; each version kept."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models.user import User

LIBRARY_DIGEST = 64  # letters of a SHA-256
ABOUT = {
    "terms": "What you may expect of this site, and what it expects of you.",
    "privacy": "What this site knows about you, why, for how long, and how to end it.",
    "community-rules": "How we talk with each other here, and what happens if it goes wrong.",
}


class Document(models.TextChoices):
    """A text that binds the site or its people. The value is its address."""

    TERMS = "terms", "Terms"
    PRIVACY = "privacy", "Privacy"
    COMMUNITY_RULES = "community-rules", "Community rules"

    @property
    def about(self) -> str:
        """Return in a sentence what the document says."""
        return ABOUT[self.value]

    @property
    def url(self) -> str:
        """Return the address of the version in force."""
        return reverse(f"accounts:{self.value}")


class DocumentVersionQuerySet(models.QuerySet["DocumentVersion"]):
    def of(self, document: str) -> "DocumentVersionQuerySet":
        """Return the versions of a document, newest first."""
        return self.filter(document=document).order_by("-number")

    def in_force(self, on: date | None = None) -> "DocumentVersionQuerySet":
        """Return what is in force on a day (default: today), or was before it."""
        return self.filter(in_force_from__lte=on or timezone.now().date())

    def current(self, on: date | None = None) -> "DocumentVersionQuerySet":
        """Return the version in force of each document."""
        later = DocumentVersion.objects.in_force(on).filter(
            document=OuterRef("document"), number__gt=OuterRef("number")
        )
        return self.in_force(on).filter(~Exists(later))

    def asked_of(self, user: User, on: date | None = None) -> "DocumentVersionQuerySet":
        """Return the version in force of each document that a person is yet to be asked about.

        That is one where a notable version came since the person last agreed.
        """
        agreed = Consent.objects.filter(
            user=user,
            version__document=OuterRef("document"),
            version__number__gte=OuterRef("number"),
        )
        unseen = (
            DocumentVersion.objects.in_force(on).filter(is_notable=True).filter(~Exists(agreed))
        )
        return self.current(on).filter(Exists(unseen.filter(document=OuterRef("document"))))


class DocumentVersion(models.Model):
    """A version of a document, as it was and stays. The newest one in force is the document.

    `keepings` is the table of what is kept, as it was promised with a version of the privacy text.
    """

    document = models.CharField(max_length=20, choices=Document)
    number = models.PositiveSmallIntegerField()
    in_force_from = models.DateField(help_text="Not before today: nobody can keep to it earlier.")
    is_notable = models.BooleanField(
        "notable", help_text="Whether people are asked again. Not for corrections of spelling."
    )
    change = models.CharField(
        max_length=400, help_text="What is different from the version before, in plain words."
    )
    text = models.TextField(help_text="Markdown.")
    html = models.TextField(editable=False)
    keepings = models.JSONField(default=list, editable=False)
    published_at = models.DateTimeField(default=timezone.now, editable=False)
    library_digest = models.CharField(max_length=LIBRARY_DIGEST, blank=True, editable=False)

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version of terms or rules"
        verbose_name_plural = "versions of terms and rules"
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

    def get_absolute_url(self) -> str:
        """Return the permanent address of this version."""
        return reverse("accounts:document-version", args=[self.document, self.number])

    def clean(self) -> None:
        """Refuse a day in the past, and one before that of the version this one replaces."""
        if not (self._state.adding and self.in_force_from and self.number):
            return
        before = self.before
        problem = ""
        if self.in_force_from < timezone.now().date():
            problem = "A new version cannot begin in the past."
        elif before is not None and self.in_force_from < before.in_force_from:
            problem = f"Version {before.number} begins later than that."
        if problem:
            raise ValidationError({"in_force_from": problem})

    @property
    def kind(self) -> Document:
        """Return the document that this is a version of."""
        return Document(self.document)

    @property
    def before(self) -> "DocumentVersion | None":
        """Return the version that this one replaced."""
        return DocumentVersion.objects.of(self.document).filter(number__lt=self.number).first()


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
