"""`manage.py forget_comment_traces`: empty what was kept for a time that has passed."""

from typing import Any

from django.core.management.base import BaseCommand

from comments.retention import forget


class Command(BaseCommand):
    help = (
        "Forgets expired hashes of network addresses, counted tries, and comments whose address "
        "was never confirmed. Once a day is enough; again does no harm."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = forget()
        self.stdout.write(
            f"Forgotten: {forgotten.network_hashes:,} hashes of network addresses, "
            f"{forgotten.tries:,} tries, {forgotten.unconfirmed:,} comments never confirmed, "
            f"{forgotten.addresses:,} mail addresses, "
            f"{forgotten.report_ties:,} ties of reports, {forgotten.notifiers:,} notifiers"
        )
