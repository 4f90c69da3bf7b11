"""The page of a salary guide: its figure first, then the text, then what other sources say."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Reference
from articles.publishing import withdraw
from articles.tests.factories import (
    create_category,
    create_contributor,
    create_draft,
    create_live_guide,
    create_tag,
)
from evidence.tests.factories import create_claim
from salaries.tests.factories import cell, edition, main_edition, salary_guide

pytestmark = pytest.mark.django_db
PAGE = "/salaries/pay-de/"
FULL = {
    "p10": 53500,
    "p25": 69400,
    "p50": 87011,
    "p75": 104000,
    "p90": 118000,
    "ci_low": 81200,
    "ci_high": 92800,
}
EURO = [{"currency": "EUR", "per_unit": "0.86196", "kind": "inferred", "note": "By us."}]
AssertQueries = Callable[..., Any]


def panel(page: str) -> str:
    """Return the slip with the figure as text, without its drawing."""
    slip = page.split('class="slip-shadow pay-shadow"')[1].split("</section>", maxsplit=1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*</svg>", "", slip)).split())


@pytest.fixture
def page(client: Client) -> str:
    main_edition(
        cell(n=259, **FULL),
        rates=EURO,
        fieldwork_from="2025-05-29",
        fieldwork_to="2025-06-23",
    )
    salary_guide("DE")
    return client.get(PAGE).text


def test_the_figure_with_everything_that_belongs_to_it(page: str) -> None:
    words = panel(page)
    for expected in (
        "$87,000 median pay per year",
        "Half of the 259 respondents reported more than $87,000",
        "n = 259",
        "$81,000 to $93,000",
        "$69,500 to $104,000",
        "29 May 2025 to 23 June 2025",
        "Developer Survey 2025 , ODbL 1.0",
        "Pay before taxes with bonuses and perks per year, in US dollars",
        "not a sample of all developers",
    ):
        assert expected in words, expected
    assert re.search(r'href="/salaries/editions/so-2025/"><code>[0-9a-f]{8}</code>', page)


def test_local_money_with_its_rate(page: str) -> None:
    words = panel(page)
    assert "In local money €75,000 (€70,000 to €80,000)." in words
    assert "Converted at 0.86196 EUR for 1 USD" in words


def test_chart_with_a_table_of_the_same_numbers(page: str) -> None:
    assert '<svg class="plot"' in page
    assert "<title" in page
    table = page.split('<div class="table-wrap figures"')[1].split("</table>", maxsplit=1)[0]
    for amount in ("$53,500", "$69,500", "$87,000", "$104,000", "$118,000"):
        assert f">{amount}</td>" in table


def test_ways_from_the_figure(page: str) -> None:
    for address in (
        "/salaries/explore/?edition=so-2025&amp;country=DE&amp;role=back-end&amp;employment=employed",
        "/salaries/figures/so-2025/de/back-end/employed.csv",
        "/salaries/figures/so-2025/de/back-end/employed.json",
        "/salaries/charts/so-2025/de/back-end/employed.svg",
        "/salaries/#de",
    ):
        assert f'href="{address}"' in page, address


def test_the_figure_stands_before_the_text(page: str) -> None:
    order = ['id="the-figure"', 'id="key-points"', 'id="where-it-begins"', 'id="other-sources"']
    assert [page.index(mark) for mark in order] == sorted(page.index(mark) for mark in order)
    contents = page.split('class="toc__list"')[1].split("</ol>", maxsplit=1)[0]
    assert re.findall(r'href="#([^"]+)"', contents) == [
        "the-figure",
        "where-it-begins",
        "other-sources",
        "comments",
    ]


@pytest.mark.parametrize(
    ("n", "flags", "said", "unsaid"),
    [
        (259, (), "Eight in ten lie between", "indicative"),
        (60, (), "the middle half lies between", "Eight in ten"),
        (12, (), "indicative only", "The middle half"),
        (259, ("monthly-pay",), "look like pay for a month", "indicative"),
    ],
)
def test_what_is_shown_follows_the_number_of_answers(
    client: Client, n: int, flags: tuple[str, ...], said: str, unsaid: str
) -> None:
    main_edition(cell(n=n, flags=flags, **FULL))
    salary_guide("DE")
    words = panel(client.get(PAGE).text)
    assert said in words
    assert unsaid not in words


def test_a_country_that_pays_in_dollars_has_no_second_line(client: Client) -> None:
    main_edition(cell(country="US", **FULL))
    salary_guide("US")
    assert "In local money" not in client.get("/salaries/pay-us/").text


def test_without_a_rate_there_is_no_local_line(client: Client) -> None:
    main_edition(cell(**FULL))
    salary_guide("DE")
    assert "In local money" not in client.get(PAGE).text


def test_head_and_text_speak_of_the_same_edition(client: Client) -> None:
    """A newer edition waits until the text speaks of it, and the page says so."""
    main_edition(cell(n=241, p50=80500), year=2024)
    main_edition(cell(**FULL), year=2025)
    article = salary_guide("DE")
    assert "$87,000" in panel(client.get(PAGE).text)
    Reference.objects.create(article=article, kind="salary", key="so-2024")
    words = panel(client.get(PAGE).text)
    assert "$80,500" in words
    assert "There are newer figures, which this guide does not speak of yet" in words
    Reference.objects.create(article=article, kind="salary", key="so-2025")
    words = panel(client.get(PAGE).text)
    assert "$87,000" in words
    assert "newer figures" not in words


def test_drafts_of_editions_and_withheld_cells_show_nothing(client: Client) -> None:
    main_edition(cell(**FULL), is_published=False)
    salary_guide("DE")
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "the-figure" not in page.text
    assert "87,0" not in page.text


def test_a_guide_about_a_question_has_no_figure_of_its_own(client: Client) -> None:
    main_edition(cell(**FULL))
    salary_guide("", slug="how-to-read")
    page = client.get("/salaries/how-to-read/").text
    assert "the-figure" not in page
    assert "other-sources" not in page


def test_a_guide_that_no_one_filed_is_shown_as_a_guide(client: Client) -> None:
    create_live_guide(slug="loose", shelf="salaries")
    assert client.get("/salaries/loose/").status_code == 200


def test_other_sources_stand_beside_and_are_never_joined(client: Client) -> None:
    main_edition(cell(country="US", n=626, p50=175000))
    edition(
        cell(country="US", role="soc-15-1252", n=None, jobs=1693800, p50=135980),
        series="bls-oews",
        kind="official",
        short_title="BLS 2025",
    )
    salary_guide("US")
    page = client.get("/salaries/pay-us/").text
    others = page.split('id="other-sources"')[1].split("</section>")[0]
    assert "$175,000" in others
    assert "$136,000" in others
    assert "1,693,800 jobs" in others
    assert "Why BLS 2025 differs from Stack Overflow 2025" in others


def test_one_source_alone_says_so(page: str) -> None:
    assert "We hold no second source for this work in Germany." in page


def test_twins_hold_the_figure(client: Client, page: str) -> None:
    text = client.get("/salaries/pay-de.md").text
    assert "## The figure\n\n" in text
    assert "median $87,000 (n = 259)" in text
    assert "/salaries/figures/so-2025/de/back-end/employed.csv" in text
    pay = client.get("/salaries/pay-de.json").json()["pay"]
    assert (pay["median"], pay["percentile10"], pay["n"]) == (87000, 53500, 259)
    assert pay["interval"] == [81000, 93000]
    assert pay["key"] == "so-2025/de/back-end/employed"
    assert len(pay["figures_digest"]) == 64


def test_twins_without_figure(client: Client) -> None:
    salary_guide("DE")
    assert "The figure" not in client.get("/salaries/pay-de.md").text
    assert client.get("/salaries/pay-de.json").json()["pay"] is None


def make_scheduled(**fields):
    return create_live_guide(at=timezone.now() + timedelta(days=1), **fields)


def make_withdrawn(**fields):
    article = create_live_guide(at=timezone.now() - timedelta(days=2), **fields)
    withdraw(article, reason="It was wrong.")
    return article


@pytest.mark.parametrize("make", [create_draft, make_scheduled, make_withdrawn])
def test_hidden_guides_answer_nowhere_and_are_named_nowhere(client: Client, make: Any) -> None:
    main_edition(cell(**FULL))
    category, tag = create_category(slug="pay"), create_tag(slug="pay")
    author = create_contributor(slug="ada")
    filed = {"category": category, "tags": [tag], "authors": [author]}
    salary_guide("DE", title="Secret pay", make=make, **filed)
    salary_guide("PL", **filed)
    for form in (PAGE, "/salaries/pay-de.md", "/salaries/pay-de.json", f"{PAGE}changes/"):
        assert client.get(form).status_code == 404, form
    for address in (
        *("/", "/salaries/", "/salaries/pay-pl/", "/guides/"),
        *("/categories/pay/", "/tags/pay/", "/people/ada/"),
    ):
        response = client.get(address)
        assert response.status_code == 200, address
        assert "Secret pay" not in response.text, address
        assert "pay-de" not in response.text, address


@pytest.mark.parametrize("count", [1, 25])
def test_fixed_price(client: Client, count: int, django_assert_num_queries: AssertQueries) -> None:
    for year in (2024, 2025):
        main_edition(
            cell(**FULL),
            *(cell(country=f"A{letter}", n=100) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXY"[:count]),
            rates=EURO,
            year=year,
        )
    tags = [create_tag() for _ in range(count)]
    claims = [create_claim() for _ in range(count)]
    guides = [create_live_guide() for _ in range(count)]
    body = "## Text\n\n" + "\n\n".join(
        f"[[claim:{claim.key}]] [[salary:so-{year}/{code}]]"
        for claim in claims
        for year in (2024, 2025)
        for code in ("de", "aa")
    )
    category = create_category()
    for position, code in enumerate(["PL", "DE", "NL"]):
        salary_guide(
            code,
            category=category,
            position=position,
            tags=tags,
            related=guides,
            authors=[create_contributor() for _ in range(count)],
            body=body,
        )
    with django_assert_num_queries(13):
        assert client.get(PAGE).status_code == 200
    with django_assert_num_queries(8):
        client.get("/salaries/pay-de.md")
    with django_assert_num_queries(6):
        client.get("/salaries/pay-de.json")
