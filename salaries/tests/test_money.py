"""Amounts as people read them: rounding, symbols, and other money."""

from decimal import Decimal

import pytest
from django.test.utils import CaptureQueriesContext

from evidence.tests.factories import create_source
from salaries.charts import rows_for
from salaries.models import Figure, PriceLevel
from salaries.money import (
    INTERNATIONAL,
    Converter,
    Unit,
    money,
    money_range,
    rounded,
    short_money,
)
from salaries.selection import parse
from salaries.tests.factories import cell, country, edition


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("87011", 87_000),
        ("64932.5", 65_000),
        ("23248", 23_000),
        ("749.99", 500),
        ("750", 1_000),  # halves upwards
        ("99749", 99_500),
        ("99999", 100_000),
        ("135980", 136_000),
        ("999499", 999_000),
        ("2000016", 2_000_000),
        ("2345678", 2_350_000),  # three significant figures from a million
        ("250", 500),
        ("249", 250),  # never nothing
        ("12.6", 13),
    ],
)
def test_yearly_amounts(amount: str, shown: int) -> None:
    assert rounded(Decimal(amount)) == shown


@pytest.mark.parametrize(
    ("amount", "shown"), [("5279", 5_300), ("5275", 5_300), ("5274", 5_250), ("20", 20)]
)
def test_monthly_amounts(amount: str, shown: int) -> None:
    assert rounded(Decimal(amount), "month") == shown


@pytest.mark.parametrize(
    ("amount", "currency", "period", "words"),
    [
        ("87011", "USD", "year", "$87,000"),
        ("75001", "EUR", "year", "€75,000"),
        ("80000", "GBP", "year", "£80,000"),
        ("237935", "PLN", "year", "PLN\u00a0238,000"),
        ("2000002", "INR", "year", "₹2,000,000"),
        ("5279", "EUR", "month", "€5,300\u00a0a\u00a0month"),
        ("114000", INTERNATIONAL, "year", "Int$114,000"),
    ],
)
def test_money_in_words(amount: str, currency: str, period: str, words: str) -> None:
    assert money(Decimal(amount), currency, period) == words


def test_range_says_the_month_once() -> None:
    low, high = Decimal(4500), Decimal(6000)
    assert money_range(low, high, "EUR", "month") == "€4,500 to €6,000\u00a0a\u00a0month"


@pytest.mark.parametrize(
    ("amount", "words"),
    [("0", "$0"), ("500", "$500"), ("50000", "$50k"), ("2500000", "$2.5m"), ("12500", "$12.5k")],
)
def test_short_money_for_an_axis(amount: str, words: str) -> None:
    assert short_money(Decimal(amount), "USD") == words


RATES = [{"currency": "EUR", "per_unit": "0.86196", "kind": "inferred", "note": "Mid-2025"}]


def survey() -> list[Figure]:
    """Return the figures of Germany, Poland, the United States and the world."""
    codes = ("DE", "PL", "US", "001")
    created = edition(
        *(cell(country=code, p50=80_000) for code in codes), slug="so-2025", rates=RATES
    )
    found = {item.country_id: item for item in created.figures.select_related("edition", "country")}
    return [found[code] for code in codes]


@pytest.mark.django_db
def test_edition_money_needs_no_query(django_assert_num_queries: CaptureQueriesContext) -> None:
    figures = survey()
    with django_assert_num_queries(0):
        converter = Converter.for_figures(Unit.EDITION, figures)
        assert [converter.convert(item, item.p50) for item in figures] == [
            item.p50 for item in figures
        ]
    assert {converter.currency(item) for item in figures} == {"USD"}
    assert {converter.note(item) for item in figures} == {""}


