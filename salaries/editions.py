"""Storing an edition with its cells, and publishing it for good."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import batched
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from evidence.models import Source
from salaries.cells import AMOUNTS, Cell, problems_of
from salaries.coverage import coverage_of
from salaries.disclosure import protect
from salaries.edition_files import cells_digest
from salaries.models import ConversionRate, Country, Edition, Figure, PublishedEditionError
from salaries.vocabulary import value_of

__all__ = ["DETAILS", "Cell", "EditionError", "cells_of", "publish", "store"]

# What the file beside the figures says of an edition; everything else follows from the figures.
_FIELDS = {
    field.name: field
    for field in Edition._meta.concrete_fields
    if field.editable and not field.primary_key
}
DETAILS = tuple(_FIELDS)
RATE_KEYS = ("currency", "per_unit", "kind", "note")
BATCH = 1000
MOST_PROBLEMS = 50
CELL_FIELDS = (
    *("role", "employment", "country_id", "dimension", "value", "n"),
    *AMOUNTS,
    *("flags", "jobs", "relative_error"),
)


class EditionError(ValueError):
    """Raised for an edition that cannot be stored.

    `problems` holds sentences by field of the edition; those of cells stand under "figures".
    """

    def __init__(self, problems: Mapping[str, list[str]]) -> None:
        self.problems = dict(problems)
        super().__init__(
            "\n".join(f"{name}: {text}" for name, texts in problems.items() for text in texts)
        )


@transaction.atomic
def store(
    details: dict[str, Any], cells: Iterable[Cell], *, rates: Iterable[Mapping[str, Any]] = ()
) -> Edition:
    """Store a draft of an edition with its cells and rates, all or nothing, and return it.

    `details` are the fields of Edition (`source` may be its slug), `rates` mappings with the keys
    currency, per_unit, kind, note. Raises EditionError with everything that is wrong.
    """
    edition = edition_from(details)
    try:
        edition.full_clean(exclude={"coverage", "figures_digest"})
    except ValidationError as error:
        raise EditionError(error.message_dict) from error
    try:
        edition.save()
    except IntegrityError as error:
        # Only the slug was free a moment ago and can be taken now: two imports at once.
        raise EditionError({"slug": ["somebody else has just stored this edition"]}) from error
    _store_rates(edition, rates)
    _store_cells(edition, cells)
    return edition


def edition_from(details: Mapping[str, Any]) -> Edition:
    """Return an edition of these details that is not stored.

    Raises EditionError for fields and a source that do not exist, and for values of another type.
    """
    problems: dict[str, list[str]] = {}
    edition = Edition()
    for name, value in details.items():
        if name not in DETAILS:
            problems[name] = ["there is no such field"]
        elif name == "source" or (value is None and _FIELDS[name].blank):
            continue
        elif isinstance(value, list | dict):
            problems[name] = ["this is a list; write one text"]
        else:
            try:
                setattr(edition, name, _FIELDS[name].to_python(value))
            except ValidationError as error:
                problems[name] = list(error.messages)
    source = details.get("source")
    if not isinstance(source, Source):
        source = Source.objects.filter(slug=str(source)).first()
    if source is None:
        problems["source"] = [f"there is no source “{details.get('source', '')}” in the ledger"]
    else:
        edition.source = source
    if problems:
        raise EditionError(problems)
    return edition


def _store_rates(edition: Edition, rates: Iterable[Mapping[str, Any]]) -> None:
    rows: list[ConversionRate] = []
    problems: list[str] = []
    for rate in rates:
        if set(rate) != set(RATE_KEYS):
            problems.append(f"a rate has the keys {', '.join(RATE_KEYS)}")
            continue
        row = ConversionRate(edition=edition, **rate)
        try:
            row.full_clean(exclude={"edition"})
        except ValidationError as error:
            problems += [f"{rate['currency']}: {text}" for text in error.messages]
        if any(other.currency == row.currency for other in rows):
            problems.append(f"{rate['currency']} stands there twice")
        rows.append(row)
    if problems:
        raise EditionError({"rates": problems})
    ConversionRate.objects.bulk_create(rows)


def _store_cells(edition: Edition, cells: Iterable[Cell]) -> None:
    countries = set(Country.objects.values_list("code", flat=True))
    seen: set[tuple[str, ...]] = set()
    problems: list[str] = []
    for batch in batched(cells, BATCH):
        for cell in batch:
            problems += [f"{cell}: {text}" for text in problems_of(cell, countries)]
            if cell.address in seen:
                problems.append(f"{cell}: stands there twice")
            seen.add(cell.address)
        if len(problems) > MOST_PROBLEMS:
            break
        if not problems:
            Figure.objects.bulk_create([_figure(edition, cell) for cell in batch])
    if not seen:
        problems.append("there are no cells")
    if problems:
        raise EditionError({"figures": problems[:MOST_PROBLEMS]})


def _figure(edition: Edition, cell: Cell) -> Figure:
    return Figure(
        edition=edition,
        role=cell.role,
        country_id=cell.country,
        employment=cell.employment,
        dimension=cell.dimension,
        value=cell.value,
        value_slug=value_of(cell.dimension, cell.value).slug,
        n=cell.n,
        jobs=cell.jobs,
        relative_error=cell.relative_error,
        currency=edition.currency,
        flags=list(cell.flags),
        **{name: getattr(cell, name) for name in AMOUNTS},
    )


@transaction.atomic
def publish(edition: Edition, *, at: datetime | None = None) -> Edition:
    """Publish a draft for good and return it; `at` may lie ahead, otherwise it is now.

    Decides which cells are withheld, and writes down what can be chosen and the digest of the
    figures, which equals that of the edition's file. Raises PublishedEditionError for an edition
    that is published already, EditionError for one without figures.
    """
    # Locked, so that no figure can join between the digest and the publication.
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.published_at is not None:
        raise PublishedEditionError("This edition is published already.")
    cells = list(cells_of(edition))
    if not cells:
        raise EditionError({"figures": ["there are no cells"]})
    withheld = protect(cells)
    _withhold(edition, [cells[index] for index in withheld])
    edition.coverage = coverage_of(
        cell for index, cell in enumerate(cells) if index not in withheld
    )
    edition.figures_digest = cells_digest(cells, year=edition.year)
    edition.published_at = at or timezone.now()
    edition.save()
    return edition


def cells_of(edition: Edition) -> Iterator[Cell]:
    """Return the stored cells of an edition, withheld ones too, in the order of its file."""
    rows = edition.figures.values_list(*CELL_FIELDS)
    # Sorted here: databases differ in how they order letters.
    for row in sorted(rows, key=lambda row: row[:5]):
        values = dict(zip(CELL_FIELDS, row, strict=True))
        values["country"] = values.pop("country_id")
        yield Cell(**{**values, "flags": tuple(values["flags"])})


def _withhold(edition: Edition, cells: Iterable[Cell]) -> None:
    keys = {cell.key for cell in cells}
    if not keys:
        return
    rows = edition.figures.values_list(
        "pk", "role", "employment", "country_id", "dimension", "value"
    )
    chosen = [pk for pk, *key in rows if tuple(key) in keys]
    for batch in batched(chosen, BATCH):
        edition.figures.filter(pk__in=batch).update(is_withheld=True)
