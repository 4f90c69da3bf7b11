"""`manage.py load_library`: fill the site from the files in `content/`, all or nothing."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

import accounts.library
import articles.library
import evidence.library
import salaries.guide_library
import salaries.library
from core.library import LibraryError, Report


class Command(BaseCommand):
    help = (
        "Loads the starter library. Safe to repeat: what did not change stays, and what an editor "
        "changed is kept and named."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="root", type=Path, default=settings.CONTENT_DIR, help="another folder"
        )
        parser.add_argument(
            "--check", action="store_true", help="report what would happen, and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        root: Path = options["root"]
        if not root.is_dir():
            raise CommandError(f"There is no folder {root}.")
        started = time.monotonic()
        report = Report()
        try:
            with transaction.atomic():
                accounts.library.load(root, report)
                # In the order of who refers to whom: guides cite claims and figures.
                evidence.library.load(root, report)
                salaries.library.load(root, report)
                articles.library.load(root, report)
                salaries.guide_library.load(root, report)
                transaction.set_rollback(options["check"])
        except LibraryError as error:
            raise CommandError(
                f"Nothing was loaded. {len(error.faults)} to mend in {root}:\n{error}"
            ) from error
        for name in report.kept:
            self.stdout.write(f"Kept as it is, because an editor changed it: {name}")
        would = "would be " if options["check"] else ""
        self.stdout.write(
            f"Library: {len(report.created)} {would}created, {len(report.updated)} {would}updated, "
            f"{len(report.unchanged)} unchanged, {len(report.kept)} kept "
            f"({time.monotonic() - started:.1f} s)"
        )