@pytest.mark.django_db
def test_local_money(django_assert_num_queries: CaptureQueriesContext) -> None:
    germany, poland, states, world = survey()
    with django_assert_num_queries(1):
        converter = Converter.for_figures("local", [germany, poland, states, world])
    assert converter.convert(germany, Decimal(87011)) == Decimal(87011) * Decimal("0.86196")
    assert converter.convert(germany, None) is None
    assert converter.currency(germany) == "EUR"
    assert "0.86196 EUR for 1 USD" in converter.note(germany)
    assert "inferred by us" in converter.note(germany)
    assert converter.convert(states, Decimal(1)) == 1  # dollars are its own money
    assert converter.note(states) == converter.why_not(states) == ""
    assert converter.convert(poland, Decimal(1)) is None
    assert converter.why_not(poland) == "Survey 2025 states no rate for the money of Poland."
    assert converter.convert(world, Decimal(1)) is None
    assert converter.why_not(world) == "The world has no money of its own."


def price_level(code: str, year: int, ratio: str) -> None:
    PriceLevel.objects.create(
        country=country(code),
        year=year,
        ppp=Decimal("0.7"),
        market_rate=Decimal("0.9"),
        market_rate_note="Yearly average",
        ratio=ratio,
        source=create_source(),
    )


@pytest.mark.django_db
def test_price_level_of_the_newest_year_up_to_the_edition(
    django_assert_num_queries: CaptureQueriesContext,
) -> None:
    germany, poland, _, world = survey()
    for year, ratio in ((2023, "0.5"), (2024, "0.8"), (2026, "0.1")):
        price_level("DE", year, ratio)
    price_level("PL", 2026, "0.4")
    with django_assert_num_queries(1):
        converter = Converter.for_figures(Unit.PRICE_LEVEL, [germany, poland, world])
    assert converter.convert(germany, Decimal(80_000)) == 100_000
    assert converter.currency(germany) == INTERNATIONAL
    assert "prices in Germany in 2024 stood at 80%" in converter.note(germany)
    assert converter.notes([germany, germany, poland]) == [converter.note(germany)]
    assert converter.notes([poland]) == []
    assert converter.why_not(poland) == "There is no price level for Poland up to 2025."
    assert converter.why_not(world) == "The world has no one price level."
    assert converter.convert(world, Decimal(1)) is None


@pytest.mark.django_db
def test_price_levels_of_several_countries_in_one_note() -> None:
    germany, poland, _, _ = survey()
    price_level("DE", 2024, "0.8")
    price_level("PL", 2023, "0.449")
    (note,) = Converter.for_figures(Unit.PRICE_LEVEL, [germany, poland]).notes([germany, poland])
    assert "prices in Germany in 2024 stood at 80%, Poland in 2023 at 45% of those in" in note


@pytest.mark.django_db
def test_pay_in_national_money_is_divided_by_the_purchasing_power_parity() -> None:
    price_level("FI", 2024, "0.8")
    created = edition(cell(country="FI", p50=5279), currency="EUR", period="month")
    figure = created.figures.select_related("edition", "country").get()
    converter = Converter.for_figures(Unit.PRICE_LEVEL, [figure])
    assert converter.convert(figure, Decimal(7)) == pytest.approx(Decimal(10))


@pytest.mark.django_db
def test_countries_stand_in_the_order_of_the_prices_that_are_shown() -> None:
    price_level("DE", 2024, "0.8")
    price_level("PL", 2024, "0.4")
    edition(
        cell(p50=80_000),
        cell(country="PL", p50=60_000),
        cell(country="NL", p50=90_000),
        slug="so-2025",
    )
    figures = Figure.objects.public().with_context()
    rows = rows_for(parse("so-2025/de+pl+nl"), figures, unit=Unit.PRICE_LEVEL)
    assert [(row.label, row.p50) for row in rows] == [
        ("Poland", 150_000),
        ("Germany", 100_000),
        ("Netherlands", None),
    ]


def test_unknown_unit() -> None:
    with pytest.raises(ValueError, match="bitcoin"):
        Converter.of("bitcoin", [], [])
