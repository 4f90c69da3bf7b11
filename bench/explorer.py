"""Measures the explorer with 20 thousand and with 2 million figures, side by side.

    bin/with-postgresql bin/with-python bench/explorer.py

Needs a PostgreSQL server that it may create two databases on, in DATABASE_URL. README.md beside it
tells what is built, what is measured, and what came out.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "backend_guide.settings_test"

SMALL, LARGE = "default", "large"
ROLES = ["back-end", "full-stack", "front-end", "devops", "sre", "data-engineer"]
ROLES += ["all-developers"]
EMPLOYMENTS = ("employed", "contractor")
NAMED = ["001", "DE", "NL", "PL", "US", "IN", "GB", "FR", "CZ", "SE"]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
COUNTRIES = NAMED + [
    code for code in (a + b for a in "BKMQTVXZ" for b in LETTERS) if code not in NAMED
]
YEARS = ["0-4", "5-9", "10-14", "15-19", "20+"]
ASKED = "/salaries/explore/"
STATES = {
    "the bare page": "",
    "one country": "country=DE",
    "six countries": "&".join(f"country={code}" for code in NAMED[1:7]),
    "experience": "country=DE&experience=5-9",
    "technology": "country=DE&technology=language:language-3",
    "by language": "country=DE&by=language",
    "by role": "country=DE&by=role",
    "over years": "country=US&by=edition&terms=real",
    "local money": "country=DE&unit=local",
    "price level": "country=DE&unit=price-level",
    "no such cell": "country=DE&technology=language:no-such",
    "not possible": "country=DE&experience=5-9&technology=language:language-3",
}


@dataclass(frozen=True)
class Shape:
    """What an edition is called and how wide it is."""

    slug: str
    series: str
    year: int
    countries: int = 30
    languages: int = 10
    employments: tuple[str, ...] = EMPLOYMENTS


class Router:
    """Sends every query to the database that is being measured."""

    alias = SMALL

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """Return the database of the moment."""
        return self.alias

    db_for_write = db_for_read


ROUTER = Router()


def start() -> None:
    """Set Django up with two fresh databases. Raises SystemExit without a PostgreSQL server."""
    from django.conf import settings

    base = settings.DATABASES["default"]
    if not base["ENGINE"].endswith("postgresql"):
        raise SystemExit("DATABASE_URL must name a PostgreSQL server.")
    import psycopg

    server = {"host": base["HOST"], "port": base["PORT"], "user": base["USER"]}
    with psycopg.connect(
        **server, password=base["PASSWORD"], dbname=base["NAME"], autocommit=True
    ) as connection:
        for name in ("bench_small", "bench_large"):
            connection.execute(f"DROP DATABASE IF EXISTS {name}")
            connection.execute(f"CREATE DATABASE {name}")
    settings.DATABASES = {
        SMALL: base | {"NAME": "bench_small"},
        LARGE: base | {"NAME": "bench_large"},
    }
    settings.DATABASE_ROUTERS = [ROUTER]
    import django

    django.setup()


def build(alias: str, *, wide: int, many: int) -> int:
    """Fill a database and return its number of figures.

    Three editions of the main survey (20,160 figures) are the same in both. `wide` editions have
    200 countries, two employments and 36 values (100,800 figures each); `many` have 30 countries
    and one employment (3,360 each), in series of ten years.
    """
    from django.core.management import call_command
    from django.db import connections

    from evidence.models import Source
    from salaries.models import Figure

    ROUTER.alias = alias
    call_command("migrate", database=alias, verbosity=0)
    source = Source.objects.create(
        slug="bench", title="Bench", publisher="Bench", url="https://example.org/"
    )
    _reference(source)
    for year in (2023, 2024, 2025):
        _edition(source, Shape(f"so-{year}", "stack-overflow", year))
    for number in range(wide):
        shape = Shape(f"wide-{number}", "wide", 2000 + number, countries=200, languages=30)
        _edition(source, shape)
    for number in range(many):
        series, year = f"many-{number // 10}", 2010 + number % 10
        _edition(source, Shape(f"many-{number}", series, year, employments=("employed",)))
    with connections[alias].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return Figure.objects.count()


def _reference(source: Any) -> None:
    from datetime import date

    from salaries.models import ConsumerPrices, Country, PriceLevel

    currencies = {"US": "USD", "DE": "EUR", "NL": "EUR", "FR": "EUR", "001": "", "PL": "PLN"}
    rows = [
        Country(code=code, name=f"Country {code}", currency=currencies.get(code, "GBP"))
        for code in COUNTRIES[:200]
    ]
    Country.objects.bulk_create(rows)
    level = {"year": 2024, "ppp": 1, "market_rate": 1, "ratio": 1, "source": source}
    PriceLevel.objects.bulk_create(
        PriceLevel(country=row, **level) for row in rows if row.code != "001"
    )
    prices = {"country_id": "US", "index": 300, "name": "CPI", "source": source}
    ConsumerPrices.objects.bulk_create(
        ConsumerPrices(month=date(year, 5, 1), **prices) for year in (2023, 2024, 2025)
    )


def _edition(source: Any, shape: Shape) -> None:
    """Store a published edition that has every combination of its choices."""
    from django.utils import timezone

    from salaries.models import ConversionRate, Edition

    languages = [(f"Language {number}", f"language-{number}") for number in range(shape.languages)]
    values = [("all", "all", "all")]
    values += [("years_coding_total", band, band.replace("+", "-plus")) for band in YEARS]
    values += [("language", *pair) for pair in languages]
    countries = COUNTRIES[: shape.countries]
    edition = Edition.objects.create(
        slug=shape.slug, title=shape.slug, short_title=shape.slug, series=shape.series,
        kind="survey", source=source, year=shape.year, fieldwork_from=f"{shape.year}-05",
        population="People.", method="As told. " * 200,
        limits="- **Made up.** For measuring.\n" * 6, pay_basis="gross-total",
        verification="recomputed", licence="None", attribution="None",
    )  # fmt: skip
    ConversionRate.objects.bulk_create(
        ConversionRate(edition=edition, currency=code, per_unit=2, kind="stated", note="Made up.")
        for code in ("EUR", "GBP", "PLN")
    )
    _figures(edition.pk, countries, list(shape.employments), values)
    edition.figures_digest = "0" * 64
    edition.coverage = {
        "roles": ROLES,
        "employments": shape.employments,
        "countries": sorted(countries),
        "dimensions": {
            "years_coding_total": [[band.replace("+", "-plus"), band] for band in YEARS],
            "language": [[slug, name] for name, slug in languages],
        },
        "most": {role: dict.fromkeys(shape.employments, countries) for role in ROLES},
    }
    edition.published_at = timezone.now()
    edition.save()


def _figures(
    edition: int, countries: list[str], employments: list[str], values: list[tuple[str, str, str]]
) -> None:
    """Store one figure for each combination, inside the database: 2 million rows in minutes."""
    from django.db import connections

    dimensions, names, slugs = (list(column) for column in zip(*values, strict=True))
    with connections[ROUTER.alias].cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO salaries_figure (
                edition_id, role, country_id, employment, dimension, value, value_slug, n,
                p10, p25, p50, p75, p90, ci_low, ci_high, currency, flags, is_withheld
            )
            SELECT %s, r, c, e, d, v, s, 10 + mod(abs(hashtext(r || c || e || s)), 900),
                m * 0.5, m * 0.75, m, m * 1.25, m * 1.5, m * 0.9, m * 1.1, 'USD', '[]', false
            FROM unnest(%s::text[]) AS r, unnest(%s::text[]) AS c, unnest(%s::text[]) AS e,
                unnest(%s::text[], %s::text[], %s::text[]) AS p (d, v, s),
                LATERAL (SELECT 20000 + mod(abs(hashtext(c || r || s || e)), 90000) AS m) AS x
            """,
            [edition, ROLES, countries, employments, dimensions, names, slugs],
        )


