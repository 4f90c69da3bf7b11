"""What the commands share that bring small tables up to date."""

from abc import abstractmethod
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from core.library import LibraryError, Report


class ReferenceCommand(BaseCommand):
    """Creates the rows of a table and brings those that exist up to date: all or nothing."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options; a subclass may add its own."""
        parser.add_argument("table", type=Path, help="the CSV file")
        parser.add_argument("--dry-run", action="store_true", help="report, and change nothing")

    @abstractmethod
    def load(self, path: Path, report: Report, options: dict[str, Any]) -> None:
        """Store the rows of the file. Raises LibraryError with every fault."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import. Raises CommandError, and then nothing has changed."""
        report = Report()
        try:
            with transaction.atomic():
                self.load(options["table"], report, options)
                transaction.set_rollback(options["dry_run"])
        except LibraryError as error:
            raise CommandError(f"Nothing was imported.\n{error}") from error
        except OSError as error:
            raise CommandError(
                f"Nothing was imported.\n{error.filename}: {error.strerror}"
            ) from error
        self.stdout.write(
            f"{len(report.created)} created, {len(report.updated)} updated, "
            f"{len(report.unchanged)} unchanged"
        )
        if options["dry_run"]:
            self.stdout.write("A dry run: nothing was changed.")
