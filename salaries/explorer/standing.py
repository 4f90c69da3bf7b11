"""Where an amount of pay stands among the percentiles that are shown. Nothing is kept."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import NormalDist

SHARES = {"p10": 10, "p25": 25, "p50": 50, "p75": 75, "p90": 90}


@dataclass(frozen=True)
class Standing:
    """How many of a hundred reported less.

    `at_least` and `at_most` are the known percentiles on both sides (0 and 100 beyond the last);
    `about` is interpolated between them and empty beyond them. `low` and `high` are the ends of
    the 95 % interval, in hundredths; empty where nobody was counted. `is_tied`: the percentiles
    are one and the same amount, which is the one that was asked about. `near_median`: inside the
    interval of the median, so that the figures cannot tell above from below.
    """

    at_least: int
    at_most: int
    about: float | None
    low: float | None
    high: float | None
    near_median: bool
    is_tied: bool = False


def wilson(share: float, n: int, level: float = 0.95) -> tuple[float, float]:
    """Return the interval of a share (0 to 1) that was seen in `n` answers.

    E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, Journal of
    the American Statistical Association 22 (1927), 209–212. Raises ValueError for n below 1.
    """
    if n < 1:
        raise ValueError("An interval needs at least one answer.")
    z = NormalDist().inv_cdf(0.5 + level / 2)
    middle = share + z * z / (2 * n)
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def place(
    amount: Decimal,
    percentiles: Mapping[str, Decimal | None],
    interval: tuple[Decimal | None, Decimal | None],
    n: int | None,
) -> Standing:
    """Return where an amount stands. `percentiles` are those that are shown, at least one of them.

    Amounts are in the same currency and period; `interval` is that of the median; `n` counts the
    answers and is None for official statistics. Raises ValueError without any percentile.
    """
    known = [(SHARES[name], value) for name, value in percentiles.items() if value is not None]
    if not known:
        raise ValueError("Nothing is known of this group.")
    at_least = max((share for share, value in known if value <= amount), default=0)
    at_most = min((share for share, value in known if value >= amount), default=100)
    is_tied = at_least > at_most  # many gave the same amount: two percentiles are equal
    if is_tied:
        at_least, at_most = at_most, at_least
    about = None
    if at_least > 0 and at_most < 100 and not is_tied:
        about = _between(amount, dict(known), at_least, at_most)
    low, high = _uncertainty(at_least, at_most, n)
    ends = [end for end in interval if end is not None]
    near = len(ends) == 2 and ends[0] <= amount <= ends[1]
    return Standing(at_least, at_most, about, low, high, near, is_tied)


def _between(amount: Decimal, known: dict[int, Decimal], low: int, high: int) -> float:
    if low == high:
        return low
    return low + (high - low) * float((amount - known[low]) / (known[high] - known[low]))


def _uncertainty(at_least: int, at_most: int, n: int | None) -> tuple[float | None, float | None]:
    """Return the ends in hundredths, outwards from the percentiles on both sides.

    How many of n answers lie below a fixed amount is binomial, whatever the distribution of pay.
    How pay is spread between two percentiles is not known (much of it stands on round amounts), so
    an interval around the interpolated share would be too narrow: of samples of 1,500 drawn from
    the answers of one country, it held the true share in 80 to 87 of 100 only.
    """
    if n is None:
        return None, None
    low = 0.0 if at_least == 0 else 100 * wilson(at_least / 100, n)[0]
    high = 100.0 if at_most == 100 else 100 * wilson(at_most / 100, n)[1]
    return low, high
