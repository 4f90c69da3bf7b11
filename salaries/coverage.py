"""What can be chosen in an edition."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from salaries.cells import Cell
from salaries.vocabulary import DIMENSIONS, EMPLOYMENTS, ROLES, Value, value_of


def coverage_of(cells: Iterable[Cell]) -> dict[str, Any]:
    """Return which roles, employments, countries and values have cells, each in page order.

    `most[role][employment]` lists the countries that have a cell of everybody, the one with most
    answers (or jobs) first. `cells` are those that the public may see.
    """
    roles, employments, countries = set(), set(), set()
    values: dict[str, set[Value]] = defaultdict(set)
    totals: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for cell in cells:
        roles.add(cell.role)
        employments.add(cell.employment)
        countries.add(cell.country)
        if cell.dimension == "all":
            size = (cell.n if cell.n is not None else cell.jobs) or 0
            totals[cell.role, cell.employment].append((-size, cell.country))
        else:
            values[cell.dimension].add(value_of(cell.dimension, cell.value))
    return {
        "roles": [role for role in ROLES if role in roles],
        "employments": [name for name in EMPLOYMENTS if name in employments],
        "countries": sorted(countries),
        "dimensions": {
            key: [[value.slug, value.label] for value in _in_page_order(values[key])]
            for key in DIMENSIONS
            if key in values
        },
        "most": {
            role: {
                name: [country for _, country in sorted(totals[role, name])]
                for name in EMPLOYMENTS
                if (role, name) in totals
            }
            for role in ROLES
            if any((role, name) in totals for name in EMPLOYMENTS)
        },
    }


def _in_page_order(values: Iterable[Value]) -> list[Value]:
    return sorted(values, key=lambda value: (value.order, value.label.casefold(), value.slug))
