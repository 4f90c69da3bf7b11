"""The list of editions and the page of each: where figures come from, and how to cite them."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from articles.models import Reference
from articles.tests.factories import create_live_guide
from evidence.tests.factories import create_source
from salaries.editions import publish
from salaries.tests.factories import cell, edition

LIST = "/salaries/editions/"
PAGE = "/salaries/editions/so-2025/"

pytestmark = pytest.mark.django_db


def survey(*cells, **fields):
    usual = {
        "slug": "so-2025",
        "title": "Developer Survey 2025",
        "series": "stack-overflow",
        "fieldwork_from": "2025-05-29",
        "fieldwork_to": "2025-06-23",
        "released": "2025-07-29",
        "population": "Volunteers from 177 countries.",
        "question": "Current total annual compensation.",
        "method": "**Which pay counts.** At least $1,000.",
        "limits": "- **Not a sample.** They chose to answer.",
        "conversion_note": "Converted at the rates of one day.",
        "verification_note": "The median equals the printed one.",
        "licence_url": "https://example.org/licence",
        "input_name": "results.csv",
        "input_digest": "ab" * 32,
    }
    return edition(*cells, **{**usual, **fields})


def words(response) -> str:
    apart = re.sub(r"<(dd|div|h\d|li|p|span|ul)\b", r" <\1", response.text)
    return " ".join(unescape(strip_tags(apart)).split())


def test_without_editions_the_list_says_so(client):
    response = client.get(LIST)

    assert response.status_code == 200
    assert "No edition is published yet." in words(response)


def test_the_list_tells_the_editions_apart(client):
    survey(
        cell(role="all-developers", country="001", n=12437),
        cell(role="all-developers", country="001", employment="contractor", n=1867),
        cell(role="all-developers", country="US", n=3000),
        scope="All countries.",
    )
    edition(
        cell(role="soc-15-1252", country="US", n=None, jobs=1687890),
        slug="bls-2025",
        title="Official statistics, May 2025",
        series="bls",
        kind="official",
        pay_basis="gross-base",
        verification="matched",
        licence="Public domain",
    )
    text = words(client.get(LIST))

    assert "Developer Survey 2025 All countries. Computed from all the answers" in text
    assert "12,437 employees and 1,867 contractors ODbL 1.0" in text
    assert "Official statistics, May 2025 Figures match what the publisher printed." in text
    assert "1,687,890 jobs of software developers Public domain" in text
    assert "Voluntary survey. Gross, everything together: salary, bonuses and perks, per" in text
    assert "Official statistics. Gross base pay, without bonuses and shares, per year." in text


def test_the_list_groups_by_source_with_the_newest_year_first(client):
    for year in (2023, 2025, 2024):
        survey(slug=f"so-{year}", year=year, title=f"Developer Survey {year}")
    html = client.get(LIST).text

    assert html.count('<section class="shelf') == 1
    assert re.findall(r">Developer Survey (\d+)</a>", html) == ["2025", "2024", "2023"]


def test_drafts_and_editions_of_tomorrow_are_not_listed(client):
    survey(is_published=False, title="A draft")
    later = survey(is_published=False, slug="so-2026", title="Set for tomorrow")
    publish(later, at=timezone.now() + timedelta(days=1))

    text = words(client.get(LIST))
    assert "A draft" not in text
    assert "Set for tomorrow" not in text
    assert client.get(PAGE).status_code == 404
    assert client.get("/salaries/editions/so-2026/").status_code == 404
    assert client.get("/salaries/editions/never/").status_code == 404


def test_the_page_tells_how_the_figures_came_about(client):
    found = survey()
    text = words(client.get(PAGE))

    assert "Volunteers from 177 countries." in text
    assert "Answered 29 May 2025 to 23 June 2025" in text
    assert "Published by the source 29 July 2025" in text
    assert "Asked for Current total annual compensation." in text
    assert "Pay Gross, everything together: salary, bonuses and perks, USD per year" in text
    assert "Converted Converted at the rates of one day." in text
    assert "The median equals the printed one." in text
    assert f"SHA-256 {found.figures_digest}" in text
    assert f"results.csv, SHA-256 {'ab' * 32}" in text
    assert "Which pay counts. At least $1,000." in text
    assert "Not a sample. They chose to answer." in text


def test_the_page_says_how_to_cite(client):
    found = survey()
    html = client.get(PAGE).text
    text = words(client.get(PAGE))

    day = f"{found.published_at.day} {found.published_at:%B %Y}"
    assert (
        f"Figures {found.figures_digest[:8]}, so-2025, published by Backend Guide on {day}" in text
    )
    assert "http://localhost:8000/salaries/editions/so-2025/" in text
    assert '<a href="https://example.org/licence" rel="license external">ODbL 1.0</a>' in html


def test_the_rules_of_disclosure_are_told_with_their_counts(client):
    cells = [cell(n=100), cell(country="NL", n=99), cell(country="PL", n=12)]
    survey(*cells)
    text = words(client.get(PAGE))

    assert "100 answers and more: all five percentiles and the interval of the median. 1 f" in text
    assert "30 to 99 answers: the quartiles, the median and its interval. 1 figure here." in text
    assert "10 to 29 answers: the median, marked as indicative, and its interval. 1 figure" in text
    assert "Fewer than 10 answers: nothing." in text
    assert "No figure had to be kept back" in text


def test_the_page_says_how_many_figures_are_kept_back_but_not_which(client):
    bands = (("5-9", 31), ("10-14", 25), ("15-19", 17), ("20+", 22))
    cells = [cell(dimension="years_coding_total", value=band, n=n) for band, n in bands]
    survey(cell(n=100), *cells)
    text = words(client.get(PAGE))

    assert "1 more figure is kept back" in text
    assert "10 to 29 answers: the median, marked as indicative, and its interval. 2 f" in text
    assert "17" not in re.sub(r"177 countries|[0-9a-f]{8,}", "", text)


def test_official_statistics_have_other_words(client):
    edition(
        cell(role="soc-15-1252", country="US", n=None, jobs=10),
        slug="so-2025",
        kind="official",
        fieldwork_to="2025-05",
        question="Straight-time pay.",
    )
    text = words(client.get(PAGE))

    assert "About May 2025" in text
    assert "Measured Straight-time pay." in text
    assert "Official statistics are shown as their publisher printed them." in text
    assert "Fewer than 10" not in text
    assert "Explore them" not in text


def test_rates_are_listed_with_where_they_come_from(client):
    rate = {"currency": "EUR", "per_unit": "0.86196", "kind": "inferred", "note": "From 87%."}
    survey(rates=[rate])
    text = words(client.get(PAGE))

    assert "1 rate, in units for one USD" in text
    assert "EUR 0.86196 Inferred by us. From 87%." in text


def test_the_page_names_the_guides_that_use_the_edition(client):
    survey()
    guide = create_live_guide(title="What developers earn in Germany")
    other = create_live_guide(title="Something else")
    assert "No guide uses this edition at present." in words(client.get(PAGE))

    Reference.objects.create(article=guide, kind="salary", key="so-2025")
    Reference.objects.create(article=other, kind="salary", key="so-2024")
    text = words(client.get(PAGE))

    assert "What developers earn in Germany" in text
    assert "Something else" not in text
    assert "No guide uses" not in text


def test_structured_data_equals_the_page(client):
    source = create_source(title="Survey of developers", url="https://survey.example.org/2025/")
    survey(source=source, scope="All countries.")
    response = client.get(PAGE)
    (raw,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.text)
    dataset, crumbs = json.loads(raw)["@graph"]
    text = words(response)

    assert dataset["@type"] == "Dataset"
    assert dataset["name"] == "Developer Survey 2025"
    assert dataset["description"] in text
    assert dataset["spatialCoverage"] in text
    assert dataset["creditText"] in text
    assert dataset["license"] == "https://example.org/licence"
    assert dataset["license"] in response.text
    assert dataset["isBasedOn"] == "https://survey.example.org/2025/"
    assert dataset["temporalCoverage"] == "2025-05-29/2025-06-23"
    assert {item["unitText"] for item in dataset["variableMeasured"]} == {"USD per year"}
    assert [item["@type"] for item in dataset["distribution"]] == ["DataDownload"] * 2
    for item in dataset["distribution"]:
        path = item["contentUrl"].removeprefix("http://localhost:8000")
        assert f'href="{path}"' in response.text
        assert client.get(path)["Content-Type"].startswith(item["encodingFormat"])
    assert [item["name"] for item in crumbs["itemListElement"]] == [
        "Salaries",
        "Editions",
        "Developer Survey 2025",
    ]


def test_words_of_an_edition_cannot_break_out_of_the_page(client):
    survey(title="<script>alert(1)</script>", population="</script><b>bold</b>")
    html = client.get(PAGE).text

    assert "<script>alert" not in html
    assert "</script><b>" not in html


@pytest.mark.parametrize("address", [LIST, PAGE])
def test_pages_are_only_read_and_set_no_cookie(client, address):
    survey()

    assert client.post(address).status_code == 405
    response = client.get(address)
    assert "Set-Cookie" not in response
    assert not response.cookies


def test_pages_need_few_queries(client, django_assert_num_queries):
    for year in (2023, 2024, 2025):
        survey(cell(role="all-developers", n=500), slug=f"so-{year}", year=year)

    with django_assert_num_queries(2):
        client.get(LIST)
    with django_assert_num_queries(5):
        client.get(PAGE)
