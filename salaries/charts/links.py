"""Where else the figures of a selection can be had: explorer, files, image."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from salaries.money import Unit
from salaries.selection import Selection
from salaries.vocabulary import DIMENSIONS, EXPERIENCE_DIMENSIONS


@dataclass(frozen=True)
class Links:
    """Addresses for a selection, all on this site."""

    explore: str
    csv: str
    json: str
    image: str


def links_of(selection: Selection, unit: Unit | str = Unit.EDITION) -> Links:
    """Return the addresses of a selection. Files are always in the money of the edition."""
    key = [selection.key]
    image = reverse("salaries:chart", args=key)
    return Links(
        explore=explore_url(selection, unit),
        csv=reverse("salaries:figures-csv", args=key),
        json=reverse("salaries:figures-json", args=key),
        image=image if Unit(unit) == Unit.EDITION else f"{image}?unit={Unit(unit)}",
    )


def explore_url(selection: Selection, unit: Unit | str = Unit.EDITION) -> str:
    """Return the address of the explorer that shows a selection."""
    query = [("edition", slug) for slug in selection.editions]
    query += [("country", code) for code in selection.countries]
    query += [("role", role) for role in selection.roles]
    query += [("employment", name) for name in selection.employments]
    query += _split(selection)
    if Unit(unit) != Unit.EDITION:
        query.append(("unit", str(Unit(unit))))
    return f"{reverse('salaries:explore')}?{urlencode(query)}"


def _split(selection: Selection) -> list[tuple[str, str]]:
    dimension, values = selection.dimension, selection.values
    if dimension == "all":
        return []
    if len(values) == 1 and dimension in EXPERIENCE_DIMENSIONS:
        return [("experience", values[0])]
    if len(values) == 1 and DIMENSIONS[dimension].is_technology:
        return [("technology", f"{dimension}:{values[0]}")]
    return [("by", dimension)]
