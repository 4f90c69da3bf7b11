"""One row of a table of pay, and what must be true of it wherever it comes from."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from salaries.models import PERCENTILES, SMALLEST_CELL
from salaries.vocabulary import DIMENSIONS, EMPLOYMENTS, ROLES, value_of

AMOUNTS = (*PERCENTILES, "ci_low", "ci_high")
LARGEST_AMOUNT = 10**12
LARGEST_COUNT = 2**31 - 1  # what an integer column of PostgreSQL holds
LONGEST_VALUE = 150
DECIMALS = 2
# A spreadsheet runs a cell that begins with one of these:
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
FLAGS = ("monthly-pay", "top-coded")


@dataclass(frozen=True, slots=True)
class Cell:
    """Pay of one group of people: amounts in the currency and period of its edition.

    `value` stands as the source has it. `n` counts answers; official statistics leave it empty
    and give `jobs` and `relative_error` (of the mean, per cent).
    """

    role: str
    employment: str
    country: str
    dimension: str = "all"
    value: str = "all"
    n: int | None = None
    p10: Decimal | None = None
    p25: Decimal | None = None
    p50: Decimal | None = None
    p75: Decimal | None = None
    p90: Decimal | None = None
    ci_low: Decimal | None = None
    ci_high: Decimal | None = None
    flags: tuple[str, ...] = ()
    jobs: int | None = None
    relative_error: Decimal | None = None

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """Return what names the cell inside its edition; files are sorted by it."""
        return (self.role, self.employment, self.country, self.dimension, self.value)

    @property
    def address(self) -> tuple[str, str, str, str, str]:
        """Return the key as addresses write it; two cells of an edition never share it."""
        return (*self.key[:4], value_of(self.dimension, self.value).slug)

    def __str__(self) -> str:
        return " / ".join(self.key)


def problems_of(cell: Cell, countries: Container[str] | None = None) -> list[str]:
    """Return what is wrong with a cell, in sentences; nothing where it may be stored.

    `countries` holds the known codes; without it any code is taken.
    """
    return [*_problems_of_words(cell, countries), *_problems_of_numbers(cell)]


def _problems_of_words(cell: Cell, countries: Container[str] | None) -> Iterator[str]:
    for noun, name, known in (
        ("role", cell.role, ROLES),
        ("employment", cell.employment, EMPLOYMENTS),
        ("country", cell.country, countries),
        ("dimension", cell.dimension, DIMENSIONS),
        *(("flag", flag, FLAGS) for flag in cell.flags),
    ):
        if known is not None and name not in known:
            yield f"there is no {noun} “{name}”"
    if (cell.dimension == "all") != (cell.value == "all"):
        yield "the value “all” and the dimension “all” belong together"
    elif not cell.value.strip() or cell.value != cell.value.strip(" "):
        yield "the value is empty, or has blanks around it"
    elif len(cell.value) > LONGEST_VALUE:
        yield f"the value is longer than {LONGEST_VALUE} characters"
    elif cell.value.startswith(FORMULA_STARTS) or not cell.value.isprintable():
        yield f"the value “{cell.value}” would run as a formula in a spreadsheet"
    elif not value_of(cell.dimension, cell.value).slug:
        yield f"the value “{cell.value}” has no letter or digit for an address"


def _problems_of_numbers(cell: Cell) -> Iterator[str]:
    if cell.n is None and cell.jobs is None:
        yield "it says neither how many answered (n) nor how many jobs it stands for (jobs)"
    if cell.n is not None and cell.n < SMALLEST_CELL:
        yield f"n is {cell.n}; cells of fewer than {SMALLEST_CELL} people are not kept"
    for name in ("n", "jobs"):
        if not 0 <= (getattr(cell, name) or 0) <= LARGEST_COUNT:
            yield f"{name} is not a count"
    if cell.relative_error is not None and not 0 <= cell.relative_error < 1000:
        yield "relative_error is not a share in per cent"
    if cell.p50 is None:
        yield "the median (p50) is missing"
    for name in AMOUNTS:
        if (amount := getattr(cell, name)) is not None:
            yield from _problems_of_amount(name, amount)
    yield from _problems_of_order(cell)


def _problems_of_amount(name: str, amount: Decimal) -> Iterator[str]:
    if not amount.is_finite() or not 0 < amount < LARGEST_AMOUNT:
        yield f"{name} is {amount}; pay is more than nothing"
    elif amount != round(amount, DECIMALS):
        yield f"{name} is {amount}; amounts have at most {DECIMALS} decimal places"


def _problems_of_order(cell: Cell) -> Iterator[str]:
    known = [(name, amount) for name in PERCENTILES if (amount := getattr(cell, name)) is not None]
    for (lower, low), (upper, high) in pairwise(known):
        if low > high:
            yield f"{lower} ({low}) is above {upper} ({high})"
    if cell.p50 is None:
        return
    if cell.ci_low is not None and cell.ci_low > cell.p50:
        yield f"the interval begins ({cell.ci_low}) above the median ({cell.p50})"
    if cell.ci_high is not None and cell.ci_high < cell.p50:
        yield f"the interval ends ({cell.ci_high}) below the median ({cell.p50})"
