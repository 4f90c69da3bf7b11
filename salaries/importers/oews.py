"""The tables of the US Occupational Employment and Wage Statistics (OEWS), as cells.

The Bureau of Labor Statistics offers them as workbooks, https://www.bls.gov/oes/tables.htm; saved
as CSV (UTF-8) a sheet has the columns of `OFFICIAL`. The long form gathers several years.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from core.library import Fault, LibraryError
from salaries.cells import Cell, problems_of
from salaries.edition_files import AMOUNT
from salaries.models import PERCENTILES
from salaries.tables import Table
from salaries.vocabulary import ROLES

COUNTRY = "US"
EMPLOYMENT = "employed"  # OEWS leaves the self-employed out
ALL_INDUSTRIES = ("000000", "")
# Signs for "not available", in the notes of the workbooks.
MISSING = ("", "*", "**")
THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
OTHERS = ("jobs", "relative_error")
TOP_CODED = "#"  # the wage is at or above the ceiling of that year

# What each layout calls what we read. Names of the workbooks: "Field Descriptions" in each.
OFFICIAL = {
    "occupation": "OCC_CODE",
    "industry_code": "NAICS",
    "industry": "NAICS_TITLE",
    "jobs": "TOT_EMP",
    "p10": "A_PCT10",
    "p25": "A_PCT25",
    "p50": "A_MEDIAN",
    "p75": "A_PCT75",
    "p90": "A_PCT90",
    "relative_error": "MEAN_PRSE",
}
LONG = {
    "occupation": "soc_code",
    "industry_code": "industry_code",
    "industry": "industry",
    "jobs": "employment",
    "p10": "p10",
    "p25": "p25",
    "p50": "p50",
    "p75": "p75",
    "p90": "p90",
    "relative_error": "mean_rse_pct",
    "year": "year",
    "top_coded": "top_coded",
}
LAYOUTS = (OFFICIAL, LONG)


@dataclass
class OewsTable:
    """The cells of a file, and how many rows were left out for which reason."""

    cells: list[Cell] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)


def read_oews(path: Path, year: int) -> OewsTable:
    """Return the cells of a year; amounts are US dollars a year.

    Takes the occupations that `salaries.vocabulary` knows, for the whole country, over all
    industries and by industry. Raises LibraryError with the line of everything that is wrong.
    """
    table = Table(path, *(tuple(layout.values()) for layout in LAYOUTS), may_have_more=True)
    found = OewsTable()
    lines: dict[tuple[str, ...], int] = {}
    for row in table.rows():
        values = _values(row, table)
        if reason := _reason_to_leave_out(row, values, year):
            found.left_out[reason] = found.left_out.get(reason, 0) + 1
        elif cell := _cell(values, table):
            first = lines.setdefault(cell.address, table.line)
            if first != table.line:
                table.fault(f"the cell {cell} stands in line {first} already")
            found.cells.append(cell)
    if not found.cells:
        message = f"no row of {year} has a median of an occupation that we show"
        raise LibraryError([Fault(table.name, 1, message)])
    return found


def _values(row: dict[str, str], table: Table) -> dict[str, str]:
    layout = OFFICIAL if table.columns == tuple(OFFICIAL.values()) else LONG
    return {name: row[column].strip() for name, column in layout.items()}


def _reason_to_leave_out(row: dict[str, str], values: dict[str, str], year: int) -> str:
    """Return why a row gives no cell; empty for one that does."""
    if values.get("year", str(year)) != str(year):
        return "of another year"
    if f"soc-{values['occupation']}" not in ROLES:
        return "of an occupation that we do not show"
    if row.get("AREA_TYPE", "1") != "1" or row.get("country", COUNTRY) != COUNTRY:
        return "of another area than the whole country"
    if values["p50"] in (*MISSING, TOP_CODED):
        return "without a median"
    return "without a number of jobs" if values["jobs"] in MISSING else ""


def _cell(values: dict[str, str], table: Table) -> Cell | None:
    """Return the cell of a row; None, with faults noted, where its numbers are none."""
    before = len(table.faults)
    numbers = {name: _number(name, values[name], table) for name in (*PERCENTILES, *OTHERS)}
    is_top_coded = TOP_CODED in values.values() or values.get("top_coded") == "True"
    is_total = values["industry_code"] in ALL_INDUSTRIES
    jobs = numbers.pop("jobs")
    cell = Cell(
        role=f"soc-{values['occupation']}",
        employment=EMPLOYMENT,
        country=COUNTRY,
        dimension="all" if is_total else "industry",
        value="all" if is_total else values["industry"],
        n=None,
        jobs=None if jobs is None else int(jobs),
        flags=("top-coded",) if is_top_coded else (),
        **numbers,
    )
    if len(table.faults) == before:
        for problem in problems_of(cell):
            table.fault(problem)
    return cell if len(table.faults) == before else None


def _number(name: str, text: str, table: Table) -> Decimal | None:
    if text in (*MISSING, TOP_CODED):
        return None
    plain = text.replace(",", "") if THOUSANDS.fullmatch(text) else text
    if not AMOUNT.fullmatch(plain):
        table.fault(f"{name}: “{text}” is not a number")
        return None
    return Decimal(plain)
