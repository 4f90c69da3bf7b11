"""Pictures that explain."""

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from articles.models.filing import LIBRARY_DIGEST_HELP
from core.svg import SvgError, clean_svg


class Diagram(models.Model):
    """A drawing for the inside of guides, placed with `[[diagram:slug|caption]]`.

    It is inline SVG, so that it takes the type face and the colours of the page. Only shapes,
    text and our own class names pass; see `core.svg`.
    """

    slug = models.SlugField(max_length=80, unique=True)
    svg = models.TextField(
        "SVG",
        help_text="Starts with <title> and <desc>: the description says all that the picture says.",
    )
    library_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text=LIBRARY_DIGEST_HELP
    )

    history = HistoricalRecords(excluded_fields=["library_digest"])

    def __str__(self) -> str:
        return self.slug

    def clean(self) -> None:
        """Raise ValidationError, with the line, when the drawing holds anything but drawing."""
        try:
            clean_svg(self.svg, prefix="d")  # not the slug, which may be wrong as well
        except SvgError as error:
            raise ValidationError({"svg": str(error)}) from error
