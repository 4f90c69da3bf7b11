"""How guides are filed, and who stands for them."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

LIBRARY_DIGEST_HELP = "What the starter library last wrote here; differs once an editor changed it."


class CategoryQuerySet(models.QuerySet["Category"]):
    def in_order(self) -> "CategoryQuerySet":
        """Return categories in the order of the library."""
        return self.order_by("position", "name", "pk")


class Category(models.Model):
    """A shelf of the library. Each guide stands on exactly one."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    description = models.CharField(
        max_length=240, help_text="One sentence under the name: what a reader finds here."
    )
    position = models.PositiveSmallIntegerField(
        default=100, help_text="Smaller numbers come first on the home page."
    )
    library_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text=LIBRARY_DIGEST_HELP
    )

    objects = CategoryQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["library_digest"])

    class Meta:
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:category", args=[self.slug])


class Tag(models.Model):
    """A subject that guides of different categories share."""

    name = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=40, unique=True)
    description = models.CharField(max_length=240, blank=True)
    library_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text=LIBRARY_DIGEST_HELP
    )

    history = HistoricalRecords(excluded_fields=["library_digest"])

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:tag", args=[self.slug])


def validate_links(value: object) -> None:
    """Raise ValidationError unless the value is a list of {"label": …, "url": "https://…"}."""
    message = 'Write a list like [{"label": "Website", "url": "https://example.org/"}].'
    if not isinstance(value, list):
        raise ValidationError(message)
    for link in value:
        if not isinstance(link, dict) or set(link) != {"label", "url"}:
            raise ValidationError(message)
        if not (isinstance(link["label"], str) and link["label"].strip()):
            raise ValidationError(message)
        address = urlsplit(str(link["url"]))
        if address.scheme not in {"https", "http", "mailto"}:
            raise ValidationError(f"{link['url']}: links start with https://.")


class Contributor(models.Model):
    """A person or an organisation that writes or reviews guides."""

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        ORGANISATION = "organisation", "Organisation"

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PERSON)
    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80, unique=True)
    role = models.CharField(
        max_length=120, blank=True, help_text="In a few words: “Backend engineer, databases”."
    )
    bio = models.TextField(
        blank=True, help_text="Plain text. Why should a reader believe this contributor?"
    )
    links = models.JSONField(
        default=list,
        blank=True,
        validators=[validate_links],
        help_text='[{"label": "Website", "url": "https://example.org/"}]',
    )
    library_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text=LIBRARY_DIGEST_HELP
    )

    history = HistoricalRecords(excluded_fields=["library_digest"])

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=["person", "organisation"]),
                name="contributor_kind_known",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:person", args=[self.slug])

    def clean(self) -> None:
        """Take an emptied field of the form for no links."""
        self.links = self.links or []
