"""Queues a letter to an address, to see whether mail leaves this site."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from mailing import outbox


class Command(BaseCommand):
    help = "Queue a test letter: test_mail you@example.org"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")

    def handle(self, address: str, **options: Any) -> None:
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError("Write one e-mail address.") from error
        key = f"test-{uuid.uuid4()}"
        outbox.queue(to=address, template="mailing/test.txt", context={}, key=key)
        self.stdout.write(f"Queued as {key}. The worker sends it within seconds.")
