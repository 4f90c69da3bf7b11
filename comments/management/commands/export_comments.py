"""`manage.py export_comments`: the approved comments as files, one for each guide."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from comments.importing.content_files import export


class Command(BaseCommand):
    help = (
        "Writes the approved comments of each guide into a YAML file: name, date and words, and "
        "nobody's address. The same comments always give the same bytes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        folder = settings.CONTENT_DIR / "comments"
        parser.add_argument("--folder", type=Path, default=folder, help="where the files go")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = export(options["folder"])
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        for name in written.removed:
            self.stdout.write(f"Removed, because no comment is public any more: {name}")
        self.stdout.write(
            f"{sum(written.files.values()):,} comments in {len(written.files):,} files, "
            f"in {options['folder']}"
        )
