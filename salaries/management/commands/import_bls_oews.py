"""`manage.py import_bls_oews`: make an edition from a year of US official wage statistics."""

from pathlib import Path

from salaries.cells import Cell
from salaries.importers.edition_command import EditionCommand
from salaries.importers.oews import read_oews


class Command(EditionCommand):
    help = (
        "Makes an edition from a table of the US Occupational Employment and Wage Statistics "
        "(OEWS), saved as CSV (UTF-8) from the workbook of https://www.bls.gov/oes/tables.htm. "
        "A file with a fault changes nothing."
    )

    def read(self, path: Path, year: int) -> list[Cell]:
        """Return the cells of the year, and say what was left out."""
        found = read_oews(path, year)
        self.stdout.write(f"{path.name}: {len(found.cells):,} cells of {year}")
        for reason, count in sorted(found.left_out.items()):
            self.stdout.write(f"  rows left out {reason}: {count:,}")
        return found.cells
