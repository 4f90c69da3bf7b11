"""Selections in words."""

import pytest

from salaries.selection import parse
from salaries.titles import dated_title_of, people, title_of, value_words

BACK_END = "Back-end developers"


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("so-2025/001", f"{BACK_END}, employed, worldwide: pay"),
        ("so-2025/us/sre", "Site reliability engineers, employed, US: pay"),
        ("so-2025/de/contractor", f"{BACK_END}, independent contractors, DE: pay"),
        ("so-2025/de/employed+contractor", f"{BACK_END}, DE: pay of employees and contractors"),
        ("so-2025/de/back-end+devops", "Employed, DE: pay by role"),
        (
            "so-2025/de/years_coding_total:5-9",
            f"{BACK_END}, employed, DE, 5–9 years of coding: pay",
        ),
        ("so-2025/de/language:go", f"{BACK_END}, employed, DE, working with Go: pay"),
        ("so-2024/de/org_size", f"{BACK_END}, employed, DE: pay by size of the organisation"),
        ("so-2025/de+at+ch+nl+be", f"{BACK_END}, employed: pay in 5 countries"),
        ("so-2023+so-2025/de", f"{BACK_END}, employed, DE: pay in 2023 and 2025"),
    ],
)
def test_titles(key: str, title: str) -> None:
    assert title_of(parse(key), {"go": "Go", "5-9": "5–9 years"}) == title


def test_people_of_a_role() -> None:
    assert people("all-developers") == "Developers of every kind"
    assert people("devops") == "DevOps engineers"
    assert people("soc-15-1252") == "Software developers"


@pytest.mark.parametrize(
    ("dimension", "label", "words"),
    [
        ("org_size", "20 to 99", "organisation of 20 to 99 people"),
        ("org_size", "1,000 to 4,999", "organisation of 1,000 to 4,999 people"),
        ("org_size", "Fewer than 20", "organisation of fewer than 20 people"),
        ("org_size", "1 person", "organisation of 1 person"),
        ("company_size", "3 to 5 people", "organisation of 3 to 5 people"),
        ("org_size", "The person did not know", "The person did not know"),
        ("remote", "Partly remote", "Partly remote"),
    ],
)
def test_a_value_stands_by_itself(dimension: str, label: str, words: str) -> None:
    assert value_words(dimension, label) == words


def test_a_chart_by_itself_names_its_year() -> None:
    one = parse("so-2025/de/years_coding_total")
    years = parse("so-2024+so-2025/de")
    names = {"so-2025": "Stack Overflow 2025", "DE": "Germany"}

    assert dated_title_of(one, names).endswith("Germany: pay by years of coding, 2025")
    assert dated_title_of(years, names) == title_of(years, names)


def test_the_world_is_no_country() -> None:
    title = title_of(parse("so-2025/001+us+ca+gb+de+in"), {})
    assert title.endswith("pay in 5 countries and the world")
