"""Structured data of a salary guide: one occupation, and only amounts that the page shows."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from salaries.tests.factories import cell, main_edition, salary_guide

pytestmark = pytest.mark.django_db
AMOUNTS = {"p10": 53512.5, "p25": 69400, "p50": 87011, "p75": 104000, "p90": 118000}
INTERVAL = {"ci_low": 81200, "ci_high": 92800}


def graph(client: Client, slug: str = "pay-de") -> list[dict[str, Any]]:
    """Return the nodes of the structured data of a guide."""
    page = client.get(f"/salaries/{slug}/").text
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(blocks) == 1
    return json.loads(blocks[0])["@graph"]


def visible(client: Client, slug: str = "pay-de") -> str:
    """Return the words of the page that a reader sees."""
    page = client.get(f"/salaries/{slug}/").text.split("<body")[1]
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def test_one_occupation_with_its_pay(client: Client) -> None:
    main_edition(cell(n=259, **AMOUNTS, **INTERVAL))
    salary_guide("DE")
    article, trail, occupation = graph(client)
    assert article["@type"] == "Article"
    assert [item["name"] for item in trail["itemListElement"]] == ["Home", "Salaries", "Pay in DE"]
    assert occupation["@type"] == "Occupation"
    assert occupation["@id"] == "http://localhost:8000/salaries/pay-de/#the-figure"
    assert occupation["name"] == "Back-end developer"
    assert occupation["occupationLocation"] == [{"@type": "Country", "name": "Germany"}]
    assert occupation["estimatedSalary"] == [
        {
            "@type": "MonetaryAmountDistribution",
            "name": "Gross, everything together: salary, bonuses and perks",
            "currency": "USD",
            "duration": "P1Y",
            "percentile10": 53500,
            "percentile25": 69500,
            "median": 87000,
            "percentile75": 104000,
            "percentile90": 118000,
        }
    ]


@pytest.mark.parametrize(
    ("n", "names"),
    [
        (259, {"percentile10", "percentile25", "median", "percentile75", "percentile90"}),
        (60, {"percentile25", "median", "percentile75"}),
        (12, {"median"}),
    ],
)
def test_it_says_what_the_page_shows_and_no_more(client: Client, n: int, names: set[str]) -> None:
    main_edition(cell(n=n, **AMOUNTS, **INTERVAL))
    salary_guide("DE")
    occupation = graph(client)[-1]
    (pay,) = occupation["estimatedSalary"]
    amounts = {key: value for key, value in pay.items() if isinstance(value, int)}
    assert amounts.keys() == names
    words = visible(client)
    for amount in amounts.values():
        assert f"${amount:,}" in words
    assert occupation["description"] in words
    assert occupation["name"].lower() in words.lower()
    assert "Germany" in words


def test_pay_of_a_month_says_so(client: Client) -> None:
    main_edition(cell(p50=5300), period="month", currency="EUR")
    salary_guide("DE")
    (pay,) = graph(client)[-1]["estimatedSalary"]
    assert (pay["duration"], pay["currency"], pay["median"]) == ("P1M", "EUR", 5300)


@pytest.mark.parametrize("is_published", [True, False])
def test_no_occupation_without_figure_or_place(client: Client, is_published: bool) -> None:
    main_edition(cell(**AMOUNTS), is_published=is_published)
    salary_guide("" if is_published else "DE", slug="pay-de")
    assert [node["@type"] for node in graph(client)] == ["Article", "BreadcrumbList"]
