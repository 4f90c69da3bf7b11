"""Selections in words: titles of charts, tables and downloads."""

import re
from collections.abc import Iterable, Mapping

from salaries.models import Figure
from salaries.selection import Selection
from salaries.vocabulary import DIMENSIONS, ROLES, WORLD, value_of

YEAR = r"\b(?:19|20)\d\d\b"
MOST_NAMED = 4  # more names than that are counted instead
WORLD_WORDS = "the world"

# Split by what, as "by …" reads it; the vocabulary has the longer names.
SPLITS = {
    "years_coding_total": "years of coding",
    "years_code_pro": "years of coding for pay",
    "work_experience": "years of work",
    "experience": "years of work in the field",
    "seniority": "seniority",
    "education": "education",
    "remote": "where the work is done",
    "office_time": "time in the office",
    "org_size": "size of the organisation",
    "company_size": "size of the company",
    "company_type": "kind of company",
    "city": "city",
    "industry": "industry",
    "language": "language",
    "database": "database",
    "web_framework": "web framework",
    "cloud_platform": "cloud platform",
}
COUNTED = {"country": "countries", "role": "roles", "edition": "editions", "value": "groups"}


def people(role: str) -> str:
    """Return the people of a role: "Back-end developers", "Site reliability engineers"."""
    name = ROLES.get(role, role)
    head, *rest = name.split(" of ", 1)
    is_one = head.endswith(("developer", "engineer", "architect", "manager"))
    return " of ".join([f"{head}s" if is_one else head, *rest])


def listed(words: Iterable[str]) -> str:
    """Return words as a sentence lists them: "Austria, Germany and Switzerland"."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def names_of(figures: Iterable[Figure]) -> dict[str, str]:
    """Return the names that titles need: countries by code, values by slug, editions by slug.

    The figures must have been loaded with their edition and country.
    """
    names: dict[str, str] = {}
    for figure in figures:
        names[figure.country_id] = figure.country.in_sentence
        names[figure.value_slug] = value_of(figure.dimension, figure.value).label
        names[figure.edition.slug] = figure.edition.short_title
    return names


def title_of(selection: Selection, names: Mapping[str, str]) -> str:
    """Return what a selection shows: "Back-end developers, employed, Germany: pay by years of
    coding".

    `names` (see `names_of`) has countries by code, values by slug and editions by slug; what is
    missing there stands as it is written in addresses. Editions without a figure are left out.
    """
    axis = selection.axis
    who = [people(selection.roles[0])] if axis != "role" else []
    if axis != "employment":
        who.append(_employment(selection.employments[0], is_first=not who))
    if axis != "country":
        code = selection.countries[0]
        who.append("worldwide" if code == WORLD else place(code, names).removeprefix("the "))
    if selection.dimension != "all" and axis != "value":
        value = selection.values[0]
        who.append(value_words(selection.dimension, names.get(value, value)))
    return f"{', '.join(who)}: {_what(selection, names)}"


def dated_title_of(selection: Selection, names: Mapping[str, str]) -> str:
    """Return the title of a chart that stands by itself: with its year, where it has but one."""
    title = title_of(selection, names)
    if selection.axis == "edition":
        return title
    slug = selection.editions[0]
    year = re.search(YEAR, names.get(slug, slug))
    return f"{title}, {year[0]}" if year else title


def missing_names(selection: Selection, figures: Iterable[Figure]) -> list[str]:
    """Return which of the things that a selection names side by side have no figure."""
    figures = list(figures)
    present = {
        "editions": {item.edition.slug for item in figures},
        "countries": {item.country_id for item in figures},
        "roles": {item.role for item in figures},
        "employments": {item.employment for item in figures},
        "values": {item.value_slug for item in figures},
    }
    return [
        name
        for field_name, known in present.items()
        for name in getattr(selection, field_name)
        if name not in known
    ]


def place(code: str, names: Mapping[str, str]) -> str:
    """Return a country as it stands inside a sentence."""
    return WORLD_WORDS if code == WORLD else names.get(code, code)


def value_words(dimension: str, label: str) -> str:
    """Return one value of a dimension so that it stands by itself: "5–9 years of coding"."""
    split = SPLITS.get(dimension, "")
    if split.startswith("years"):
        return label.replace("years", split)
    if DIMENSIONS[dimension].is_technology:
        return f"working with {label}"
    if dimension.endswith("_size") and any(map(str.isdigit, label)):
        size = f"{label[:1].lower()}{label[1:]}"
        has_noun = size.endswith((" people", " person"))
        return f"organisation of {size}{'' if has_noun else ' people'}"
    return label


def dimension_words(dimension: str) -> str:
    """Return what a dimension splits people by: "years of coding", "language"."""
    return SPLITS.get(dimension, dimension)


def _employment(employment: str, *, is_first: bool) -> str:
    words = "employed" if employment == "employed" else "independent contractors"
    return words.capitalize() if is_first else words


def _what(selection: Selection, names: Mapping[str, str]) -> str:
    match selection.axis:
        case "country":
            return f"pay in {_places(selection, names)}"
        case "role":
            return "pay by role"
        case "employment":
            return "pay of employees and contractors"
        case "edition":
            known = [names[slug] for slug in selection.editions if slug in names]
            return f"pay {_when(known or list(selection.editions))}"
        case "value":
            return f"pay by {dimension_words(selection.dimension)}"
    return "pay"


def _places(selection: Selection, names: Mapping[str, str]) -> str:
    """Return countries in words; the world is none of them and is named beside them."""
    countries = [place(code, names) for code in selection.countries if code != WORLD]
    words = _some("country", countries)
    return f"{words} and {place(WORLD, names)}" if WORLD in selection.countries else words


def _when(editions: list[str]) -> str:
    """Return editions in words; the years alone where their names begin with the same series."""
    found = [re.search(YEAR, name) for name in editions]
    series = {name[: match.start()] for name, match in zip(editions, found, strict=True) if match}
    if not all(found) or len(series) > 1:
        return f"in {_some('edition', editions)}"
    years = sorted(match[0] for match in found if match)
    if len(years) > MOST_NAMED:
        return f"from {years[0]} to {years[-1]}"
    return f"in {listed(years)}"


def _some(axis: str, words: list[str]) -> str:
    return listed(words) if len(words) <= MOST_NAMED else f"{len(words)} {COUNTED[axis]}"
