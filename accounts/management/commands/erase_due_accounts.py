"""Erases the accounts whose day of grace is over; the worker does so each hour."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.data import erasure


class Command(BaseCommand):
    help = "Erase every account that was to be deleted and whose 24 hours are over."

    def handle(self, **options: Any) -> None:
        count = erasure.erase_due()
        self.stdout.write(
            "1 account was erased." if count == 1 else f"{count} accounts were erased."
        )
