"""What other sources say, beside the figure of the explorer."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evidence.tests.factories import create_source
from salaries.editions import publish
from salaries.tests.explorer_site import ADDRESS, build, cell, draft, page, survey, words

pytestmark = pytest.mark.django_db

HEADING = "What other sources say"


@pytest.fixture(autouse=True)
def _site(db) -> None:
    build()


@pytest.mark.parametrize("query", ["country=US", "edition=bls-2025&country=US", "edition=bls-2025"])
def test_survey_and_statistics_stand_beside_each_other_from_both_sides(
    client: Client, query: str
) -> None:
    text = words(page(client, query)).partition(HEADING)[2]
    assert "never averaged" in text
    assert "Stack Overflow 2025 $175,000 median per year" in text
    assert "US official statistics 2025 $136,000 median per year" in text
    assert "Why US official statistics 2025 differs from Stack Overflow 2025" in text
    assert "Employers report for the jobs on their payroll" in text


@pytest.mark.parametrize(
    "query",
    [
        "",  # the world has one source
        "country=DE",  # and so has Germany
        "country=US&country=DE",
        "country=DE&by=language",
        "country=US&by=edition",
        "country=DE&experience=5-9",
        "country=US&unit=price-level",  # no source prints such pay
        "country=US&by=employment",
        "country=US&edition=so-2024",  # a later year of it stands in its place
        "edition=bls-2025&role=soc-15-1251",
    ],
)
def test_elsewhere_a_link_leads_to_the_comparisons(client: Client, query: str) -> None:
    raw = page(client, query)
    assert HEADING not in raw
    assert "css/components/edition" not in raw
    assert 'href="/salaries/sources/"' in raw


def test_a_source_that_nobody_may_see_yet_is_not_there(client: Client) -> None:
    fields = {"slug": "koodiklinikka-2025", "series": "koodiklinikka", "short_title": "Finnish"}
    edition = draft(2025, create_source(), [cell("DE", 66_600, 40)], **fields)
    assert HEADING not in page(client, "country=DE")
    publish(edition)
    assert "Finnish $66,500" in words(page(client, "country=DE")).partition(HEADING)[2]


def test_an_edition_without_the_usual_role_begins_with_the_nearest_one(client: Client) -> None:
    """In 2020 the bureau counted software developers and testers as one occupation."""
    fields = {"jobs": 500, "ci_low": None, "ci_high": None}
    cells = [
        cell("US", 42_000, None, role="soc-00-0000", **fields),
        cell("US", 110_000, None, role="soc-15-1256", **fields),
    ]
    kind = {"kind": "official", "series": "bls-oews", "slug": "bls-2020"}
    survey(2020, create_source(), cells, **kind)
    assert "more than $110,000" in words(page(client, "edition=bls-2020"))


def test_it_costs_one_query_and_no_more_than_eight_together(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        raw = client.get(f"{ADDRESS}?country=US&terms=real&unit=local").text
    assert HEADING in raw
    assert len(queries) <= 8
