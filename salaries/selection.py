"""Which figures a page, an embed, a chart or a download is about.

One notation serves all of them: `so-2025/de+nl/back-end/employed/language:go+python`. The parts
after the country may be left out (`so-2025/de`), and stand in any order. At most one of them
names several things: the axis along which the figures are compared.
"""

import re
from dataclasses import dataclass, field, replace

from salaries.vocabulary import DIMENSIONS, EMPLOYMENTS, ROLES, WORLD

MAIN_SERIES = "stack-overflow"  # has every country; other sources stand beside it
DEFAULT_ROLE = "back-end"
DEFAULT_EMPLOYMENT = "employed"
MAX_PARTS = 12  # things side by side that a chart can still show
# What a slug or a code may look like. Keys are repeated in files and charts, which must not carry
# other people's sentences, and no database takes every character.
_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}")


class SelectionError(ValueError):
    """Raised for a key that names no figures; the message tells how to write it."""


@dataclass(frozen=True)
class Selection:
    """Editions, countries (upper case ISO 3166 alpha-2, or 001), roles, employments, one dimension.

    `values` holds slugs; empty together with a dimension other than "all" means every value.
    """

    editions: tuple[str, ...]
    countries: tuple[str, ...] = (WORLD,)
    roles: tuple[str, ...] = (DEFAULT_ROLE,)
    employments: tuple[str, ...] = (DEFAULT_EMPLOYMENT,)
    dimension: str = "all"
    values: tuple[str, ...] = field(default=())

    @property
    def axis(self) -> str:
        """Return what is compared: "edition", "country", "role", "employment", "value" or ""."""
        named = {
            "edition": self.editions,
            "country": self.countries,
            "role": self.roles,
            "employment": self.employments,
            "value": self.values,
        }
        for name, items in named.items():
            if len(items) > 1:
                return name
        return "value" if self.dimension != "all" and not self.values else ""

    @property
    def is_one_cell(self) -> bool:
        """Return whether the selection can match one figure at most."""
        return not self.axis

    @property
    def key(self) -> str:
        """Return the notation, in full and always the same for the same selection."""
        parts = ["+".join(self.editions), "+".join(self.countries).lower()]
        parts += ["+".join(self.roles), "+".join(self.employments)]
        if self.dimension != "all":
            parts.append(
                ":".join([self.dimension, *(["+".join(self.values)] if self.values else [])])
            )
        return "/".join(parts)

    def but(self, **changes: object) -> "Selection":
        """Return the selection with some parts replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]


def parse(key: str) -> Selection:
    """Return what a key selects. Raises SelectionError for one that cannot be understood.

    Whether such figures exist is for the database to say.
    """
    first, _, rest = key.strip().partition("/")
    if not first or not rest:
        raise SelectionError("Write an edition and a country first, as in so-2025/de.")
    where, *others = rest.split("/")
    selection = Selection(_names(first), tuple(code.upper() for code in _names(where)))
    for part in others:
        selection = selection.but(**_meaning(part))
    several = [
        name
        for name in ("editions", "countries", "roles", "employments", "values")
        if len(getattr(selection, name)) > 1
    ]
    open_dimension = selection.dimension != "all" and not selection.values
    if len(several) + open_dimension > 1:
        raise SelectionError(f"“{key}” compares two things at once; compare one at a time.")
    return selection


def _names(part: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in part.split("+")))
    if not all(names):
        raise SelectionError(f"“{part}” names nothing between its plus signs.")
    if len(names) > MAX_PARTS:
        raise SelectionError(f"At most {MAX_PARTS} things can stand side by side.")
    if not all(_NAME.fullmatch(name) for name in names):
        raise SelectionError("The names in a key are letters, digits and hyphens: so-2025/de.")
    return names


def _meaning(part: str) -> dict[str, object]:
    """Return which field of a selection a later part of a key sets."""
    dimension, _, values = part.partition(":")
    if dimension in DIMENSIONS and dimension != "all":
        return {"dimension": dimension, "values": _names(values) if values else ()}
    names = _names(part)
    if all(name in ROLES for name in names):
        return {"roles": names}
    if all(name in EMPLOYMENTS for name in names):
        return {"employments": names}
    raise SelectionError(f"“{part}” is no role, employment or dimension.")
