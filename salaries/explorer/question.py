"""What a reader asks of the explorer, and the one address of each question."""

import re
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.http import urlencode

from salaries.models import Edition
from salaries.selection import Selection
from salaries.vocabulary import DIMENSIONS, EXPERIENCE_DIMENSIONS, WORLD

MAX_COUNTRIES = 6
UNITS = ("edition", "local", "price-level")
TERMS = ("nominal", "real")
# Besides the dimensions of an edition, a figure can be set beside those of other …
COMPARISONS = {"role": "Role", "employment": "Employment", "edition": "Year"}
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Part:
    """A part of the people: one value of a dimension, both as addresses write them."""

    dimension: str
    value: str


@dataclass(frozen=True)
class Question:
    """Everything that the address says, with the defaults filled in.

    `by` is a dimension, one of COMPARISONS, or empty.
    """

    edition: Edition
    role: str
    employment: str
    countries: tuple[str, ...] = (WORLD,)
    experience: Part | None = None
    technology: Part | None = None
    by: str = ""
    unit: str = "edition"
    terms: str = "nominal"

    def but(self, **changes: object) -> "Question":
        """Return the question with some parts replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def part(self) -> Part | None:
        """Return the part of the people asked about, if there is one."""
        return self.experience or self.technology

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Return the query of the address, always in the same order, without what is usual.

        The edition is always named, so that a shared address keeps its figures when the next
        edition arrives.
        """
        found = [("role", self.role), *(("country", code) for code in self.countries)]
        if self.experience:
            found.append(("experience", self._experience_word(self.experience)))
        if self.technology:
            part = self.technology
            found.append(("technology", f"{part.dimension}:{part.value}"))
        found += [("employment", self.employment), ("edition", self.edition.slug)]
        if self.by:
            found.append(("by", self.by))
        if self.unit != UNITS[0]:
            found.append(("unit", self.unit))
        if self.terms != TERMS[0]:
            found.append(("terms", self.terms))
        return found

    @property
    def query(self) -> str:
        """Return the canonical query string."""
        return urlencode(self.parameters).replace("%3A", ":")

    @property
    def href(self) -> str:
        """Return the address of the answer."""
        return f"{reverse('salaries:explore')}?{self.query}"

    def at(self, **changes: object) -> str:
        """Return the address of the question with some parts replaced, at its answer."""
        return f"{self.but(**changes).href}#result"

    def _experience_word(self, part: Part) -> str:
        """Return the value alone where the edition's first way of counting years is meant.

        The coverage of an edition that is only offered is not loaded, and not worth a query.
        """
        is_loaded = "coverage" not in self.edition.get_deferred_fields()
        if is_loaded and part.dimension == first_experience(self.edition):
            return part.value
        return f"{part.dimension}:{part.value}"

    @property
    def base(self) -> Selection:
        """Return the cell, or the cells of several countries, without any comparison."""
        part = self.part
        return Selection(
            editions=(self.edition.slug,),
            countries=self.countries,
            roles=(self.role,),
            employments=(self.employment,),
            dimension=part.dimension if part else "all",
            values=(part.value,) if part else (),
        )


def dimensions_of(edition: Edition) -> dict[str, list[tuple[str, str]]]:
    """Return what an edition asked: (slug, label) of each value, by dimension, in page order."""
    found = edition.coverage.get("dimensions", {})
    return {
        key: [(slug, label) for slug, label in found[key]] for key in DIMENSIONS if key in found
    }


def first_experience(edition: Edition) -> str:
    """Return how an edition counts years; "experience" where it does not count them."""
    asked = edition.coverage.get("dimensions", {})
    return next((key for key in EXPERIENCE_DIMENSIONS if key in asked), "experience")


def countries_with(edition: Edition, role: str, employment: str) -> list[str]:
    """Return the countries that have a public figure for a role, most answers first."""
    return edition.coverage.get("most", {}).get(role, {}).get(employment, [])
