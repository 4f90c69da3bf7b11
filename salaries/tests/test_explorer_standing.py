"""Where an amount stands among percentiles, and how sure that is."""

import random
from decimal import Decimal

import pytest

from salaries.explorer.standing import SHARES, place, wilson
from salaries.statistics import percentile

KNOWN = {
    "p10": Decimal(50),
    "p25": Decimal(75),
    "p50": Decimal(100),
    "p75": Decimal(125),
    "p90": Decimal(150),
}
INTERVAL = (Decimal(95), Decimal(105))


def test_wilson_matches_the_published_example() -> None:
    """E. B. Wilson (1927); 81 of 263: 0.2553 to 0.3662, in R. G. Newcombe, Statistics in Medicine
    17 (1998), 857–872, table I."""
    low, high = wilson(81 / 263, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert wilson(0, 10)[0] == pytest.approx(0, abs=1e-12)
    assert wilson(1, 10)[1] == pytest.approx(1)
    with pytest.raises(ValueError, match="at least one answer"):
        wilson(0.5, 0)


@pytest.mark.parametrize(
    ("amount", "at_least", "at_most", "about"),
    [
        ("40", 0, 10, None),
        ("50", 10, 10, 10),
        ("60", 10, 25, 16),
        ("100", 50, 50, 50),
        ("110", 50, 75, 60),
        ("150", 90, 90, 90),
        ("151", 90, 100, None),
    ],
)
def test_places_between_and_beyond_the_percentiles(
    amount: str, at_least: int, at_most: int, about: float | None
) -> None:
    found = place(Decimal(amount), KNOWN, INTERVAL, 200)
    assert (found.at_least, found.at_most, found.about) == (at_least, at_most, about)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.at_least <= found.at_most <= found.high or about is not None


def test_equal_percentiles_give_the_range_between_them() -> None:
    found = place(Decimal(100), KNOWN | {"p75": Decimal(100)}, INTERVAL, 200)
    assert (found.at_least, found.at_most, found.about) == (50, 75, None)
    assert found.is_tied


def test_the_interval_trusts_the_percentiles_and_not_what_lies_between_them() -> None:
    """Of people who all earn 76 or 99 in the second quarter, 26 or 49 in 100 earn less than 98."""
    found = place(Decimal(98), KNOWN, INTERVAL, 5000)
    assert found.about == 48
    assert found.low is not None
    assert found.high is not None
    assert found.low < 26
    assert found.high > 49
    assert found.low == pytest.approx(100 * wilson(0.25, 5000)[0])
    assert found.high == pytest.approx(100 * wilson(0.5, 5000)[1])


def test_the_interval_holds_the_true_share_where_pay_stands_on_round_amounts() -> None:
    """Samples of 1,500 from pay that comes in steps of ten thousand: at least 93 in 100 hold it."""
    chance = random.Random(20250529)
    pay = [10_000 * step for step in range(3, 20) for _ in range(40 - 2 * abs(step - 8))]
    held = asked = 0
    for _ in range(120):
        sample = sorted(chance.choices(pay, k=1500))
        known = {name: Decimal(percentile(sample, share / 100)) for name, share in SHARES.items()}
        for amount in (45_500, 52_000, 79_000, 99_500, 121_000):
            found = place(Decimal(amount), known, (None, None), len(sample))
            share = 100 * sum(one < amount for one in pay) / len(pay)
            assert found.low is not None
            assert found.high is not None
            held += found.low <= share <= found.high
            asked += 1
    assert held / asked >= 0.93


def test_only_what_is_shown_is_used() -> None:
    median_only = {"p10": None, "p25": None, "p50": Decimal(100), "p75": None, "p90": None}
    above = place(Decimal(104), median_only, INTERVAL, 13)
    assert (above.at_least, above.at_most, above.about) == (50, 100, None)
    assert above.near_median
    assert not place(Decimal(106), median_only, INTERVAL, 13).near_median
    with pytest.raises(ValueError, match="Nothing is known"):
        place(Decimal(100), dict.fromkeys(KNOWN), INTERVAL, 13)
