"""“Where do I stand?”: what the figures can say about an amount, and that nothing is kept."""

import html
import logging
from decimal import Decimal

import pytest
from django.test import Client

from evidence.tests.factories import create_source
from salaries.editions import publish
from salaries.explorer.amounts import AmountError, exact, read_amount
from salaries.tests.explorer_site import ADDRESS, build, cell, draft, survey


def send(client: Client, pay: str, query: str = "country=DE", currency: str = "USD") -> str:
    """Return what the form answers, as a reader sees it."""
    response = client.post(f"{ADDRESS}?{query}", {"pay": pay, "currency": currency})
    assert response.status_code == 200
    part = html.unescape(response.text).split('id="stand"')[1].split("</section>")[0]
    return " ".join(part.split())


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("87500", "87500"),
        ("87.500", "87500"),
        ("87,500", "87500"),
        ("87 500", "87500"),
        ("87\u202f500", "87500"),
        ("87\xa0500", "87500"),
        ("87'500", "87500"),
        ("87’500", "87500"),
        ("87.500,50", "87500.50"),
        ("87,500.50", "87500.50"),
        ("87500.5", "87500.5"),
        ("1.234.567", "1234567"),
        ("12,34,567", "1234567"),
        ("87k", "87000"),
        ("87.5k", "87500.0"),
        ("$87,500", "87500"),
        ("87500 USD", "87500"),
        ("  87500  ", "87500"),
        ("８７５００", "87500"),
        ("87500.", "87500"),
    ],
)
def test_amounts_are_read_as_people_write_them(written: str, amount: str) -> None:
    assert read_amount(written, "USD") == Decimal(amount)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "Write what you earn"),
        ("   ", "Write what you earn"),
        ("lots", "That is not a number"),
        ("1e99", "That is not a number"),
        ("€87500", "That is not a number"),
        ("NaN", "That is not a number"),
        ("Infinity", "That is not a number"),
        ("-87500", "without a minus sign"),
        ("−87500", "without a minus sign"),
        ("0", "more than nothing"),
        ("0,00", "more than nothing"),
        ("9" * 13, "more than anybody earns"),
        ("9" * 31, "too long"),
        ("8,75,0", "cannot tell the thousands from the cents"),
        ("1.234.5", "cannot tell the thousands from the cents"),
        ("87.5000", "cannot tell the thousands from the cents"),
        ("87,500.500,5", "cannot tell the thousands from the cents"),
        ("=1+1", "That is not a number"),
    ],
)
def test_what_is_no_amount_is_refused_with_a_reason(written: str, why: str) -> None:
    with pytest.raises(AmountError, match=why):
        read_amount(written, "USD")


def test_the_amount_is_said_back_exactly() -> None:
    assert exact(Decimal(87500), "EUR") == "€87,500"
    assert exact(Decimal("87500.5"), "PLN") == "PLN\xa087,500.50"


@pytest.fixture
def _site(db) -> None:
    build()


