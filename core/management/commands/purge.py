"""`manage.py purge`: forget what was kept for a time that has passed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import retention


class Command(BaseCommand):
    help = (
        "Forgets what the table of the privacy page says is due. The worker does the same once an "
        "hour; again does no harm."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="say how much is due in the database, and change nothing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        counts = retention.purge(dry_run=options["dry_run"])
        for row in retention.table():
            if row.purge is not None:
                self.stdout.write(f"{_shown(counts, row.key):>8}  {row.key}: {row.how_long}")
        failed = [key for key, count in counts.items() if count is None]
        if failed:
            raise CommandError(f"Not purged, see the log: {', '.join(failed)}")


def _shown(counts: dict[str, int | None], key: str) -> str:
    """Return how much was forgotten, or why there is no number."""
    if key not in counts:
        return "not told"
    count = counts[key]
    return "failed" if count is None else f"{count:,}"
