"""Sends the mail that is due, once: for a site that runs no worker, from cron."""

from typing import Any

from django.core.management.base import BaseCommand

from mailing import outbox
from mailing.models import Letter


class Command(BaseCommand):
    help = "Send the letters that are due now, and forget those that were sent a week ago."

    def handle(self, **options: Any) -> None:
        swept = outbox.sweep()
        outbox.forget_sent()
        waiting = Letter.objects.waiting().count()
        self.stdout.write(f"{swept.sent} sent, {waiting} waiting.")
        if swept.faults:
            self.stderr.write("The mail server did not take a letter; it is tried again later.")