@pytest.mark.usefixtures("_site")
class TestForm:
    def test_an_amount_is_placed_with_its_uncertainty(self, client: Client) -> None:
        answer = send(client, "97.875")
        assert "Read as $97,875 a year." in answer
        # Halfway from 87,000 to 108,750; Wilson downwards from 0.5 and upwards from 0.75 of 259.
        assert (
            "Between the 50th and the 75th percentile: 50 to 75 in 100 respondents reported less, "
            "about 62 if pay is spread evenly in between. With 95% confidence between 44 and 80 in "
            "100." in answer
        )

    def test_on_equal_percentiles_both_are_named(self, client: Client) -> None:
        tied = {name: Decimal(87_000) for name in ("p25", "p50", "ci_low", "ci_high")}
        survey(2026, create_source(), [cell("DE", 87_000, 259, **tied)])
        answer = send(client, "87000")
        assert (
            "The 25th and the 50th percentile at once: at most 25 in 100 respondents reported "
            "less, at least 50 as much or less." in answer
        )

    def test_inside_the_interval_of_the_median_the_middle_cannot_be_told(
        self, client: Client
    ) -> None:
        answer = send(client, "88000")
        assert "It lies inside the interval of the median ($82,500 to $91,500)" in answer

    def test_local_money_is_converted_at_the_rate_of_the_edition(self, client: Client) -> None:
        answer = send(client, "69.600", currency="EUR")  # 87,000 x 0.8
        assert "Read as €69,600 a year." in answer
        assert "On the 50th percentile" in answer or "On the median" in answer

    def test_only_a_median_says_above_or_below(self, client: Client) -> None:
        answer = send(client, "120000", "country=DE&employment=contractor")
        assert "Above the median: at least half of the respondents reported less." in answer
        assert "With 95% confidence at least 26 in 100." in answer

    def test_beyond_the_percentiles_nothing_is_made_up(self, client: Client) -> None:
        assert "Below the 10th percentile: at most 10 in 100" in send(client, "30000")
        assert "Above the 90th percentile: at least 90 in 100" in send(client, "300000")

    def test_every_row_of_the_page_is_answered(self, client: Client) -> None:
        answer = send(client, "80000", "country=DE&country=NL")
        assert answer.count("<dt>") == 2
        assert "Germany" in answer
        assert "Netherlands" in answer

    def test_years_side_by_side_are_answered_for_the_chosen_one(self, client: Client) -> None:
        assert send(client, "150000", "country=US&by=edition").count("<dt>") == 1

    def test_official_statistics_have_no_number_of_answers(self, client: Client) -> None:
        answer = send(client, "120000", "edition=bls-2025")
        assert "25 to 50 in 100 jobs paid less, about 38 if pay is spread evenly" in answer
        assert "prints no number of answers, so no interval can be given" in answer

    @pytest.mark.parametrize(
        ("pay", "why"),
        [
            ("", "Write what you earn, for example 87500."),
            ("plenty", "That is not a number."),
            ("-5", "Write it without a minus sign."),
            ("0", "Pay is more than nothing."),
            ("1e99", "That is not a number."),
            ("5,300", "that looks like pay for a month. Enter pay for a year: twelve times as"),
            ("12.50", "less than an eighth of the median. Look at the number of digits."),
            ("9000000", "more than ten times the median, where these figures say nothing."),
        ],
    )
    def test_bad_input_is_answered_beside_the_field_and_kept(
        self, client: Client, pay: str, why: str
    ) -> None:
        answer = send(client, pay)
        error = answer.split('id="pay-error" role="alert">')[1].split("</div>")[0]
        assert why in error
        assert f'value="{pay}"' in answer
        assert 'aria-invalid="true"' in answer
        assert "Read as" not in answer

    def test_hostile_input_is_escaped(self, client: Client) -> None:
        response = client.post(f"{ADDRESS}?country=DE", {"pay": '"><script>x</script>'})
        assert "<script>x" not in response.text

    def test_a_currency_without_a_rate_is_refused(self, client: Client) -> None:
        assert "We have no rate for that currency here." in send(client, "80000", currency="JPY")

    def test_money_that_only_an_earlier_edition_has_a_rate_for_is_not_offered(
        self, client: Client
    ) -> None:
        later = draft(2026, create_source(), [cell("PL", 70_000, 90)])
        later.rates.filter(currency="PLN").delete()
        publish(later)
        query = "country=PL&by=edition&edition=so-2026"
        assert "We have no rate for that currency here." in send(client, "250000", query, "PLN")
        assert '<option value="PLN"' not in send(client, "70000", query)

    def test_without_a_figure_there_is_nothing_to_compare(self, client: Client) -> None:
        response = client.post(f"{ADDRESS}?country=IN", {"pay": "80000"})
        assert "no figure here that your pay could be compared with" in response.text
        assert "80000" not in response.text

    def test_the_answer_is_kept_nowhere(self, client: Client, caplog, django_db_blocker) -> None:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        caplog.set_level(logging.DEBUG)
        with CaptureQueriesContext(connection) as queries:
            response = client.post(f"{ADDRESS}?country=DE", {"pay": "97613", "currency": "USD"})
        assert "no-store" in response.headers["Cache-Control"]
        assert not response.cookies
        assert all(query["sql"].startswith("SELECT") for query in queries)
        assert "97613" not in " ".join(query["sql"] for query in queries)
        assert "97613" not in caplog.text
        assert 'href="/salaries/explore/?' in response.text
        assert "pay=" not in response.text

    def test_no_token_is_asked_for(self) -> None:
        client = Client(enforce_csrf_checks=True)
        assert "Read as" in send(client, "80000")

    def test_pay_in_an_address_is_not_read(self, client: Client) -> None:
        response = client.get(f"{ADDRESS}?country=DE&pay=80000")
        assert "“pay”, which this page does not use" in response.text
        assert "Read as" not in response.text
