"""Tables of pay to take away: what the public may see, exact, as CSV and JSON.

Each row of a CSV carries the facts that belong to it (query, edition, digest, licence), so that a
row stays citable when it is cut out of its file, and every program reads the file without knowing
of us. Everything here follows from editions, which never change, and from the words of the
program; names that the desk may change are left out. So the bytes stay the same for good.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import batched
from typing import Any

from django.conf import settings
from django.urls import reverse

from salaries.cells import AMOUNTS
from salaries.disclosure import RULES, Shown, disclose
from salaries.edition_files import csv_text
from salaries.models import Edition, Figure
from salaries.selection import Selection
from salaries.vocabulary import DIMENSIONS, EMPLOYMENTS, ROLES, WORLD

FORM = "1"  # counted up when the same figures are written differently: part of every ETag
CELL = ("year", "role", "employment", "country", "dimension", "value")
COUNTS = ("n", "jobs", "relative_error")
MONEY = ("currency", "period", "pay_basis")
FACTS = ("edition", "figures_digest", "licence", "attribution", "method", "query")
COLUMNS = (*CELL, *COUNTS, *AMOUNTS, *MONEY, "quality", "flags", *FACTS)
BATCH = 2000
DISCLOSURE = (
    "; ".join(f"{rule.label}: {rule.words}" for rule in RULES)
    + ". Smaller groups, and groups that would give a smaller one away, are left out."
)


def method_url(edition: Edition) -> str:
    """Return the whole address of the page that tells how an edition was made."""
    return settings.SITE_URL + reverse("salaries:edition", args=[edition.slug])


def query_of(selection: Selection) -> str:
    """Return a selection as a sentence that needs no key to the codes of the table."""
    parts = [
        f"Pay in {_listed(selection.editions)}",
        f"role: {_listed(f'{name} ({ROLES.get(name, name)})' for name in selection.roles)}",
        f"employment: {_listed(EMPLOYMENTS.get(name, name) for name in selection.employments)}",
        f"country: {_listed(map(_place, selection.countries))}",
    ]
    if selection.dimension != "all":
        which = _listed(selection.values) if selection.values else "every value"
        parts.append(f"{DIMENSIONS[selection.dimension].label}: {which}")
    return "; ".join(parts) + "."


def query_of_edition(edition: Edition) -> str:
    """Return what the download of a whole edition holds, as a sentence."""
    return f"Every public figure of {edition.slug} ({edition.title})."


def edition_figures(edition: Edition) -> Iterator[Figure]:
    """Return the public figures of an edition as they were stored, a few in memory at a time."""
    figures = Figure.objects.public().filter(edition=edition).order_by("pk")
    for figure in figures.iterator(chunk_size=BATCH):
        figure.edition = edition
        yield figure


def selected_figures(selection: Selection) -> list[Figure]:
    """Return the public figures of a selection, always in the same order."""
    found = Figure.objects.public().matching(selection).select_related("edition")
    return sorted(
        found,
        key=lambda item: (
            *(item.edition.year, item.edition.slug, item.country_id, item.role, item.employment),
            *(item.shown_value.order, item.value_slug),
        ),
    )


def write_csv(figures: Iterable[Figure], query: str) -> Iterator[str]:
    """Return the figures as pieces of a CSV file; hidden percentiles are empty."""
    yield csv_text([COLUMNS])
    for batch in batched(figures, BATCH):
        yield csv_text(_row(disclose(figure), query) for figure in batch)


def write_json(
    figures: Iterable[Figure], editions: Sequence[Edition], query: dict[str, Any]
) -> Iterator[str]:
    """Return the figures as pieces of a JSON file; hidden percentiles are null."""
    head = {
        "query": query,
        "disclosure": DISCLOSURE,
        "editions": [edition_facts(edition) for edition in editions],
    }
    yield f'{_json(head)[:-1]}, "figures": ['
    separator = "\n"
    for figure in figures:
        yield separator + _json(_entry(disclose(figure)))
        separator = ",\n"
    yield "\n]}\n"


def edition_facts(edition: Edition) -> dict[str, Any]:
    """Return what must be said of an edition wherever its figures go."""
    return {
        "slug": edition.slug,
        "title": edition.title,
        "year": edition.year,
        "scope": edition.scope,
        "pay_basis": edition.get_pay_basis_display(),
        "period": edition.period,
        "currency": edition.currency,
        "figures_digest": edition.figures_digest,
        "licence": edition.licence,
        "licence_url": edition.licence_url,
        "attribution": edition.attribution,
        "method": method_url(edition),
    }


def etag_of(editions: Iterable[Edition], query: str) -> str:
    """Return the ETag of a download, quoted. It changes where the bytes would."""
    facts = [FORM, settings.SITE_URL, query, *(edition.figures_digest for edition in editions)]
    return f'"{hashlib.sha256("|".join(facts).encode()).hexdigest()[:32]}"'


def file_name(key: str, extension: str) -> str:
    """Return a name for a file made of a key: so-2025_de_back-end_employed.csv."""
    return f"{re.sub(r'[^a-z0-9-]+', '_', key.lower())[:120]}.{extension}"


def _row(shown: Shown, query: str) -> list[object]:
    entry = _values(shown)
    edition = shown.figure.edition
    entry |= {
        "currency": shown.figure.currency,
        "period": edition.period,
        "pay_basis": edition.pay_basis,
        "edition": edition.slug,
        "figures_digest": edition.figures_digest,
        "licence": edition.licence,
        "attribution": edition.attribution,
        "method": method_url(edition),
        "query": query,
    }
    return [entry[name] for name in COLUMNS]


def _entry(shown: Shown) -> dict[str, Any]:
    values = _values(shown)
    return {"edition": shown.figure.edition.slug} | {
        name: _number(value) if isinstance(value, Decimal) else value
        for name, value in values.items()
    }


def _values(shown: Shown) -> dict[str, Any]:
    """Return the cell with what may be seen of it; the only place that reads its numbers."""
    figure = shown.figure
    return {
        "year": figure.edition.year,
        "role": figure.role,
        "employment": figure.employment,
        "country": figure.country_id,
        "dimension": figure.dimension,
        "value": figure.value,
        "n": shown.n,
        "jobs": figure.jobs,
        "relative_error": figure.relative_error,
        **{name: getattr(shown, name) for name in AMOUNTS},
        "quality": shown.quality,
        "flags": figure.flags,
    }


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _place(code: str) -> str:
    return f"{code} (the whole world)" if code == WORLD else code


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
