"""`manage.py import_salary_csv`: make an edition from a table in the form of our own files."""

from pathlib import Path

from salaries.cells import Cell
from salaries.edition_files import read_cells
from salaries.importers.edition_command import EditionCommand, known_countries


class Command(EditionCommand):
    help = (
        "Makes an edition from a CSV in the form of content/salaries/*.csv and the YAML of its "
        "details beside it; content/salaries/README.md explains both. A file with a fault changes "
        "nothing."
    )

    is_input = False

    def read(self, path: Path, year: int) -> list[Cell]:
        """Return the cells in the file."""
        cells = list(read_cells(path, name=str(path), year=year, countries=known_countries()))
        self.stdout.write(f"{path.name}: {len(cells):,} cells of {year}")
        return cells
