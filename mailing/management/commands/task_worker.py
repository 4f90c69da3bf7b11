"""Runs the tasks of the site and sends its mail, until it is stopped."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mailing.worker import Worker


class Command(BaseCommand):
    help = "Run background tasks and send mail. `make run` starts one beside the server."
    requires_system_checks = ()  # the server has made them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--beside",
            type=int,
            metavar="PID",
            help="End when this process, which must be the parent, is gone.",
        )

    def handle(self, **options: Any) -> None:
        worker = Worker(parent=options["beside"])
        worker.listen()
        worker.run()
