"""`manage.py import_price_levels`: how dear countries are beside the United States."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from core.library import Report
from salaries.edition_files import csv_text
from salaries.importers.edition_command import known_countries
from salaries.importers.price_levels import PriceLevelTable
from salaries.importers.reference_command import ReferenceCommand
from salaries.reference_files import PRICE_LEVEL_COLUMNS, load_price_levels


class Command(ReferenceCommand):
    help = (
        "Loads price levels: from a CSV in the form of content/salaries/price_levels.csv, or from "
        "one of purchasing power parities and market rates by country and year. A file with a "
        "fault changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--source",
            default="world-bank-ppp-conversion-factor",
            help="slug of the source, for a file that names none",
        )
        parser.add_argument("--write", type=Path, metavar="FILE", help="write our form there too")

    def load(self, path: Path, report: Report, options: dict[str, Any]) -> None:
        """Store the price levels of the file."""
        table = PriceLevelTable(path, source=options["source"], codes=known_countries())
        load_price_levels(table, report, overwrite=True)
        if table.left_out:
            self.stdout.write(f"Rows left out, without a rate or a country: {table.left_out}")
        if options["write"] and not options["dry_run"]:
            again = PriceLevelTable(path, source=options["source"], codes=known_countries())
            rows = [tuple(row[name] for name in PRICE_LEVEL_COLUMNS) for row in again.rows()]
            text = csv_text([PRICE_LEVEL_COLUMNS, *sorted(rows)])
            options["write"].write_text(text, encoding="utf-8", newline="\n")
