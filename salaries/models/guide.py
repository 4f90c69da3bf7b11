"""What makes a guide a salary guide: the role and the place that it is about."""

from django.core.exceptions import ValidationError
from django.db import models

from articles.models import Article, Shelf
from salaries.models.country import Country
from salaries.vocabulary import ROLES


class SalaryGuide(models.Model):
    """The figures that belong to a guide. Text, revisions and workflow are those of the guide."""

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="salary_guide"
    )
    role = models.CharField(max_length=24, choices=[(key, name) for key, name in ROLES.items()])
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="salary_guides",
        help_text="Empty for a guide about a question rather than a place.",
    )
    library_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["role", "country"],
                condition=models.Q(country__isnull=False),
                name="salary_guide_one_per_role_and_place",
                violation_error_message="There is a salary guide for this role and place already.",
            ),
        )

    def __str__(self) -> str:
        return str(self.article)

    def clean(self) -> None:
        """Refuse a guide of the other shelf, whose page shows no figure."""
        if self.article_id and self.article.shelf != Shelf.SALARIES:
            raise ValidationError(f"“{self.article}” does not stand on the shelf of salary guides.")
