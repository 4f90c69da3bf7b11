"""How a figure moved since the edition before, and what cannot be compared."""

import pytest
from django.test import Client

from salaries.explorer.change import is_comparable
from salaries.models import ConsumerPrices, Edition
from salaries.tests.explorer_site import build, page, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(db) -> dict[str, Edition]:
    return build()


def test_dollars_and_local_money_tell_pay_from_the_exchange_rate(client: Client) -> None:
    text = words(page(client, "country=DE"))
    assert "In US dollars of each year $80,000 $76,000 to $84,000 $87,000" in text
    assert "up 9% intervals overlap: may be no change" in text
    assert "In euros of each year €72,000 €68,500 to €75,500 €69,500" in text
    assert "down 3% intervals overlap" in text
    assert "a change of the exchange rate looks like a change of pay" in text


def test_a_change_of_the_world_may_be_another_mix_of_countries(client: Client) -> None:
    mix = "the answers come from another mix of countries"
    assert mix in words(page(client, ""))
    assert mix in words(page(client, "by=edition"))
    assert mix not in words(page(client, "country=DE"))
    assert mix not in words(page(client, "country=DE&by=edition"))


def test_real_terms_stand_beside_nominal_ones_where_prices_are_known(client: Client) -> None:
    text = words(page(client, "country=US"))
    # 170,000 x 320 / 312 = 174,359
    assert "In US dollars of each year $170,000 $162,000 to $179,000 $175,000" in text
    assert "In prices of 2025 (real terms) $174,000 $166,000 to $183,000 $175,000" in text
    assert "unchanged intervals overlap" in text
    assert "Real terms by consumer prices, CPI-U: Developer Survey ." in text


def test_intervals_that_do_not_touch_are_said_to(client: Client) -> None:
    text = words(page(client))
    assert "$70,000 $66,500 to $73,500 $80,000 $76,000 to $84,000 up 14%" in text
    assert "intervals do not overlap" in text


def test_years_side_by_side_in_prices_of_the_newest(client: Client) -> None:
    nominal = words(page(client, "country=US&by=edition"))
    real = words(page(client, "country=US&by=edition&terms=real"))
    assert "$165,000" in nominal
    assert "the rise of prices is not taken out" in nominal
    assert "$176,000" in real  # 165,000 x 320 / 300
    assert "the rise of prices is not taken out" not in real
    assert "earlier pay is raised by consumer prices, CPI-U" in real


def test_the_image_is_not_offered_for_real_terms_which_it_does_not_draw(client: Client) -> None:
    assert ".svg" in page(client, "country=US&by=edition").split('class="downloads"')[1]
    real = page(client, "country=US&by=edition&terms=real")
    assert ".svg" not in real.split('class="downloads"')[1].split("</p>")[0]


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("country=DE&terms=real", "We have such prices for the United States only"),
        ("country=DE&by=edition&terms=real", "We have such prices for the United States only"),
        ("edition=bls-2025&terms=real", "They are not known for these editions"),
    ],
)
def test_why_there_are_no_real_terms(client: Client, query: str, why: str) -> None:
    text = words(page(client, query))
    assert f"{why}, so the amounts are nominal." in text


def test_missing_prices_of_one_year_leave_the_amounts_nominal(client: Client) -> None:
    ConsumerPrices.objects.filter(month__year=2024).delete()
    text = words(page(client, "country=US&terms=real"))
    assert "They are not known for these editions, so the amounts are nominal." in text
    assert "In prices of 2025" not in text


def test_another_way_of_counting_years_is_not_compared(client: Client) -> None:
    assert "Since the edition before" not in words(page(client, "country=DE&experience=5-9"))


def test_an_edition_of_one_country_cannot_stand_for_the_world(site: dict[str, Edition]) -> None:
    assert not is_comparable(site["so-2024"], site["so-2023"], "001")
    assert is_comparable(site["so-2024"], site["so-2023"], "US")
    assert not is_comparable(site["so-2025"], site["bls-2025"], "US")
