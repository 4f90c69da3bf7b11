"""How often the interval of the median holds the true median: in theory for every n, in trials.

    .venv/bin/python bench/interval_coverage.py [trials]

Prints the coverage that binomial arithmetic promises at its lowest, and what came out of trials
with pay drawn from four distributions, the last two of them nasty: whole thousands, as people round
when they answer, and two humps, as where some type a month's pay for a year's.
"""

import random
import sys
from collections.abc import Callable
from fractions import Fraction
from math import comb, exp
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from salaries.statistics import median_interval

SIZES = (10, 11, 15, 20, 30, 47, 61, 100, 259, 500)
SEED = 20260922
Draw = Callable[[random.Random], float]


def main() -> None:
    """Print both tables."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    covered = {n: _promised(n) for n in range(10, 501)}
    lowest = min(covered, key=lambda n: covered[n])
    mean = sum(covered.values()) / len(covered)
    print(f"Promised for n = 10 to 500: at least {float(covered[lowest]):.3%} (n = {lowest}),")
    print(f"on average {float(mean):.3%}.\n")
    print(f"Trials: {trials:,} for each, seed {SEED}\n{'n':>4}", end="")
    distributions = _distributions()
    for name in distributions:
        print(f"{name:>18}", end="")
    worst = 1.0
    for n in SIZES:
        print(f"\n{n:>4}", end="")
        for name, (median, draw) in distributions.items():
            share = _share_of_hits(f"{n} {name}", n, median, draw, trials)
            worst = min(worst, share)
            print(f"{share:>18.1%}", end="")
    print(f"\n\nLowest: {worst:.1%}")


def _promised(n: int) -> Fraction:
    low, high = median_interval(n) or (1, n)
    return Fraction(sum(comb(n, k) for k in range(low, high)), 2**n)


def _distributions() -> dict[str, tuple[float, Draw]]:
    """Return the true median and a way to draw from each distribution."""
    return {
        "lognormal 0.4": (exp(11), lambda chance: chance.lognormvariate(11, 0.4)),
        "lognormal 1.2": (exp(11), lambda chance: chance.lognormvariate(11, 1.2)),
        "whole thousands": (
            round(exp(11), -3),
            lambda chance: round(chance.lognormvariate(11, 0.6), -3),
        ),
        "two humps": (
            # The hump at a twelfth holds 1 in 10, so the median is the other's 4/9 quantile.
            exp(11 - 0.6 * 0.139710),
            lambda chance: chance.lognormvariate(11, 0.6) / (12 if chance.random() < 0.1 else 1),
        ),
    }


def _share_of_hits(seed: str, n: int, median: float, draw: Draw, trials: int) -> float:
    chance = random.Random(f"{SEED} {seed}")
    low, high = median_interval(n) or (1, n)
    hits = 0
    for _ in range(trials):
        pay = sorted(draw(chance) for _ in range(n))
        hits += pay[low - 1] <= median <= pay[high - 1]
    return hits / trials


if __name__ == "__main__":
    main()
