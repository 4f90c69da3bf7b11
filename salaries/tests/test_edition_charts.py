"""Editions of one series beside each other."""

import pytest

from salaries.tests.drawings import drawing, looks, page, words
from salaries.tests.factories import cell, edition

pytestmark = pytest.mark.django_db


def years(*medians: int, spread: int = 6_000) -> str:
    for number, median in enumerate(medians):
        edition(
            cell(n=240 + number, p50=median, ci_low=median - spread, ci_high=median + spread),
            slug=f"so-{2024 + number}",
            year=2024 + number,
            series="stack-overflow",
            short_title=f"Stack Overflow {2024 + number}",
        )
    return "+".join(f"so-{2024 + number}" for number in range(len(medians)))


def test_editions_of_one_series_make_a_slope() -> None:
    key = f"{years(80_000, 87_000)}/de"
    svg = drawing(key)
    assert len(looks(svg, "p-trend")) == 1
    assert {"$80,000", "$87,000", "2024", "2025", "n\u00a0=\u00a0240"} <= set(words(svg))
    html = page(key)
    assert "Germany: pay in 2024 and 2025" in html
    assert "The intervals of 2024 and 2025 overlap: this may be no change." in html
    assert "the rise of prices is not taken out" in html
    assert "a change of the exchange rate looks like a change of pay" in html


def test_intervals_apart_are_said_to_be() -> None:
    html = page(f"{years(80_000, 87_000, spread=1_000)}/de")
    assert "do not overlap: chance alone hardly explains the change" in html


def test_editions_of_two_series_are_never_joined() -> None:
    edition(cell(p50=80_000), slug="a-2024", series="a", year=2024, short_title="A 2024")
    edition(cell(p50=87_000), slug="b-2025", series="b", year=2025, short_title="B 2025")
    svg = drawing("a-2024+b-2025/de")
    assert not looks(svg, "p-trend")
    assert svg[0].text == "Back-end developers, employed, Germany: pay in A 2024 and B 2025"
