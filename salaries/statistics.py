"""Percentiles, and how far a median can be trusted. Exact, and free of assumptions about pay."""

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the value below which a share of the values lies, between neighbours in proportion.

    `ordered` ascends and is not empty; `share` goes from 0 to 1. Raises ValueError otherwise.
    Linear interpolation of order statistics, type 7 in R. J. Hyndman and Y. Fan, Sample Quantiles
    in Statistical Packages, The American Statistician 50 (1996), 361–365.
    """
    index, rest = _position(len(ordered), share)
    if not rest:
        return ordered[index]
    return ordered[index] + (ordered[index + 1] - ordered[index]) * float(rest)


def exact_percentile(ordered: Sequence[int], share: float) -> Fraction:
    """Return the same as `percentile`, of whole numbers and without any rounding."""
    index, rest = _position(len(ordered), share)
    if not rest:
        return Fraction(ordered[index])
    return ordered[index] + (ordered[index + 1] - ordered[index]) * rest


def _position(n: int, share: float) -> tuple[int, Fraction]:
    """Return the index of the value at or before a share, and how far the next one is needed."""
    wanted = _decimal(share)
    if n < 1 or not 0 <= wanted <= 1:
        raise ValueError("A percentile needs at least one value and a share from 0 to 1.")
    index, rest = divmod(wanted * (n - 1), 1)
    return int(index), rest


@lru_cache(maxsize=4096)
def median_interval(n: int, level: float = 0.95) -> tuple[int, int] | None:
    """Return the ranks of the two answers between which the median of everybody lies.

    Ranks count from 1 in ascending order. At least a share `level` (0 to 1) of all samples of `n`
    independent answers have the true median between these two, whatever the distribution looks
    like; it is the narrowest such pair that is symmetric in rank. None where even the smallest and
    the largest answer are too close for that (n below 6 at 95 %). Raises ValueError for a level
    outside 0 to 1.

    The number of answers below the median is binomial with one half, so the pair (j, n + 1 − j)
    covers it with probability P(j ≤ B ≤ n − j). W. J. Conover, Practical Nonparametric Statistics,
    3rd ed. (1999), section 3.2; H. A. David and H. N. Nagaraja, Order Statistics, 3rd ed. (2003),
    section 7.1. Counted in whole numbers from the middle outwards, so nothing is approximated.
    """
    wanted = _decimal(level)
    if not 0 < wanted < 1:
        raise ValueError("The level of an interval lies between 0 and 1.")
    if n < 1:
        return None
    needed = math.ceil(wanted * 2**n)
    rank = (n + 1) // 2
    term = math.comb(n, rank)
    covered = 0 if n % 2 else term  # the samples, of 2**n, with rank ≤ B ≤ n − rank
    while covered < needed:
        term = term * rank // (n - rank + 1)
        rank -= 1
        if rank < 1:
            return None
        covered += 2 * term
    return rank, n + 1 - rank


def _decimal(number: float) -> Fraction:
    """Return a number as it is written: 0.1 as a tenth, without the noise of binary fractions."""
    return Fraction(str(number))
