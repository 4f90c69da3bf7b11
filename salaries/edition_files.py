"""Tables of pay as CSV: the one form in which editions are shipped, imported and handed out."""

import csv
import hashlib
import io
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from core.library import LibraryError
from salaries.cells import AMOUNTS, FORMULA_STARTS, Cell, problems_of
from salaries.tables import Table

COLUMNS = (
    *("year", "role", "employment", "country", "dimension", "value"),
    *("n", "p10", "p25", "p50", "p75", "p90", "ci_low", "ci_high", "flags"),
)
OFFICIAL_COLUMNS = ("jobs", "relative_error")  # follow in the files of official statistics
MOST_CELLS = 200_000  # of one edition; the largest so far has 8,000
COUNT = re.compile(r"[0-9]{1,10}")
AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,20})?")


def amount_text(amount: Decimal) -> str:
    """Return an amount with all its digits and no more: 87011, 64932.5."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV (RFC 4180, but lines end with LF). None is empty, lists join with ";".

    Text that a spreadsheet would run as a formula gets a leading apostrophe:
    https://owasp.org/www-community/attacks/CSV_Injection
    """
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(
        [_field(value) for value in row] for row in rows
    )
    return buffer.getvalue()


def _field(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return amount_text(value)
    if isinstance(value, int | float):
        return str(value)
    text = ";".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def cells_text(cells: Iterable[Cell], *, year: int) -> str:
    """Return cells as the text of their file: sorted, so that the same cells are the same bytes."""
    ordered = sorted(cells, key=lambda cell: cell.key)
    is_official = any(cell.jobs is not None or cell.relative_error is not None for cell in ordered)
    columns = COLUMNS + OFFICIAL_COLUMNS if is_official else COLUMNS
    return csv_text(
        [columns, *([year, *(getattr(cell, name) for name in columns[1:])] for cell in ordered)]
    )


def cells_digest(cells: Iterable[Cell], *, year: int) -> str:
    """Return the SHA-256 (hex) of the file that `write_cells` would write."""
    return hashlib.sha256(cells_text(cells, year=year).encode()).hexdigest()


def write_cells(path: Path, cells: Iterable[Cell], *, year: int) -> str:
    """Write the file of an edition and return its SHA-256 (hex)."""
    content = cells_text(cells, year=year).encode()
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def read_cells(
    path: Path,
    *,
    name: str = "",
    year: int | None = None,
    countries: Container[str] | None = None,
) -> Iterator[Cell]:
    """Return the cells of a file one after the other; a file of any length needs little memory.

    `name` is what faults call the file, `year` what its first column must say, `countries` the
    codes that exist. Raises LibraryError, with lines, at the end of a file with faults: whoever
    stores the cells does it in a transaction.
    """
    table = Table(path, COLUMNS, COLUMNS + OFFICIAL_COLUMNS, name=name)
    lines_of: dict[tuple[str, ...], int] = {}
    for row in table.rows():
        before = len(table.faults)
        if len(lines_of) >= MOST_CELLS:
            table.fault(f"the file has more than {MOST_CELLS:,} cells")
            raise LibraryError(table.faults)
        if year is not None and row["year"] != str(year):
            table.fault(f"the year is “{row['year']}”; the edition is of {year}")
        cell = _cell(row, table)
        if len(table.faults) == before:
            for problem in problems_of(cell, countries):
                table.fault(problem)
        first = lines_of.setdefault(cell.address, table.line)
        if first != table.line:
            table.fault(f"the cell {cell} stands in line {first} already")
        if len(table.faults) == before:
            yield cell


def _cell(row: dict[str, str], table: Table) -> Cell:
    """Return the cell of a row; numbers that are none are noted as faults and left out."""
    return Cell(
        role=row["role"],
        employment=row["employment"],
        country=row["country"],
        dimension=row["dimension"],
        value=row["value"],
        flags=tuple(row["flags"].split(";")) if row["flags"] else (),
        n=count_of(row, "n", table),
        jobs=count_of(row, "jobs", table),
        relative_error=amount_of(row, "relative_error", table),
        **{name: amount_of(row, name, table) for name in AMOUNTS},
    )


def count_of(row: dict[str, str], name: str, table: Table) -> int | None:
    """Return a whole number of a row; None where it is empty or, with a fault noted, no count."""
    text = row.get(name, "")
    if text and not COUNT.fullmatch(text):
        table.fault(f"{name}: “{text}” is not a count; write digits only")
        return None
    return int(text) if text else None


def amount_of(row: dict[str, str], name: str, table: Table) -> Decimal | None:
    """Return a number of a row; None where it is empty or, with a fault noted, no amount."""
    text = row.get(name, "")
    if text and not AMOUNT.fullmatch(text):
        table.fault(f"{name}: “{text}” is not an amount; write digits, at most with a point")
        return None
    return Decimal(text) if text else None
