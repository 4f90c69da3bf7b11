"""Several sources next to each other, with the reasons why they differ, and never joined."""

import ast
import inspect
import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from salaries import comparison
from salaries.comparison import side_by_side
from salaries.tests.factories import cell, edition

PAGE = "/salaries/sources/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    amounts = {"p25": 140000, "p50": 175000, "p75": 235000}
    return edition(
        cell(country="US", n=626, **amounts),
        cell(country="US", n=12437, role="all-developers", p50=150000),
        cell(country="FI", n=102, role="all-developers", p25=60000, p50=75500, p75=93000),
        cell(country="FI", n=11, p50=76500),
        cell(country="DE", n=259),
        slug="so-2025",
        series="stack-overflow",
        short_title="Stack Overflow 2025",
        fieldwork_from="2025-05-29",
        fieldwork_to="2025-06-23",
        conversion_on="2025-06-24",
    )


def official(year: int, **amounts):
    usual = {"p25": 105210, "p50": 135980, "p75": 171980}
    return edition(
        cell(role="soc-15-1252", country="US", n=None, jobs=1687890, **{**usual, **amounts}),
        cell(role="soc-15-1254", country="US", n=None, jobs=70190, p50=92650),
        slug=f"bls-{year}",
        series="bls-oews",
        short_title=f"US official statistics {year}",
        kind="official",
        pay_basis="gross-base",
        year=year,
        fieldwork_to=f"{year}-05",
    )


@pytest.fixture
def statistics():
    official(2024, p50=133080)
    return official(2025)


@pytest.fixture
def finnish():
    return edition(
        cell(country="FI", role="all-developers", n=327, p25=4500, p50=5279, p75=6000),
        cell(country="FI", n=36, p25=4544, p50=5875, p75=6776),
        slug="koodiklinikka-2025",
        series="koodiklinikka",
        short_title="Koodiklinikka 2025",
        pay_basis="gross-base",
        period="month",
        currency="EUR",
        fieldwork_from="2026-02-09",
        fieldwork_to="2026-03-03",
    )


def words(response) -> str:
    apart = re.sub(r"<(dd|div|h\d|li|p|span|ul)\b", r" <\1", response.text)
    return " ".join(unescape(strip_tags(apart)).split())


def test_survey_and_statistics_stand_side_by_side(survey, statistics):
    first, second = side_by_side("US", "back-end")

    assert (first.edition.slug, second.edition.slug) == ("so-2025", "bls-2025")
    assert (first.median, first.middle) == ("$175,000", "$140,000 to $235,000")
    assert (second.median, second.middle) == ("$136,000", "$105,000 to $172,000")
    assert (first.count, second.count) == ("626 answers", "1,687,890 jobs")
    assert (first.date, second.date) == ("29 May 2025 to 23 June 2025", "May 2025")
    assert second.definition.endswith("under occupation code 15-1252")


def test_each_reason_is_told(survey, statistics):
    first, second = side_by_side("US", "back-end")

    assert first.differences == ()
    text = " ".join(second.differences)
    assert "Employers report for the jobs on their payroll" in text
    assert "“Software developers” is an occupation that a statistician assigns." in text
    assert "gross base pay, without bonuses and shares; in Stack Overflow 2025: gross" in text
    assert "The times differ: May 2025; in Stack Overflow 2025, 29 May 2025 to 23 June" in text
    assert "a month" not in text
    assert "Amounts are in" not in text


def test_pay_of_a_month_stays_pay_of_a_month(survey, finnish):
    _, row = side_by_side("FI", "all-developers")

    assert row.median == "€5,300 a month".replace(" ", "\xa0")
    assert row.middle == "€4,500 to €6,000\xa0a\xa0month"
    text = " ".join(row.differences)
    assert "Pay is given per month, in Stack Overflow 2025 per year. We leave it so" in text
    assert "Amounts are in EUR, in Stack Overflow 2025 in USD." in text
    assert "converted at the rates of one day, 24 June 2025." in text
    assert "Both are voluntary surveys, but other people answered them." in text
    assert "occupation" not in text


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("back-end", "soc-15-1252"),
        ("full-stack", "soc-15-1252"),
        ("all-developers", "soc-15-1252"),
        ("front-end", "soc-15-1254"),
    ],
)
def test_which_occupation_is_nearest_to_a_role(statistics, role, code):
    (row,) = side_by_side("US", role)

    assert row.shown.figure.role == code


@pytest.mark.parametrize("role", ["devops", "sre", "soc-15-1252", "nonsense"])
def test_roles_without_a_counterpart_have_no_comparison(survey, statistics, role):
    assert side_by_side("US", role) == []


def test_few_answers_show_no_quartiles(survey, finnish):
    first, second = side_by_side("FI", "back-end")

    assert first.count == "11 answers, indicative"
    assert first.middle == ""
    assert second.count == "36 answers"
    assert second.middle


def test_only_what_is_public_is_compared(survey):
    edition(
        cell(role="soc-15-1252", country="US", n=None, jobs=1),
        slug="bls-2026",
        series="bls-oews",
        kind="official",
        year=2026,
        is_published=False,
    )

    assert [row.edition.slug for row in side_by_side("US", "back-end")] == ["so-2025"]


def test_a_comparison_is_one_query(survey, statistics, django_assert_num_queries):
    with django_assert_num_queries(1):
        side_by_side("US", "back-end")


def test_no_function_makes_one_amount_of_two():
    tree = ast.parse(inspect.getsource(comparison))
    operators = {type(node.op) for node in ast.walk(tree) if isinstance(node, ast.BinOp)}

    # Conditions are joined, words are joined; nothing is subtracted, multiplied or divided.
    assert operators <= {ast.BitOr, ast.Add}
    assert not {"sum", "fmean", "mean", "Avg"} & {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name)
    }


def test_the_page_shows_both_places(client, survey, statistics, finnish):
    text = words(client.get(PAGE))

    assert "Back-end developers in the United States" in text
    assert "Developers of every kind in Finland" in text
    assert "$175,000 median per year" in text
    assert "€5,300 a month median" in text
    assert "Why US official statistics 2025 differs from Stack Overflow 2025" in text
    assert "Why Koodiklinikka 2025 differs from Stack Overflow 2025" in text
    assert "We never average them" in text


def test_places_with_one_source_are_left_out(client, survey, statistics):
    text = words(client.get(PAGE))

    assert "Back-end developers in the United States" in text
    assert "Finland" not in text


def test_without_sources_the_page_says_so(client):
    response = client.get(PAGE)

    assert response.status_code == 200
    assert "There is nothing to compare yet" in words(response)
    assert "Which one is for you?" not in words(response)


def test_the_page_is_only_read(client, django_assert_num_queries):
    assert client.post(PAGE).status_code == 405
    with django_assert_num_queries(4):
        assert not client.get(PAGE).cookies
