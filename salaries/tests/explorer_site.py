"""A small site for the tests of the explorer: three editions of a survey, official statistics."""

import datetime
import html
import re
from decimal import Decimal
from typing import Any

from django.test import Client

from evidence.models import Source
from evidence.tests.factories import create_source
from salaries.editions import Cell, publish, store
from salaries.models import ConsumerPrices, Edition, Figure, PriceLevel
from salaries.tests.factories import country

ADDRESS = "/salaries/explore/"
WITHHELD = "sre"
LIMITS = "- **Not a sample of all developers.** They chose to answer.\n- Answered from memory."


def cell(place: str, median: int, n: int | None, split: str = "all:all", **fields: Any) -> Cell:
    """Return a cell of employed back-end developers; its amounts follow the median."""
    dimension, _, value = split.partition(":")
    middle = Decimal(median)
    amounts = {
        name: middle * Decimal(share) / 100
        for name, share in (
            ("p10", 50),
            ("p25", 75),
            ("p50", 100),
            ("p75", 125),
            ("p90", 150),
            ("ci_low", 95),
            ("ci_high", 105),
        )
    }
    usual = {"role": "back-end", "employment": "employed", **amounts}
    return Cell(
        **usual | {"country": place, "dimension": dimension, "value": value, "n": n} | fields
    )


def survey(year: int, source: Source, cells: list[Cell], **fields: Any) -> Edition:
    """Return a published edition of the main survey."""
    return publish(draft(year, source, cells, **fields))


def draft(year: int, source: Source, cells: list[Cell], **fields: Any) -> Edition:
    """Return an edition of the main survey that nobody may see yet."""
    details = {
        "slug": f"so-{year}",
        "title": f"Stack Overflow Developer Survey {year}",
        "short_title": f"Stack Overflow {year}",
        "series": "stack-overflow",
        "kind": "survey",
        "source": source,
        "year": year,
        "fieldwork_from": f"{year}-05-20",
        "fieldwork_to": f"{year}-06-20",
        "conversion_on": f"{year}-06-11",
        "population": "Volunteers.",
        "method": "As told.",
        "limits": LIMITS,
        "pay_basis": "gross-total",
        "verification": "recomputed",
        "licence": "ODbL 1.0",
        "attribution": "The survey",
    }
    rates = [
        {"currency": code, "per_unit": Decimal(rate), "kind": "stated", "note": "In the answers."}
        for code, rate in (("EUR", "0.80" if year == 2025 else "0.90"), ("PLN", "4"))
    ]
    edition = store(details | fields, cells, rates=rates)
    # Kept back, as the rules of disclosure do with cells that give smaller ones away.
    Figure.objects.filter(edition=edition, role=WITHHELD).update(is_withheld=True)
    return edition


def cells_of_2025() -> list[Cell]:
    """Return the newest edition: full, quartile and indicative cells, and countries without one."""
    return [
        cell("001", 80_000, 3000),
        cell("DE", 87_000, 259),
        cell("DE", 100_000, 13, employment="contractor"),
        cell("DE", 81_000, 1150, role="all-developers"),
        cell("DE", 60_000, 40, "years_coding_total:0-4"),
        cell("DE", 70_000, 61, "years_coding_total:5-9"),
        cell("DE", 90_000, 20, "years_coding_total:20+"),
        cell("DE", 88_000, 140, "language:Python"),
        cell("DE", 76_000, 46, "language:C#"),
        cell("001", 70_000, 500, "language:Ada"),
        cell("NL", 86_000, 93),
        cell("PL", 65_000, 94, flags=("monthly-pay",)),
        cell("US", 175_000, 626),
        cell("IN", 20_000, 22, role="all-developers"),
        cell("US", 199_000, 47, role=WITHHELD),
        cell("DE", 95_000, 33, role=WITHHELD, employment="contractor"),
    ]


def cells_of_2024() -> list[Cell]:
    """Return the edition before: another way of counting years, and databases."""
    return [
        cell("001", 70_000, 3400),
        cell("DE", 80_000, 241),
        cell("DE", 75_000, 71, "work_experience:5-9"),
        cell("DE", 72_000, 55, "years_code_pro:5-9"),
        cell("DE", 82_000, 83, "database:PostgreSQL"),
        cell("US", 170_000, 744),
    ]


def official(source: Source) -> Edition:
    """Return published official statistics of the United States."""
    fields = {"jobs": 1_687_890, "ci_low": None, "ci_high": None}
    cells = [
        cell("US", 136_000, None, role="soc-15-1252", **fields),
        cell("US", 98_000, None, role="soc-15-1251", **fields),
    ]
    return survey(
        2025,
        source,
        cells,
        slug="bls-2025",
        series="bls-oews",
        short_title="US official statistics 2025",
        title="US Occupational Statistics, May 2025",
        kind="official",
        pay_basis="gross-base",
        scope="United States only.",
    )


def build() -> dict[str, Edition]:
    """Store the whole site and return its editions by slug."""
    source = create_source(title="Developer Survey", publisher="Stack Exchange")
    for code in ("001", "DE", "NL", "PL", "US", "IN"):
        country(code)
    cells_2023 = [cell("US", 165_000, 1852)]
    found = [
        survey(2023, source, cells_2023, scope="United States only."),
        survey(2024, source, cells_of_2024()),
        survey(2025, source, cells_of_2025()),
        official(source),
    ]
    PriceLevel.objects.create(
        country=country("DE"), year=2024, ppp=1, market_rate=1, ratio=Decimal("0.8"), source=source
    )
    for year, index in ((2023, 300), (2024, 312), (2025, 320)):
        ConsumerPrices.objects.create(
            country=country("US"),
            month=datetime.date(year, 5, 1),
            index=index,
            name="CPI-U",
            source=source,
        )
    return {edition.slug: edition for edition in found}


def page(client: Client, query: str = "") -> str:
    """Return the words of an answer with everything around them, entities resolved."""
    response = client.get(f"{ADDRESS}?{query}" if query else ADDRESS)
    assert response.status_code == 200, response.headers.get("Location")
    return html.unescape(response.text)


def words(text: str) -> str:
    """Return the answer of a page as a reader sees it: no tags, single blanks, no drawings."""
    answer = text.split('<article class="answer" aria-labelledby="result">')[1]
    answer = answer.split("</article>")[0]
    answer = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", answer, flags=re.DOTALL)
    return " ".join(answer.split())
