"""A survey small enough to know all its people, and a reader who tries to find them out."""

from collections import Counter
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

COUNTRIES = {"DE": "Germany", "NL": "Netherlands", "CZ": "Czech Republic"}
ROLES = {"back-end": "Developer, back-end", "full-stack": "Developer, full-stack"}
EMPLOYMENTS = {
    "employed": "Employed",
    "contractor": "Independent contractor, freelancer, or self-employed",
}
YEARS = {"0-4": "2", "5-9": "7", "10-14": "12", "15-19": "17", "20+": "25"}
SCHOOLS = ("Master’s degree (M.A.)", "Bachelor’s degree (B.A.)", "Associate degree (A.A.)")
LANGUAGES = ("Go", "Python", "Java")
WORLD = "001"
TOP = 10**6
Key = tuple[str, str, str, str, str]


def people(seed: int = 5) -> list[dict[str, Any]]:
    """Return everybody who answered: no question skipped, no two people with the same pay."""
    random = Random(seed)
    found = []
    for number in range(420):
        country = random.choices(list(COUNTRIES), (6, 3, 1))[0]
        languages = [name for name in LANGUAGES if random.random() < 0.3]
        found.append(
            {
                "country": country,
                "role": random.choices(list(ROLES), (3, 2))[0],
                "employment": random.choices(list(EMPLOYMENTS), (6, 1))[0],
                "years_coding_total": random.choices(list(YEARS), (1, 4, 4, 3, 4))[0],
                "education": random.choices(SCHOOLS, (6, 6, 1))[0],
                "language": languages,
                "pay": 60_000 + 137 * number + random.randrange(100),
            }
        )
    return found


def as_answers(everybody: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """Return the people as the publisher of the survey writes them."""
    return [
        {
            "Country": COUNTRIES[person["country"]],
            "DevType": ROLES[person["role"]],
            "Employment": EMPLOYMENTS[person["employment"]],
            "YearsCode": YEARS[person["years_coding_total"]],
            "EdLevel": person["education"],
            "LanguageHaveWorkedWith": ";".join(person["language"]),
            "ConvertedCompYearly": str(person["pay"]),
        }
        for person in everybody
    ]


def truth(everybody: Iterable[dict[str, Any]]) -> Counter[Key]:
    """Return how many people are in each cell, counted without the importer."""
    found: Counter[Key] = Counter()
    for person in everybody:
        splits = [("all", "all"), ("years_coding_total", person["years_coding_total"])]
        splits += [("education", person["education"])]
        splits += [("language", name) for name in person["language"]]
        for role in (person["role"], "all-developers"):
            for country in (person["country"], WORLD):
                found.update((role, person["employment"], country, *split) for split in splits)
    return found


def all_keys() -> Iterator[Key]:
    """Return every cell that this survey could have."""
    values = {"all": ("all",), "years_coding_total": YEARS, "education": SCHOOLS}
    values["language"] = LANGUAGES
    for role in (*ROLES, "all-developers"):
        for employment in EMPLOYMENTS:
            for country in (*COUNTRIES, WORLD):
                for dimension, names in values.items():
                    yield from ((role, employment, country, dimension, name) for name in names)


def sums(key: Key) -> Iterator[tuple[Key, list[Key], bool]]:
    """Return the sums of which the cell is the whole: whole, parts, whether they are all of it."""
    role, employment, country, dimension, value = key
    if dimension == "all":
        for split, names in (("years_coding_total", YEARS), ("education", SCHOOLS)):
            yield key, [(role, employment, country, split, name) for name in names], True
    if country == WORLD:
        yield key, [(role, employment, code, dimension, value) for code in COUNTRIES], True
    if role == "all-developers":
        # In this survey nobody is anything else, but the tables do not say so.
        yield key, [(name, employment, country, dimension, value) for name in ROLES], False


def bounds_by_sums(visible: dict[Key, int], known_to_be_withheld: Iterable[Key] = ()) -> dict:
    """Return what interval arithmetic over all sums makes of every cell: lowest, highest.

    Without `known_to_be_withheld` a cell that is not shown may have any number of answers.
    """
    withheld = set(known_to_be_withheld)
    most = 9 if withheld else TOP
    bounds = {key: [visible.get(key, 0), visible.get(key, most)] for key in all_keys()}
    for key in withheld:
        bounds[key] = [10, TOP]
    families = [family for key in bounds for family in sums(key)]
    for _ in range(100):
        before = str(bounds)
        for whole, parts, is_exact in families:
            low, high = (sum(bounds[part][end] for part in parts) for end in (0, 1))
            top = bounds[whole]
            top[0] = max(top[0], low)
            if is_exact:
                top[1] = min(top[1], high)
            for part in parts:
                mine = bounds[part]
                rest_low, rest_high = low - mine[0], high - mine[1]
                mine[1] = min(mine[1], top[1] - rest_low)
                if is_exact:
                    mine[0] = max(mine[0], top[0] - rest_high)
                low, high = rest_low + mine[0], rest_high + mine[1]
        if str(bounds) == before:
            break
    return bounds


def can_differ(key: Key, counts: Counter[Key], visible: dict[Key, int], withheld: set[Key]) -> bool:
    """Return whether a table exists with the same visible numbers and another one in this cell.

    The cells of a role, employment and dimension are a network: everybody flows from the world
    through a country into a value, and from there into the world's cell of that value. A number
    can change exactly where a circle leads through the cell along which each cell has room for one
    more, or (backwards) one less (Gusfield 1988, and the theory of flows with bounds).
    """
    role, employment, _, dimension, _ = key
    splits = (dimension,) if dimension != "all" else ("years_coding_total", "education")
    return all(
        _has_circle(key, (role, employment, split), counts, visible, withheld) for split in splits
    )


def _has_circle(
    key: Key,
    table: tuple[str, str, str],
    counts: Counter[Key],
    visible: dict[Key, int],
    withheld: set[Key],
) -> bool:
    role, employment, dimension = table
    names = YEARS if dimension == "years_coding_total" else SCHOOLS
    edges: dict[Key, tuple[str, str]] = {}
    for code in COUNTRIES:
        edges[role, employment, code, "all", "all"] = ("world", code)
        for name in names:
            edges[role, employment, code, dimension, name] = (code, name)
    for name in names:
        edges[role, employment, WORLD, dimension, name] = (name, "end")
    edges[role, employment, WORLD, "all", "all"] = ("end", "world")
    ways: list[tuple[str, str, Key]] = []
    for edge, (start, end) in edges.items():
        if edge in visible:
            continue
        low, high = (10, TOP) if edge in withheld else (0, 9)
        if counts[edge] < high:
            ways.append((start, end, edge))
        if counts[edge] > low:
            ways.append((end, start, edge))
    mine = [way for way in ways if way[2] == key]
    others = [way for way in ways if way[2] != key]
    return any(_leads(others, end, start) for start, end, _ in mine)


def _leads(ways: list[tuple[str, str, Key]], start: str, goal: str) -> bool:
    reached = {start}
    while True:
        more = {end for begin, end, _ in ways if begin in reached} - reached
        if not more:
            return goal in reached
        reached |= more
