"""The explorer costs at most eight queries, whatever is asked."""

from itertools import product

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Shelf
from articles.tests.factories import create_live_guide
from evidence.tests.factories import create_source
from salaries.models import SalaryGuide
from salaries.tests.explorer_site import ADDRESS, build, cell, survey
from salaries.tests.factories import country

pytestmark = pytest.mark.django_db

MOST = 8
PLACES = ["", "country=DE", "country=US", "country=IN", "country=DE&country=IN&country=PL"]
PARTS = ["", "&experience=5-9", "&technology=language:ada", "&by=language", "&by=edition"]
MORE_PARTS = ["&by=role", "&by=employment", "&experience=5-9&technology=language:python"]
MONEY = ["&unit=local&terms=real", "&unit=price-level&terms=real"]
EDITIONS = ["", "&edition=so-2024", "&edition=bls-2025&role=soc-15-1252"]


@pytest.fixture(autouse=True)
def _site(db) -> None:
    build()
    for code in ("DE", "US"):
        guide = create_live_guide(title=f"Pay in {code}", shelf=Shelf.SALARIES)
        SalaryGuide.objects.create(article=guide, role="back-end", country=country(code))


def test_no_state_needs_more_than_eight_queries(client: Client) -> None:
    client.get(ADDRESS)
    costs = {}
    for parts in product(PLACES, [*PARTS, *MORE_PARTS], MONEY, EDITIONS):
        query = "".join(parts).lstrip("&")
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"{ADDRESS}?{query}")
        assert response.status_code == 200, query
        costs[query] = len(queries)
    assert len(costs) == 240
    assert max(costs.values()) <= MOST, max(costs, key=lambda query: costs[query])


def test_sending_pay_costs_no_further_query(client: Client) -> None:
    address = f"{ADDRESS}?country=DE&unit=price-level"
    with CaptureQueriesContext(connection) as read:
        client.get(address)
    with CaptureQueriesContext(connection) as sent:
        client.post(address, {"pay": "80000", "currency": "EUR"})
    assert len(sent) == len(read) <= MOST


def test_more_editions_cost_no_further_query(client: Client) -> None:

    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS, {"country": "DE", "by": "edition"})
    source = create_source()
    for year in range(2010, 2020):
        survey(year, source, [cell("DE", 50_000, 100)])
    with CaptureQueriesContext(connection) as many:
        client.get(ADDRESS, {"country": "DE", "by": "edition"})
    assert len(many) == len(few)


def test_many_sources_offer_their_newest_year_and_the_asked_one_all(client: Client) -> None:
    source = create_source()
    for year in (2021, 2022, 2023):
        fields = {"slug": f"other-{year}", "series": "other", "short_title": f"Other {year}"}
        survey(year, source, [cell("DE", 50_000, 100)], **fields)
    offered = client.get(ADDRESS).text
    assert "Other 2023</option>" in offered
    assert "Other 2022</option>" not in offered
    assert "Stack Overflow 2023</option>" in offered
    address = f"{ADDRESS}?edition=other-2021&edition=bls-2025&country=DE"
    asked = client.get(address, follow=True).text
    assert "Other 2022</option>" not in asked  # the newest of the asked ones is official
    asked = client.get(f"{ADDRESS}?edition=other-2021&country=DE").text
    assert '<option value="other-2021" selected>Other 2021</option>' in asked
    assert "Other 2022</option>" in asked
