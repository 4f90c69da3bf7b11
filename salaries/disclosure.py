"""What may be seen of a figure: the rules, all in this place.

A figure of a survey stands on people, so how much of it is shown depends on how many they are.
Official statistics come with the rules of their publisher and are shown as printed. Which cells
are kept back so that nobody can work out a smaller one is decided in `protect`, whose reasoning
is told in docs/decisions/0008.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from django.db.models import Count, Q

from salaries.cells import Cell
from salaries.inference import MANY, Bounds, Key, Reckoning, Sum, Tables
from salaries.models import Edition, Figure

FULL, QUARTILES, INDICATIVE = 100, 30, 10  # smallest numbers of answers

# The same words for a cell that is too small, one that is kept back and one that never was: who
# reads them learns nothing about which of the three it is.
NOT_SHOWN = (
    f"There is no figure for this group: fewer than {INDICATIVE} people answered, "
    "or showing it would give a smaller group away."
)
# Official statistics have no such rule of ours.
NOT_PRINTED = "There is no figure for this group: the publisher prints none."
WARNINGS = {
    "indicative": f"Fewer than {QUARTILES} answers: take the median as a hint only.",
    "monthly-pay": (
        "Many answers from this country look like pay for a month given as pay for a year. "
        "The plainest ones are left out; others may remain and pull the lower figures down."
    ),
    "top-coded": "The publisher does not print amounts above its ceiling.",
}


class NotForDisplayError(ValueError):
    """Raised for a figure that must not be shown at all."""


@dataclass(frozen=True)
class Rule:
    """How much is shown of a figure: `smallest` is the least number of answers it needs."""

    quality: str
    smallest: int
    label: str
    words: str
    percentiles: tuple[str, ...]


RULES = (
    Rule(
        "full",
        FULL,
        f"{FULL} answers and more",
        "all five percentiles and the interval of the median",
        ("p10", "p25", "p50", "p75", "p90"),
    ),
    Rule(
        "quartiles",
        QUARTILES,
        f"{QUARTILES} to {FULL - 1} answers",
        "the quartiles, the median and its interval",
        ("p25", "p50", "p75"),
    ),
    Rule(
        "indicative",
        INDICATIVE,
        f"{INDICATIVE} to {QUARTILES - 1} answers",
        "the median, marked as indicative, and its interval",
        ("p50",),
    ),
)
OFFICIAL = Rule(
    "official", 0, "Official statistics", "as the publisher printed it", RULES[0].percentiles
)


@dataclass(frozen=True)
class Shown:
    """A figure with what the public may see of it; a hidden percentile is None.

    Amounts are exact, in the currency and period of the edition. `quality` is "full",
    "quartiles", "indicative" or "official"; `notes` are warnings in plain words.
    """

    figure: Figure
    quality: str
    n: int | None
    p10: Decimal | None
    p25: Decimal | None
    p50: Decimal | None
    p75: Decimal | None
    p90: Decimal | None
    ci_low: Decimal | None
    ci_high: Decimal | None
    notes: tuple[str, ...]

    @property
    def is_indicative(self) -> bool:
        """Return whether the median is a hint rather than a figure to lean on."""
        return self.quality == "indicative"


def rule_for(n: int | None) -> Rule:
    """Return the rule for a number of answers; None stands for official statistics.

    Raises NotForDisplayError for fewer answers than any figure may have.
    """
    if n is None:
        return OFFICIAL
    for rule in RULES:
        if n >= rule.smallest:
            return rule
    raise NotForDisplayError(f"A figure of {n} answers is not for display.")


def disclose(figure: Figure) -> Shown:
    """Return what the public may see of a figure.

    Raises NotForDisplayError for one that is withheld or too small: such a figure can only come
    from a query that left out `Figure.objects.public()`.
    """
    if figure.is_withheld:
        raise NotForDisplayError("This figure is withheld.")
    rule = rule_for(figure.n)
    seen = {
        name: getattr(figure, name) if name in rule.percentiles else None
        for name in RULES[0].percentiles
    }
    flags = [*(["indicative"] if rule.quality == "indicative" else []), *figure.flags]
    return Shown(
        figure=figure,
        quality=rule.quality,
        n=figure.n,
        **seen,
        ci_low=figure.ci_low,
        ci_high=figure.ci_high,
        notes=tuple(WARNINGS[flag] for flag in flags if flag in WARNINGS),
    )


def protect(cells: Sequence[Cell]) -> set[int]:
    """Return the places of the cells of one edition that must be kept back.

    As long as a reader could work out how many answers a hidden cell has, the smallest cell that
    is shown in the same sum is kept back too, and all is reckoned again. Cells without `n`, those
    of official statistics, are left alone.
    """
    places = {Key(*cell.key): place for place, cell in enumerate(cells) if cell.n is not None}
    shown = {key: cells[place].n or 0 for key, place in places.items()}
    known: dict[Key, Bounds] = {}  # what a reader can tell of cells that are not shown
    tables = Tables(shown.copy())
    while True:
        reckoning = Reckoning(tables, {key: (n, n) for key, n in shown.items()} | known)
        pinned = reckoning.pinned()
        kept_back = _kept_back(reckoning, pinned, shown)
        if not kept_back:
            return {place for key, place in places.items() if key not in shown}
        known |= dict.fromkeys(pinned, (1, INDICATIVE - 1)) | kept_back
        for key in kept_back:
            del shown[key]


def _kept_back(
    reckoning: Reckoning, pinned: Sequence[Key], shown: Mapping[Key, int]
) -> dict[Key, Bounds]:
    """Return the cells to keep back so that the pinned ones are hidden, with their new bounds.

    A reader knows these rules, and so also that a cell that made others disappear is not empty,
    that those have enough answers to be shown, and that none of them is larger than the next
    cell in the sum.
    """
    kept_back: dict[Key, Bounds] = {}
    for pin in pinned:
        tables = reckoning.tables
        for total in chain([reckoning.reasons[pin]], tables.sums_around(pin)):
            parts = tables.parts(total)
            if kept_back.keys() & {total.whole, *parts}:
                break  # this sum has just lost a cell for another one of its parts
            if victim := _smallest(total, parts, shown):
                kept_back.update(victim)
                break
    return kept_back


def _smallest(total: Sum, parts: Sequence[Key], shown: Mapping[Key, int]) -> dict[Key, Bounds]:
    """Return the smallest part of a sum that is shown, or else its whole, with new bounds."""
    smallest = sorted((shown[key], key) for key in parts if key in shown)[:2]
    if smallest:
        ceiling = smallest[1][0] if len(smallest) > 1 else MANY
        return {smallest[0][1]: (INDICATIVE, ceiling)}
    return {total.whole: (INDICATIVE, MANY)} if total.whole in shown else {}


def counts_by_rule(edition: Edition) -> list[int]:
    """Return how many figures of an edition fall under each of RULES, without those withheld."""
    ceilings = [None, *(rule.smallest for rule in RULES)]
    shown = edition.figures.filter(is_withheld=False)
    counts = {
        rule.quality: Count("pk", filter=Q(n__gte=rule.smallest) & _below(ceiling))
        for rule, ceiling in zip(RULES, ceilings, strict=False)
    }
    found = shown.aggregate(**counts)
    return [found[rule.quality] for rule in RULES]


def _below(ceiling: int | None) -> Q:
    return Q() if ceiling is None else Q(n__lt=ceiling)
