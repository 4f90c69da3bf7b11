"""Who wrote a guide."""

from django.db import models

from articles.models.filing import Contributor


class AuthorshipQuerySet(models.QuerySet["Authorship"]):
    def with_contributor(self) -> "AuthorshipQuerySet":
        """Load the contributor with each row."""
        return self.select_related("contributor")

    def in_order(self) -> "AuthorshipQuerySet":
        """Return rows in the order of the byline."""
        return self.order_by("position", "pk")


class Authorship(models.Model):
    """One name in the byline of a guide."""

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="authorships")
    contributor = models.ForeignKey(
        Contributor, on_delete=models.PROTECT, related_name="authorships"
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = AuthorshipQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["article", "contributor"], name="authorship_unique_in_article"
            ),
        )

    def __str__(self) -> str:
        return f"{self.contributor} wrote {self.article}"
