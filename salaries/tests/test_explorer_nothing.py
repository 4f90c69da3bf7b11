"""Questions without an answer: why, and what is near. Nothing tells how many answered."""

import html
import re

import pytest
from django.test import Client

from evidence.tests.factories import create_source
from salaries.tests.explorer_site import WITHHELD, build, cell, page, survey, words

pytestmark = pytest.mark.django_db

NOT_SHOWN = "There is no figure for this group: fewer than 10 people answered, or showing it would"


@pytest.fixture(autouse=True)
def _site(db) -> None:
    build()


def offers(raw: str) -> list[tuple[str, str]]:
    """Return the words and the number of answers of each offer, in order."""
    found = re.findall(r'#result">([^<]+)</a> <span class="offers__count">([^<]*)<', raw)
    return [(words_, html.unescape(count).replace("\xa0", " ")) for words_, count in found]


def test_the_nearest_cells_come_in_order_with_their_numbers(client: Client) -> None:
    raw = page(client, "country=DE&technology=language:ada")
    assert NOT_SHOWN in words(raw)
    assert offers(raw) == [
        ("Everybody, whatever the language", "n = 259"),
        ("The whole world", "n = 500"),
        ("Independent contractors instead, everybody", "n = 13"),
        ("The whole world, everybody", "n = 3,000"),
        ("Developers of every kind, everybody", "n = 1,150"),
        ("Stack Overflow 2024, everybody", "n = 241"),
    ]


def test_offers_lead_to_answers(client: Client) -> None:
    raw = page(client, "country=DE&technology=language:ada")
    for address in re.findall(r'<li><a href="([^"]+)#result">', raw):
        assert "median of" in words(page(client, address.partition("?")[2]))


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("country=IN", NOT_SHOWN),
        ("country=DE&role=data-engineer", "has no figures under the role “Data engineer”."),
        ("country=DE&technology=database:mysql", "has no figures by database: it did not ask"),
        ("edition=bls-2025&experience=5-9", "has no figures by years of work in the field"),
        ("edition=bls-2025&role=soc-15-1252&country=DE", "is about the United States only."),
        ("edition=bls-2025&role=soc-15-1252&country=001", "is about the United States only."),
        ("edition=bls-2025&employment=contractor", "no figures under “Independent contractor”"),
    ],
)
def test_an_empty_combination_says_why_and_offers_something(
    client: Client, query: str, why: str
) -> None:
    raw = page(client, query)
    assert why in words(raw)
    assert offers(raw)
    assert "<svg class" not in raw.split('class="answer"')[1]
    assert ".csv" not in raw


def test_a_withheld_cell_reads_exactly_like_one_that_never_was(client: Client) -> None:
    withheld = page(client, f"country=US&role={WITHHELD}")
    absent = page(client, f"country=PL&role={WITHHELD}")
    assert NOT_SHOWN in words(withheld)

    def why(raw: str) -> str:
        return re.findall(r'<div class="missing">\s*<p>(.*?)</p>', raw)[0]

    assert why(withheld) == why(absent)
    for hidden in ("n = 47", "199,000", "199000", ">47<"):
        assert hidden not in withheld.replace("\xa0", " ")


@pytest.mark.parametrize(
    "query",
    [
        "country=US&by=role",
        "country=DE&by=employment&role=sre",
        "country=US&country=DE&role=sre",
        "country=US&role=sre&by=edition",
        "country=US&role=sre&by=language",
    ],
)
def test_no_comparison_shows_a_withheld_cell(client: Client, query: str) -> None:
    raw = page(client, query).replace("\xa0", " ")
    for hidden in ("199,000", "95,000", "n = 47", "n = 33"):
        assert hidden not in raw


def test_a_missing_country_is_named_beside_those_that_have_figures(client: Client) -> None:
    raw = page(client, "country=DE&country=IN")
    assert "Half of the 259 respondents" in words(raw)
    assert f"India: {NOT_SHOWN}" in words(raw)
    assert "Without a figure" not in raw  # said once
    assert offers(raw) == [("India: Developers of every kind", "n = 22")]


def test_the_name_of_an_edition_is_offered_as_it_is_written(client: Client) -> None:
    raw = page(client, "country=DE&country=US&technology=database:postgresql")
    assert "Germany: Stack Overflow 2024" in [words_ for words_, _ in offers(raw)]


def test_official_statistics_lack_what_their_publisher_does_not_print(client: Client) -> None:
    fields = {"jobs": 500, "ci_low": None, "ci_high": None, "role": "soc-15-1252"}
    cells = [
        cell("US", 130_000, None, **fields),
        cell("US", 140_000, None, "industry:Utilities", **fields),
        cell("US", 90_000, None, "industry:Construction", **fields | {"role": "soc-15-1254"}),
    ]
    kind = {"kind": "official", "series": "bls-oews", "slug": "bls-2026", "scope": "US only."}
    survey(2026, create_source(), cells, **kind)
    table = words(page(client, "edition=bls-2026&by=industry"))
    assert "Left out here: Construction: the publisher prints none." in table
    single = words(page(client, "edition=bls-2026&role=soc-15-1254"))
    assert "There is no figure for this group: the publisher prints none." in single
    refused = page(client, "edition=bls-2026&by=language")
    assert "its publisher prints none, or it is not in our copy." in refused
    for raw in (table, single, refused):
        assert "people answered" not in raw


def test_experience_and_technology_cannot_be_crossed(client: Client) -> None:
    raw = page(client, "country=DE&experience=5-9&technology=language:python")
    assert "5–9 years of coding, working with Python" in words(raw)
    assert "by years of coding or by language, never by both at once" in words(raw)
    assert offers(raw) == [
        ("By years of coding alone", "n = 61"),
        ("By language alone", "n = 140"),
        ("Everybody", "n = 259"),
    ]


def test_a_group_cannot_be_broken_down_again(client: Client) -> None:
    raw = page(client, "country=DE&experience=5-9&by=language")
    assert "These tables split people once: by years of coding, or by language." in words(raw)
    assert offers(raw) == [
        ("Everybody by language", "n = 259"),
        ("This group alone, without the breakdown", "n = 61"),
    ]


def test_countries_side_by_side_cannot_be_broken_down(client: Client) -> None:
    raw = page(client, "country=DE&country=NL&by=language")
    assert "A chart compares one thing at a time" in words(raw)
    assert offers(raw) == [
        ("Germany by language", "n = 259"),
        ("Netherlands by language", "n = 93"),
        ("The countries side by side", ""),
    ]


def test_a_breakdown_without_rows_offers_the_figure_itself(client: Client) -> None:
    raw = page(client, "country=NL&by=language")
    assert NOT_SHOWN in words(raw)
    assert offers(raw)[0] == ("Without the breakdown", "n = 93")


def test_an_edition_change_keeps_the_dimension_apart(client: Client) -> None:
    raw = page(client, "country=DE&edition=so-2024&experience=years_coding_total:5-9")
    assert "Stack Overflow 2024 has no figures by years of coding" in words(raw)
    assert ("Stack Overflow 2025", "n = 61") in offers(raw)
