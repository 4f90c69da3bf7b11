"""Percentiles and the interval of the median: against known values, in theory and in trials."""

import random
from fractions import Fraction
from itertools import accumulate
from math import comb
from statistics import median, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salaries.statistics import exact_percentile, median_interval, percentile

PAY = st.lists(st.integers(min_value=0, max_value=10**9), min_size=2, max_size=60).map(sorted)


@given(PAY)
def test_percentiles_agree_with_the_standard_library(pay: list[int]) -> None:
    expected = quantiles(pay, n=100, method="inclusive")
    for share in (10, 25, 50, 75, 90):
        assert percentile(pay, share / 100) == pytest.approx(expected[share - 1])
        assert float(exact_percentile(pay, share / 100)) == pytest.approx(expected[share - 1])


def test_percentiles_are_exact_where_binary_fractions_are_not() -> None:
    assert exact_percentile([0, 1, 2, 3], 0.1) == Fraction(3, 10)
    assert exact_percentile([100, 200, 300], 0.9) == 280
    assert exact_percentile([7], 0.9) == 7
    assert percentile([1.5, 2.5], 0) == 1.5
    assert percentile([1.5, 2.5], 1) == 2.5


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1], -0.1), ([1], 1.1)])
def test_no_percentile_of_nothing_or_outside(values: list[int], share: float) -> None:
    with pytest.raises(ValueError, match="share from 0 to 1"):
        percentile(values, share)


# From the tables of the sign test, two-sided 95 %: Conover (1999), table A3.
@pytest.mark.parametrize(
    ("n", "ranks"),
    [(0, None), (5, None), (6, (1, 6)), (9, (2, 8)), (10, (2, 9)), (20, (6, 15)), (100, (40, 61))],
)
def test_ranks_as_printed_in_tables(n: int, ranks: tuple[int, int] | None) -> None:
    assert median_interval(n) == ranks


def test_the_interval_covers_and_is_as_narrow_as_can_be() -> None:
    for n in range(10, 501):
        below = list(accumulate(comb(n, k) for k in range(n + 1)))  # samples of 2**n with B ≤ k
        low, high = median_interval(n) or (0, 0)
        assert high == n + 1 - low
        assert Fraction(2**n - 2 * below[low - 1], 2**n) >= Fraction(95, 100), n
        assert Fraction(2**n - 2 * below[low], 2**n) < Fraction(95, 100), n


def test_the_interval_covers_the_median_of_skewed_pay_in_trials() -> None:
    chance = random.Random(20260922)
    trials = 2000
    for n in (10, 17, 30, 61, 100, 500):
        low, high = median_interval(n) or (0, 0)
        hits = 0
        for _ in range(trials):
            pay = sorted(chance.lognormvariate(11, 0.8) for _ in range(n))
            hits += pay[low - 1] <= 59_874.1417 <= pay[high - 1]  # e to the 11th: the true median
        assert hits / trials >= 0.93, (n, hits / trials)


def test_a_large_survey_needs_no_approximation() -> None:
    assert median_interval(100_000) == (49_690, 50_311)  # 1.96 × √n / 2 = 309.9 from the middle
    for n in range(1_000, 3_000, 37):
        low, _ = median_interval(n) or (0, 0)
        assert low == pytest.approx(n / 2 - 1.959964 * n**0.5 / 2, abs=1.1)


def test_other_levels_and_impossible_ones() -> None:
    assert median_interval(10, 0.5) == (4, 7)
    wide, usual = median_interval(100, 0.99), median_interval(100)
    assert wide is not None
    assert usual is not None
    assert wide[0] < usual[0]
    for level in (0, 1, 1.5):
        with pytest.raises(ValueError, match="between 0 and 1"):
            median_interval(10, level)


@given(PAY.filter(lambda pay: len(pay) > 5))
def test_the_median_lies_inside_its_interval(pay: list[int]) -> None:
    low, high = median_interval(len(pay)) or (0, 0)
    assert pay[low - 1] <= median(pay) <= pay[high - 1]
