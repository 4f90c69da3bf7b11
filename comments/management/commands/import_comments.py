"""`manage.py import_comments`: comments from the files that `export_comments` writes."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from comments.importing.content_files import load
from core.library import LibraryError


class Command(BaseCommand):
    help = (
        "Brings comments back from files, all of them or none. Safe to repeat: what is here "
        "already stays as it is. No mail is sent."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        folder = settings.CONTENT_DIR / "comments"
        parser.add_argument("--folder", type=Path, default=folder, help="where the files are")
        parser.add_argument("--dry-run", action="store_true", help="report, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        try:
            with transaction.atomic():
                tally = load(folder)
                transaction.set_rollback(options["dry_run"])
        except LibraryError as error:
            raise CommandError(
                f"Nothing was imported. {len(error.faults)} to mend in {folder}:\n{error}"
            ) from error
        self.stdout.write(f"{tally.approved:,} came back, {tally.unchanged:,} are here already")
        if options["dry_run"]:
            self.stdout.write("A dry run: nothing was changed.")
