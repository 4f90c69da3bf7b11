"""Countries, editions and figures for tests."""

from collections.abc import Callable
from decimal import Decimal
from itertools import count
from typing import Any

from articles.models import Article, Shelf
from articles.tests.factories import create_live_guide
from evidence.tests.factories import create_source
from salaries.cells import Cell
from salaries.editions import publish, store
from salaries.models import Country, Edition, Figure, SalaryGuide

NAMES = {
    "001": ("The world", "the world", ""),
    "CZ": ("Czechia", "", "CZK"),
    "DE": ("Germany", "", "EUR"),
    "FI": ("Finland", "", "EUR"),
    "GB": ("United Kingdom", "the United Kingdom", "GBP"),
    "IN": ("India", "", "INR"),
    "NL": ("Netherlands", "the Netherlands", "EUR"),
    "PL": ("Poland", "", "PLN"),
    "US": ("United States", "the United States", "USD"),
}
_numbers = count(1)


def country(code: str = "DE") -> Country:
    """Return a stored country."""
    name, in_sentence, currency = NAMES.get(code, (f"Country {code}", "", ""))
    row, _ = Country.objects.get_or_create(
        code=code,
        defaults={"name": name, "name_in_sentence": in_sentence, "currency": currency},
    )
    return row


def cell(**values: Any) -> Cell:
    """Return a cell of back-end developers in Germany; numbers may be given as integers."""
    defaults = {"role": "back-end", "employment": "employed", "country": "DE", "n": 259}
    values = {**defaults, "p50": 87011, **values}
    amounts = {
        name: Decimal(str(value))
        for name, value in values.items()
        if value is not None and (name[0] == "p" or name.startswith("ci_"))
    }
    return Cell(**{**values, **amounts})


def details(**values: Any) -> dict[str, Any]:
    """Return the fields of an edition of a survey."""
    return {
        "slug": f"survey-{next(_numbers)}",
        "title": "Developer Survey 2025",
        "short_title": "Survey 2025",
        "series": "survey",
        "kind": "survey",
        "source": values.pop("source", None) or create_source(),
        "year": 2025,
        "population": "People who answered.",
        "method": "Percentiles of the answers.",
        "limits": "Not a sample of everybody.",
        "pay_basis": "gross-total",
        "period": "year",
        "currency": "USD",
        "verification": "recomputed",
        "licence": "ODbL 1.0",
        "attribution": "Developer Survey 2025",
        **values,
    }


def edition(
    *cells: Cell,
    is_published: bool = True,
    rates: list[dict[str, Any]] | None = None,
    **fields: Any,
) -> Edition:
    """Return a stored edition with the cells, or with one; their countries are made as needed."""
    cells = cells or (cell(),)
    for item in cells:
        country(item.country)
    draft = store(details(**fields), cells, rates=rates or ())
    return publish(draft) if is_published else draft


def figure(**values: Any) -> Figure:
    """Return the only figure of a published edition."""
    return edition(cell(**values)).figures.get()


def main_edition(*cells: Cell, year: int = 2025, **fields: Any) -> Edition:
    """Return a published edition of the survey that the guides are about: so-2025."""
    names = {"slug": f"so-{year}", "short_title": f"Stack Overflow {year}", "year": year}
    return edition(*cells, series="stack-overflow", **{**names, **fields})


def salary_guide(
    code: str = "DE",
    *,
    role: str = "back-end",
    make: Callable[..., Article] = create_live_guide,
    **fields: Any,
) -> Article:
    """Return a guide of the salaries shelf about a place; one without code is about a question.

    `make` creates the guide itself, as the factories of articles do.
    """
    place = country(code) if code else None
    names = {"slug": f"pay-{code.lower() or 'question'}", "title": f"Pay in {code or 'general'}"}
    article = make(shelf=Shelf.SALARIES, **{**names, **fields})
    SalaryGuide.objects.create(article=article, role=role, country=place)
    return article
