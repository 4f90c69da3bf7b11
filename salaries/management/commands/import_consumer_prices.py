"""`manage.py import_consumer_prices`: how prices rose, to compare pay over years."""

from pathlib import Path
from typing import Any

from core.library import Report
from salaries.importers.reference_command import ReferenceCommand
from salaries.reference_files import CONSUMER_PRICES_COLUMNS, load_consumer_prices
from salaries.tables import Table


class Command(ReferenceCommand):
    help = (
        "Loads monthly consumer prices from a CSV in the form of "
        "content/salaries/consumer_prices.csv. A file with a fault changes nothing."
    )

    def load(self, path: Path, report: Report, options: dict[str, Any]) -> None:
        """Store the months of the file."""
        load_consumer_prices(Table(path, CONSUMER_PRICES_COLUMNS), report, overwrite=True)
