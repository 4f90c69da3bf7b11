"""The two shelves of the library. A shelf decides the address of a guide."""

from django.db import models
from django.urls import reverse


class Shelf(models.TextChoices):
    GUIDES = "guides", "Guides"
    SALARIES = "salaries", "Salary guides"

    @property
    def app(self) -> str:
        """Return the app whose addresses the guides have: detail, markdown, json and changes.

        An app above this one may own them, so it is known by its name only.
        """
        return "salaries" if self == Shelf.SALARIES else "articles"

    @property
    def page(self) -> tuple[str, str]:
        """Return name and address of the page that lists the shelf."""
        if self == Shelf.SALARIES:
            return "Salaries", reverse("salaries:overview")
        return "Guides", reverse("articles:list")


# Addresses below a shelf that are pages of their own: no guide could be read there.
RESERVED_SLUGS: dict[str, tuple[str, ...]] = {
    Shelf.GUIDES: (),
    Shelf.SALARIES: ("explore", "editions", "figures", "charts", "sources"),
}


def address_problem(shelf: str, slug: str) -> str:
    """Return why a guide cannot have this address on a shelf; empty where it can."""
    if slug in RESERVED_SLUGS.get(shelf, ()):
        return f"“{slug}” is a page of the site below /{shelf}/; choose another address."
    return ""
