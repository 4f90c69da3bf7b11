"""From answers to cells: which pay is kept, and the percentiles of every group of ten or more."""

from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from salaries.cells import Cell
from salaries.importers.answers import EMPLOYMENT_CODES, Answers, Column
from salaries.importers.layouts import EMPLOYED
from salaries.models import SMALLEST_CELL
from salaries.statistics import exact_percentile, median_interval
from salaries.vocabulary import SURVEY_ROLES, WORLD

CENTS = 100
LOWEST, HIGHEST = 1_000 * CENTS, 1_000_000 * CENTS  # US dollars a year that can be pay at all
BELOW_MEDIAN, ABOVE_MEDIAN = 8, 10  # the bounds as parts and as multiples of a country's median
SMALLEST_COUNTRY = 20  # employees, to know a country's median
MONTHLY_SHARE = Fraction(5, 100)  # of answers below the floor, from which they look monthly
MONTHLY_PAY = "monthly-pay"
SHARES = {"p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9}


@dataclass
class Trim:
    """Which pay counts in one country, and what that left out. Amounts in cents.

    `median` is that of employees of all roles, and None where fewer than 20 answered.
    """

    country: str
    employees: int = 0
    median: Fraction | None = None
    floor: Fraction = Fraction(LOWEST)
    ceiling: Fraction = Fraction(HIGHEST)
    answers: int = 0
    low: int = 0
    high: int = 0

    @property
    def kept(self) -> int:
        """Return how many answers lie between floor and ceiling."""
        return self.answers - self.low - self.high

    @property
    def looks_monthly(self) -> bool:
        """Return whether many people may have typed a month's pay for a year's."""
        return self.answers > 0 and Fraction(self.low, self.answers) >= MONTHLY_SHARE


def trims_of(answers: Answers) -> list[Trim]:
    """Return the bounds of each country, in the order of `answers.countries`.

    Low pay goes below an eighth of the country's median: people who typed a month's pay stand at a
    twelfth of it, and low but real pay stands mostly above an eighth.
    """
    trims = [Trim(code) for code in answers.countries]
    employed = EMPLOYMENT_CODES.index(EMPLOYED)
    pays = [array("q") for _ in trims]
    for pay, country, employment in zip(
        answers.pay, answers.country, answers.employment, strict=True
    ):
        if employment == employed and LOWEST <= pay <= HIGHEST:
            pays[country].append(pay)
    for trim, found in zip(trims, pays, strict=True):
        trim.employees = len(found)
        if trim.country and len(found) >= SMALLEST_COUNTRY:
            trim.median = exact_percentile(sorted(found), 0.5)
            trim.floor = max(trim.floor, trim.median / BELOW_MEDIAN)
            trim.ceiling = min(trim.ceiling, trim.median * ABOVE_MEDIAN)
    for pay, country in zip(answers.pay, answers.country, strict=True):
        trim = trims[country]
        trim.answers += 1
        trim.low += pay < trim.floor
        trim.high += pay > trim.ceiling
    return trims


@dataclass
class Cells:
    """The cells of a survey, and how many groups were too small to become one."""

    kept: list[Cell] = field(default_factory=list)
    too_small: int = 0


def cells_of(answers: Answers, trims: list[Trim]) -> Cells:
    """Return every cell of ten or more people, of each country and of the world.

    A person counts in each of their roles and once in each of several answers.
    """
    by_country = [array("L") for _ in trims]
    world = array("L")
    for person, (pay, country) in enumerate(zip(answers.pay, answers.country, strict=True)):
        trim = trims[country]
        if answers.roles[person] and trim.floor <= pay <= trim.ceiling:
            by_country[country].append(person)
            if answers.in_world[person]:
                world.append(person)
    cells = Cells()
    for trim, people in zip(trims, by_country, strict=True):
        if trim.country:
            flags = (MONTHLY_PAY,) if trim.looks_monthly else ()
            _add_group(cells, answers, people, trim.country, flags)
    _add_group(cells, answers, world, WORLD, ())
    cells.kept.sort(key=lambda cell: cell.key)
    return cells


def _add_group(
    cells: Cells, answers: Answers, people: array[int], country: str, flags: tuple[str, ...]
) -> None:
    # One dimension at a time, so that the world needs little memory too.
    for dimension, column in (("all", None), *answers.columns.items()):
        for (role, employment, value), pays in _groups(answers, people, column).items():
            if len(pays) < SMALLEST_CELL:
                cells.too_small += 1
                continue
            cells.kept.append(
                Cell(
                    role=SURVEY_ROLES[role],
                    employment=EMPLOYMENT_CODES[employment],
                    country=country,
                    dimension=dimension,
                    value=column.texts[value] if column else "all",
                    n=len(pays),
                    **_amounts(sorted(pays)),
                    flags=flags,
                )
            )


def _groups(
    answers: Answers, people: array[int], column: Column | None
) -> dict[tuple[int, int, int], array[int]]:
    """Return the pay of people by role, employment and answer, all as numbers."""
    groups: dict[tuple[int, int, int], array[int]] = defaultdict(lambda: array("q"))
    for person in people:
        pay, employment, roles = (
            answers.pay[person],
            answers.employment[person],
            answers.roles[person],
        )
        for value in column.of(person) if column else (0,):
            for role in range(len(SURVEY_ROLES)):
                if roles >> role & 1:
                    groups[role, employment, value].append(pay)
    return groups


def _amounts(ordered: list[int]) -> dict[str, Any]:
    """Return percentiles and the interval of the median of ascending cents."""
    found = {name: _dollars(exact_percentile(ordered, share)) for name, share in SHARES.items()}
    if ranks := median_interval(len(ordered)):
        found["ci_low"], found["ci_high"] = (_dollars(Fraction(ordered[r - 1])) for r in ranks)
    return found


def _dollars(cents: Fraction) -> Decimal:
    """Return cents as dollars, to the cent; pay in whole dollars loses nothing by it."""
    return Decimal(round(cents)) / CENTS
