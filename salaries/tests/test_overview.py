"""The overview of pay: how far to trust it, the world, countries in rank, guides, ways on."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from articles.publishing import withdraw
from articles.tests.factories import create_draft
from salaries.tests.factories import cell, edition, main_edition, salary_guide

pytestmark = pytest.mark.django_db
PAGE = "/salaries/"
QUARTILES = {"p25": 60000, "p75": 100000, "ci_low": 70000, "ci_high": 90000}
AssertQueries = Callable[..., Any]


@pytest.fixture
def survey() -> None:
    """Publish an edition of the world and four countries, one of them with few answers."""
    main_edition(
        cell(country="001", n=3189, p10=22500, p90=200000, **QUARTILES | {"p50": 81500}),
        cell(
            country="US", n=626, p50=175000, p25=140000, p75=235000, ci_low=170000, ci_high=180000
        ),
        cell(country="DE", n=259, p50=87011, **QUARTILES),
        cell(country="PL", n=94, **QUARTILES | {"p50": 64932, "ci_low": 55000}),
        cell(country="FI", n=11, p50=76500, ci_low=60000, ci_high=90000),
        cell(country="DE", role="full-stack", n=400, **QUARTILES | {"p50": 70000}),
    )


def rows(page: str) -> list[tuple[str, str, str]]:
    """Return name, median and answers of each line of the ranking."""
    return re.findall(
        r'<th scope="row"><a href="[^"]+">([^<]+)</a></th><td class="ranking__median">([^<]+)</td>'
        r'.*?<td class="ranking__n">([^<]+)</td>',
        page,
    )


@pytest.mark.usefixtures("survey")
def test_countries_stand_in_rank_with_their_answers(client: Client) -> None:
    assert rows(client.get(PAGE).text) == [
        ("United States", "$175,000", "626"),
        ("Germany", "$87,000", "259"),
        ("Poland", "$65,000", "94"),
    ]


@pytest.mark.usefixtures("survey")
def test_every_line_has_its_drawing_and_its_interval(client: Client) -> None:
    line = client.get(PAGE).text.split('<tr id="us">')[1].split("</tr>")[0]
    assert '<svg class="plot"' in line
    assert 'aria-hidden="true"' in line  # the cells beside it say the same
    assert "$170,000 to $180,000" in line
    assert "p-dot" in line
    assert "p-interval" in line


@pytest.mark.usefixtures("survey")
def test_few_answers_are_counted_and_not_ranked(client: Client) -> None:
    page = client.get(PAGE).text
    assert "1 more with 10 to 29 is in" in page
    assert "Finland" not in page


@pytest.mark.usefixtures("survey")
def test_the_world_with_source_and_digest(client: Client) -> None:
    page = client.get(PAGE).text
    slip = page.split('class="specimen', maxsplit=1)[1].split("</figure>")[0]
    assert "$81,500" in slip
    assert "Half of the 3,189 respondents reported more than $81,500" in slip
    assert 'href="/salaries/editions/so-2025/"' in slip
    assert re.search(r"figures <code>[0-9a-f]{8}</code>", slip)


@pytest.mark.usefixtures("survey")
def test_what_to_do_and_how_far_to_trust_it_come_first(client: Client) -> None:
    page = client.get(PAGE).text
    assert '<a class="start__link" href="#ranking-title">Pay in 3 countries, ranked</a>' in page
    assert page.index("How far to trust it") < page.index('class="ranking__table"')


@pytest.mark.usefixtures("survey")
def test_guides_of_countries_and_questions(client: Client) -> None:
    salary_guide("DE", slug="backend-germany")
    salary_guide("FI", slug="backend-finland")
    salary_guide("DE", role="full-stack", slug="full-stack-germany")
    salary_guide("", title="How to read a figure", slug="how-to-read")
    page = client.get(PAGE).text
    guides = page.split('class="country-guides"')[1].split("</ul>")[0]
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', guides) == [
        ("/salaries/backend-finland/", "Finland"),
        ("/salaries/backend-germany/", "Germany"),
        ("/salaries/full-stack-germany/", "Germany: full-stack developers"),
    ]
    assert "$76,500" in guides
    assert "n\u00a0=\u00a011, indicative" in guides
    assert "$70,000" in guides  # the figure of the role that the guide is about
    assert '<h3 class="entry__title"><a href="/salaries/how-to-read/">How to read a figure' in page
    ranking = page.split('class="ranking__table"')[1]
    assert '<a href="/salaries/backend-germany/">Germany</a>' in ranking


@pytest.mark.usefixtures("survey")
def test_a_country_without_guide_leads_to_the_explorer(client: Client) -> None:
    line = client.get(PAGE).text.split('<tr id="us">')[1].split("</tr>")[0]
    assert 'href="/salaries/explore/?edition=so-2025&amp;country=US' in line


@pytest.mark.usefixtures("survey")
def test_hidden_guides_are_not_named(client: Client) -> None:
    withdraw(salary_guide("DE", title="Secret one"), reason="It was wrong.")
    salary_guide("PL", title="Secret two", make=create_draft)
    salary_guide("", title="Secret three", make=create_draft)
    page = client.get(PAGE).text
    assert "Secret" not in page
    assert "country-guides" not in page


def test_the_latest_edition_is_shown_and_drafts_are_not(client: Client) -> None:
    main_edition(cell(country="US", n=500, p50=150000), year=2024)
    main_edition(cell(country="US", n=626, p50=175000), year=2025)
    main_edition(cell(country="US", n=700, p50=999000), year=2026, is_published=False)
    edition(cell(country="US", n=900, p50=135980), series="other", year=2027)
    page = client.get(PAGE).text
    assert rows(page) == [("United States", "$175,000", "626")]
    assert "Medians by country, 2025" in page
    assert "Stack Overflow 2025, 2024" in page


def test_ways_on(client: Client) -> None:
    page = client.get(PAGE).text
    for address in ("/salaries/explore/", "/salaries/sources/", "/salaries/editions/"):
        assert f'href="{address}"' in page


def test_without_figures_it_says_so(client: Client) -> None:
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "No pay figures are loaded yet" in page.text
    assert "ranking__table" not in page.text


def test_an_edition_without_firm_figures_draws_nothing(client: Client) -> None:
    main_edition(cell(country="FI", n=11, p50=76500))
    page = client.get(PAGE).text
    assert "ranking__table" not in page
    assert "No pay figures" not in page


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_reading(client: Client, method: str) -> None:
    assert getattr(client, method)(PAGE).status_code == 405


def test_no_cookie(client: Client) -> None:
    assert not client.get(PAGE).cookies


@pytest.mark.parametrize("count", [2, 20])
def test_fixed_price(client: Client, count: int, django_assert_num_queries: AssertQueries) -> None:
    codes = [f"{first}{second}" for first in "ABCDE" for second in "STVWX"][:count]
    main_edition(
        cell(country="001", n=3000, **QUARTILES),
        *(cell(country=code, n=100, **QUARTILES) for code in codes),
    )
    for code in codes:
        salary_guide(code)
        salary_guide("", slug=f"question-{code.lower()}")
    with django_assert_num_queries(3):
        client.get(PAGE)
