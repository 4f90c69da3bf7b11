"""Charts as images with an address of their own."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from salaries.models import Edition, Figure
from salaries.tests.factories import cell, edition

pytestmark = pytest.mark.django_db

ADDRESS = "/salaries/charts/so-2025/de+pl/back-end/employed.svg"
RATES = [{"currency": "EUR", "per_unit": "0.86", "kind": "stated", "note": "x"}]


@pytest.fixture(autouse=True)
def survey() -> None:
    edition(
        cell(country="DE", n=259, p10=50_000, p25=70_000, p75=104_000, p90=118_000),
        cell(country="PL", n=94, p50=65_000),
        slug="so-2025",
        short_title="Stack Overflow 2025",
        attribution="The <survey> & its people.",
        rates=RATES,
    )
    edition(cell(), slug="so-2026", year=2026, is_published=False)


def image(client: Client, address: str = ADDRESS) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    return response


def test_image_is_a_whole_file_of_fixed_width(client: Client) -> None:
    response = image(client)
    assert response["Content-Type"] == "image/svg+xml"
    svg = ET.fromstring(response.content)
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert svg.get("width") == "720"
    assert svg.get("viewBox") == f"0 0 720 {svg.get('height')}"
    text = " ".join("".join(item.itertext()) for item in svg.iter() if item.tag.endswith("}text"))
    digest = Figure.objects.first().edition.figures_digest[:8]
    assert "Back-end developers, employed: pay in Germany and Poland" in text
    assert "Source: The <survey> & its people. Stack Overflow 2025, figures" in text
    assert digest in text
    assert "ODbL 1.0" in text
    assert ADDRESS in text


def test_image_needs_no_style_sheet_and_no_script(client: Client) -> None:
    body = image(client).text
    for unwanted in ("class=", "style=", "<script", "<style", "rem", "href", "var("):
        assert unwanted not in body
    assert 'fill="#fff"' in body


def test_image_is_cached_and_answered_by_its_tag(client: Client) -> None:
    first = image(client)
    assert first["Cache-Control"] == "public, max-age=2592000"
    assert 'filename="chart-so-2025-de-pl-back-end-employed.svg"' in first["Content-Disposition"]
    assert not first.cookies
    assert image(client).content == first.content
    again = client.get(ADDRESS, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_image_costs_one_query(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        image(client)
    with django_assert_num_queries(2):
        image(client, "/salaries/charts/so-2025/de/back-end/employed.svg?unit=local")


def test_other_spellings_lead_to_the_one_address(client: Client) -> None:
    response = client.get("/salaries/charts/so-2025/DE+PL.svg?unit=local")
    assert response.status_code == 301
    assert response["Location"] == f"{ADDRESS}?unit=local"


def test_money_of_the_country(client: Client) -> None:
    response = image(client, "/salaries/charts/so-2025/de/back-end/employed.svg?unit=local")
    assert "€75,000" in response.text
    assert "Converted at 0.86 EUR for 1 USD" in response.text
    assert response["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("so-2025.svg", "Write an edition and a country first"),
        ("so-2025/de/cobol.svg", "“cobol” is no role, employment or dimension."),
        ("so-2025/de+pl/employed+contractor.svg", "compares two things at once"),
        ("so-2025/xx/back-end/employed.svg", "There is no figure for this group"),
        ("so-2025%00/de/back-end/employed.svg", "letters, digits and hyphens"),
        ("so-2026/de/back-end/employed.svg", "There is no figure for this group"),  # a draft
        ("so-2025/de/back-end/employed.svg?unit=gold", "edition, local, price-level"),
        ("so-2025/de+pl/back-end/employed.svg?unit=price-level", "share no currency"),
    ],
)
def test_what_names_nothing_says_why(client: Client, address: str, words: str) -> None:
    response = client.get(f"/salaries/charts/{address}")
    assert response.status_code == 404
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert words in response.text


def test_withheld_figures_are_never_drawn(client: Client) -> None:
    draft = edition(cell(country="DE"), cell(country="PL"), slug="so-2020", is_published=False)
    draft.figures.filter(country="PL").update(is_withheld=True)
    Edition.objects.filter(pk=draft.pk).update(published_at=timezone.now(), figures_digest="a" * 64)
    body = image(client, "/salaries/charts/so-2020/de+pl/back-end/employed.svg").text
    assert "Germany: $87,000" in body
    assert "Poland" not in body
    assert client.get("/salaries/charts/so-2020/pl/back-end/employed.svg").status_code == 404


def test_head_and_other_methods(client: Client) -> None:
    assert client.head(ADDRESS).status_code == 200
    assert client.post(ADDRESS).status_code == 405
