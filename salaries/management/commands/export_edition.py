"""`manage.py export_edition`: the figures of an edition as the CSV that is shipped."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from salaries.edition_files import cells_text
from salaries.editions import cells_of
from salaries.models import Edition


class Command(BaseCommand):
    help = (
        "Writes the figures of an edition as CSV: of a published edition always the same bytes, "
        "whose SHA-256 the edition names."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="for example so-2025")
        parser.add_argument("--output", type=Path, help="a file; otherwise it is printed")

    def handle(self, *args: Any, **options: Any) -> None:
        edition = Edition.objects.filter(slug=options["slug"]).first()
        if edition is None:
            known = ", ".join(Edition.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(f"There is no edition {options['slug']}. There are: {known}")
        content = cells_text(cells_of(edition), year=edition.year).encode()
        if options["output"]:
            try:
                options["output"].write_bytes(content)
            except OSError as error:
                raise CommandError(f"{error.filename}: {error.strerror}") from error
        else:
            # As bytes: a console may turn line ends and letters into its own.
            sys.stdout.buffer.write(content)
