"""Selections in words."""

import pytest

from salaries.selection import parse
from salaries.titles import people, title_of

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
