"""What the commands share that make an edition from a table somebody else computed."""

import hashlib
from abc import abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from core.library import LibraryError
from salaries.cells import Cell
from salaries.detail_files import Details, read_details
from salaries.editions import EditionError, publish, store
from salaries.importers.shipping import write_edition
from salaries.models import Country


class EditionCommand(BaseCommand):
    """Reads a table, and stores it as a draft, publishes it or writes its files: all or nothing.

    `is_input` says that the table is what the figures were made from, and not the figures as we
    keep them, of which the details name the input.
    """

    is_input = True

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options; a subclass may add its own."""
        parser.add_argument("table", type=Path, help="the file with the figures")
        parser.add_argument(
            "--details",
            type=Path,
            help="YAML file of title, source, method and licence; its name is the edition’s slug. "
            "Otherwise the one of the table’s name beside it",
        )
        parser.add_argument(
            "--write",
            type=Path,
            metavar="DIR",
            help="write the edition’s CSV, and its YAML with the digests, into this folder "
            "instead of storing the edition",
        )
        parser.add_argument("--publish", action="store_true", help="publish it, for good")
        parser.add_argument("--dry-run", action="store_true", help="report, and change nothing")

    @abstractmethod
    def read(self, path: Path, year: int) -> list[Cell]:
        """Return the cells in a file. Raises LibraryError with every fault."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import. Raises CommandError, and then nothing has changed."""
        table: Path = options["table"]
        path: Path = options["details"] or table.with_suffix(".yaml")
        try:
            details = read_details(path, name=str(path))
            cells = self.read(table, _year(details))
            known = {"input_name": table.name, "input_digest": _digest_of(table)}
            if not self.is_input:
                known = {key: text for key, text in known.items() if key not in details.fields}
            if options["write"]:
                self._write(details, cells, path, known, options)
            else:
                self.stdout.write(
                    store_edition(details, cells, known, table=table, options=options)
                )
        except LibraryError as error:
            raise CommandError(f"Nothing was imported.\n{error}") from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        if options["dry_run"]:
            self.stdout.write("A dry run: nothing was changed.")

    def _write(
        self,
        details: Details,
        cells: list[Cell],
        path: Path,
        known: dict[str, str],
        options: dict[str, Any],
    ) -> None:
        if options["publish"]:
            raise CommandError("--write makes files only; leave --publish out.")
        if options["dry_run"]:
            return
        for written in write_edition(
            options["write"],
            details.slug,
            cells,
            year=_year(details),
            details=path.read_text(encoding="utf-8"),
            known=known,
        ):
            self.stdout.write(f"Written: {written}")


def store_edition(
    details: Details,
    cells: list[Cell],
    known: Mapping[str, str],
    *,
    table: Path,
    options: Mapping[str, Any],
) -> str:
    """Store an edition, publish it where the options say so, and return in words what was done.

    `known` are fields that the details need not name, `table` is the file that faults of cells are
    told of. Raises LibraryError with every fault; then, and in a dry run, nothing is stored.
    """
    try:
        with transaction.atomic():
            edition = store({**details.fields, **known}, cells, rates=details.rates)
            if options["publish"]:
                edition = publish(edition)
            transaction.set_rollback(options["dry_run"])
    except EditionError as error:
        raise LibraryError(details.faults(error.problems, str(table))) from error
    if options["dry_run"]:
        return f"It would be stored: {edition} ({len(cells):,} cells)"
    state = "Published" if options["publish"] else "Stored as a draft"
    return f"{state}: {edition} ({len(cells):,} cells)"


def known_countries() -> set[str]:
    """Return the codes that figures may be about."""
    return set(Country.objects.values_list("code", flat=True))


def _year(details: Details) -> int:
    year = details.fields.get("year")
    if not isinstance(year, int):
        raise LibraryError([details.fault("year", "say of which year the figures are")])
    return year


def _digest_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
