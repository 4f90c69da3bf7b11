"""The database refuses what no figure may be, even where no form or importer was asked."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from articles.tests.factories import create_draft
from evidence.tests.factories import create_source
from salaries.models import (
    ConsumerPrices,
    ConversionRate,
    Country,
    Edition,
    Figure,
    PriceLevel,
    SalaryGuide,
)
from salaries.tests.factories import cell, country, details, edition

pytestmark = pytest.mark.django_db


def refused(row, name="") -> None:
    with pytest.raises((IntegrityError, DataError), match=name or None), transaction.atomic():
        type(row).objects.bulk_create([row])


def a_figure(**values) -> Figure:
    """Return a figure that could be stored, but for the values."""
    draft = edition(cell(role="devops"), is_published=False)
    fields = {
        "edition": draft,
        "role": "back-end",
        "country": country("DE"),
        "employment": "employed",
        "dimension": "all",
        "value": "all",
        "value_slug": "all",
        "n": 259,
        "p50": Decimal(87011),
        "currency": "USD",
    }
    return Figure(**{**fields, **values})


def test_the_figure_that_the_others_are_variations_of() -> None:
    Figure.objects.bulk_create([a_figure()])
    assert Figure.objects.filter(role="back-end").count() == 1


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"edition": None}, ""),
        ({"country": None}, ""),
        ({"p50": None}, ""),
        ({"n": 9}, "figure_not_too_small"),
        ({"n": None}, "figure_counts_something"),
        ({"p10": 90000}, "figure_percentiles_ascend"),
        ({"p10": 3, "p25": 2}, "figure_percentiles_ascend"),
        ({"p25": 90000}, "figure_percentiles_ascend"),
        ({"p75": 80000}, "figure_percentiles_ascend"),
        ({"p75": 95000, "p90": 94000}, "figure_percentiles_ascend"),
        ({"ci_low": 90000}, "figure_median_inside_interval"),
        ({"ci_high": 80000}, "figure_median_inside_interval"),
        ({"p50": 0}, "figure_median_positive"),
        ({"p50": -5}, "figure_median_positive"),
        ({"currency": "usd"}, "figure_currency_known_form"),
        ({"currency": ""}, "figure_currency_known_form"),
        ({"role": "wizard"}, "figure_role_known"),
        ({"employment": "volunteer"}, "figure_employment_known"),
        ({"dimension": "height"}, "figure_dimension_known"),
    ],
)
def test_figures(values, constraint) -> None:
    refused(a_figure(**values), constraint)


def test_one_figure_per_cell() -> None:
    draft = edition(cell(), is_published=False)
    refused(a_figure(edition=draft), "")
    assert draft.figures.count() == 1


def test_a_figure_of_an_edition_that_does_not_exist() -> None:
    def store_and_look() -> None:
        Figure.objects.bulk_create([a_figure(edition=None, edition_id=999_999)])
        connection.check_constraints()  # SQLite looks at references when the transaction ends

    with pytest.raises(IntegrityError), transaction.atomic():
        store_and_look()


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"kind": "rumour"}, "edition_kind_known"),
        ({"pay_basis": "net-total"}, "edition_pay_basis_known"),
        ({"period": "week"}, "edition_period_known"),
        ({"currency": "us$"}, "edition_currency_known_form"),
        ({"published_at": "2026-01-01T00:00Z"}, "edition_published_with_digest"),
        ({"slug": "taken"}, ""),
    ],
)
def test_editions(values, constraint) -> None:
    edition(slug="taken")
    refused(Edition(**details() | values), constraint)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"code": "de"}, "country_code_known_form"),
        ({"code": "DEU"}, "country_code_known_form"),
        ({"code": "002"}, "country_code_known_form"),
        ({"currency": "eur"}, "country_currency_known_form"),
        ({"currency": "EU"}, "country_currency_known_form"),
        ({"name": "Germany"}, ""),
    ],
)
def test_countries(values, constraint) -> None:
    country("DE")
    refused(Country(**{"code": "AT", "name": "Austria", "currency": "EUR"} | values), constraint)


def test_the_world_is_a_country_of_its_own() -> None:
    assert country("001").currency == ""


@pytest.mark.parametrize("per_unit", [0, -1])
def test_rates(per_unit) -> None:
    draft = edition(is_published=False)
    row = {"edition": draft, "currency": "EUR", "kind": "stated", "note": "x"}
    refused(ConversionRate(per_unit=per_unit, **row), "conversion_rate_positive")
    ConversionRate.objects.create(per_unit=1, **row)
    refused(ConversionRate(per_unit=2, **row), "")


def test_price_levels() -> None:
    row = {
        "country": country("DE"),
        "year": 2024,
        "ppp": Decimal("0.7"),
        "market_rate": Decimal("0.92"),
        "market_rate_note": "average of the year",
        "source": create_source(),
    }
    refused(PriceLevel(ratio=0, **row), "price_level_positive")
    PriceLevel.objects.create(ratio=Decimal("0.76"), **row)
    refused(PriceLevel(ratio=Decimal("0.77"), **row), "")


def test_consumer_prices() -> None:
    row = {
        "country": country("US"),
        "month": date(2025, 5, 1),
        "name": "CPI-U",
        "source": create_source(),
    }
    refused(ConsumerPrices(index=0, **row), "consumer_prices_positive")
    ConsumerPrices.objects.create(index=Decimal("321.465"), **row)
    refused(ConsumerPrices(index=Decimal("321.466"), **row), "")


def test_one_salary_guide_per_role_and_place() -> None:
    germany = country("DE")
    SalaryGuide.objects.create(article=create_draft(slug="one"), role="back-end", country=germany)
    other = create_draft(slug="two")
    refused(SalaryGuide(article=other, role="back-end", country=germany), "")
    SalaryGuide.objects.create(article=other, role="back-end", country=None)
    theme = create_draft(slug="three")
    SalaryGuide.objects.create(article=theme, role="back-end", country=None)
    assert SalaryGuide.objects.count() == 3