def measure(requests: int) -> dict[str, dict[str, float]]:
    """Return the median time of a page in ms, by state and database."""
    found = {name: _both(repeat(query, requests)) for name, query in STATES.items()}
    fresh = map(_fresh, range(requests))
    return found | {"first time, new connection": _both(fresh, is_cold=True)}


def _fresh(number: int) -> str:
    """Return a question that was not asked before: another role, country and employment."""
    role, place = ROLES[number % 7], COUNTRIES[10 + number % 20]
    return f"role={role}&country={place}&employment={EMPLOYMENTS[number // 7 % 2]}&by=language"


def _both(queries: Iterable[str], *, is_cold: bool = False) -> dict[str, float]:
    """Return the median time of some questions by database.

    The databases take turns at every request, so that whatever else the machine does weighs on
    both alike. `is_cold`: each over a connection of its own; otherwise one request goes before.
    """
    from django.db import connections
    from django.test import Client

    client = Client()
    times: dict[str, list[float]] = {SMALL: [], LARGE: []}
    for number, query in enumerate(queries):
        for alias in (SMALL, LARGE) if number % 2 else (LARGE, SMALL):
            if is_cold:
                connections[alias].close()
            elif not number:
                _get(client, alias, query)
            times[alias].append(_get(client, alias, query))
    return {alias: statistics.median(found) for alias, found in times.items()}


def _get(client: Any, alias: str, query: str) -> float:
    ROUTER.alias = alias
    begin = time.perf_counter()
    response = client.get(f"{ASKED}?{query}" if query else ASKED)
    took = (time.perf_counter() - begin) * 1000
    if response.status_code != 200:
        raise SystemExit(f"{query}: {response.status_code}")
    return took


def wide_page(requests: int) -> float:
    """Return the median time of a page of a wide edition, in ms: 200 countries to choose from."""
    from django.test import Client

    client = Client()
    query = "edition=wide-0&country=DE&by=language"
    return statistics.median(_get(client, LARGE, query) for _ in range(requests))


def report(found: dict[str, dict[str, float]], sizes: Iterable[int], wide: float) -> None:
    """Print the table of README.md."""
    small, large = sizes
    print(f"| State | {small:,} figures | {large:,} figures | ratio |\n|---|---:|---:|---:|")
    for name, times in found.items():
        ratio = times[LARGE] / times[SMALL]
        print(f"| {name} | {times[SMALL]:.1f} ms | {times[LARGE]:.1f} ms | {ratio:.2f} |")
    warm = [times for name, times in found.items() if name in STATES]
    totals = [statistics.median(times[alias] for times in warm) for alias in (SMALL, LARGE)]
    ratio = totals[1] / totals[0]
    print(f"| **median of the states** | {totals[0]:.1f} ms | {totals[1]:.1f} ms | {ratio:.2f} |")
    print(f"\nA page of a wide edition, by language: {wide:.1f} ms. Cores: {os.cpu_count()}.")


def main() -> None:
    """Build both databases, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=60, help="per state and database")
    asked = parser.parse_args()
    start()
    began = time.perf_counter()
    sizes = [build(SMALL, wide=0, many=0), build(LARGE, wide=13, many=200)]
    print(f"Built in {time.perf_counter() - began:.0f} s.", flush=True)
    report(measure(asked.requests), sizes, wide_page(asked.requests))


if __name__ == "__main__":
    main()
