"""The pay figures in `content/salaries/`: countries, price levels and editions."""

import hashlib
from pathlib import Path

from core.library import Fault, LibraryError, Report
from salaries.detail_files import Details, read_details
from salaries.edition_files import read_cells
from salaries.editions import DETAILS, RATE_KEYS, EditionError, edition_from, publish, store
from salaries.models import Country, Edition
from salaries.reference_files import (
    CONSUMER_PRICES_COLUMNS,
    COUNTRY_COLUMNS,
    PRICE_LEVEL_COLUMNS,
    load_consumer_prices,
    load_countries,
    load_price_levels,
)
from salaries.tables import Table

FOLDER = "salaries"
GUIDES = "guides.yaml"  # says which guides are salary guides
REFERENCE_FILES = (
    ("countries.csv", COUNTRY_COLUMNS, load_countries),
    ("price_levels.csv", PRICE_LEVEL_COLUMNS, load_price_levels),
    ("consumer_prices.csv", CONSUMER_PRICES_COLUMNS, load_consumer_prices),
)


def load(root: Path, report: Report) -> None:
    """Load everything of `content/salaries/` that is not there yet; editions are published.

    A folder without it is fine. Raises LibraryError with every fault found; the caller undoes the
    transaction.
    """
    folder = root / FOLDER
    if not folder.is_dir():
        return
    for file, columns, load_table in REFERENCE_FILES:
        path = folder / file
        if path.is_file():
            load_table(Table(path, columns, name=_name(path, root)), report)
    faults: list[Fault] = []
    countries = set(Country.objects.values_list("code", flat=True))
    for path in sorted(folder.glob("*.yaml")):
        if path.name == GUIDES:
            continue
        try:
            _load_edition(path, root, countries, report)
        except LibraryError as error:
            faults += error.faults
    if faults:
        raise LibraryError(faults)


def _load_edition(path: Path, root: Path, countries: set[str], report: Report) -> None:
    details = read_details(path, name=_name(path, root))
    figures = path.with_suffix(".csv")
    name = _name(figures, root)
    found = _digest_of(figures, name)
    if found != details.figures_digest:
        raise LibraryError(
            [details.fault("figures_digest", f"{name} has other figures; its SHA-256 is {found}")]
        )
    label = f"edition {details.slug}"
    stored = Edition.objects.filter(slug=details.slug).first()
    if stored is None:
        _store(details, figures, name, countries)
        report.created.append(label)
    elif stored.published_at is None:
        report.kept.append(f"{label} (a draft)")
    else:
        if faults := _differences(stored, details):
            raise LibraryError(faults)
        report.unchanged.append(label)


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _digest_of(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise LibraryError([Fault(name, 1, f"cannot be read: {error.strerror}")]) from error


def _store(details: Details, figures: Path, name: str, countries: set[str]) -> None:
    try:
        year = edition_from(details.fields).year
        cells = read_cells(figures, name=name, year=year, countries=countries)
        edition = publish(store(details.fields, cells, rates=details.rates))
    except EditionError as error:
        raise LibraryError(details.faults(error.problems, name)) from error
    if edition.figures_digest != details.figures_digest:
        raise LibraryError([Fault(name, 1, "the rows are not in the order and form of an export")])


def _differences(stored: Edition, details: Details) -> list[Fault]:
    """Return a fault for everything that the files say differently since the publication."""
    try:
        wanted = edition_from(details.fields)
    except EditionError as error:
        return details.faults(error.problems, "")
    changed = [key for key in DETAILS if getattr(stored, key) != getattr(wanted, key)]
    if stored.figures_digest != details.figures_digest:
        changed.append("figures_digest")
    if set(stored.rates.values_list(*RATE_KEYS)) != details.rate_rows():
        changed.append("rates")
    return [
        details.fault(
            key,
            f"{details.slug} is published with another {key}, and what is published never changes. "
            "Put the file back as it was, and ship the correction as an edition of its own, for "
            f"example {details.slug}-2",
        )
        for key in changed
    ]
