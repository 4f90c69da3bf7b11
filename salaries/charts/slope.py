"""Editions of one series beside each other: did the median move, or only the sample?"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from salaries.charts import svg
from salaries.charts.rows import Row
from salaries.charts.scale import Scale
from salaries.charts.svg import Drawing, per_cent
from salaries.money import money, rounded, short_money

TOP, PLOT, BOTTOM = 30, 210, 44  # px above, inside and below the axes
FIRST, LAST = 24.0, 88.0  # per cent of the width
CAP = 2.4  # per cent of the width from the middle of a whisker to its end
MOST_WITH_LONG_WORDS = 4


def can_slope(rows: Sequence[Row]) -> bool:
    """Return whether the rows are years of one series, which a line may join."""
    editions = [row.figure.edition for row in rows if row.p50 is not None]
    years = {edition.year for edition in editions}
    return len(years) == len(editions) > 1 and len({item.series for item in editions}) == 1


def slope_drawing(rows: Sequence[Row]) -> Drawing:
    """Return the drawing alone; rows must pass `can_slope` and share a scale.

    The distance between two dots is that between their years.
    """
    rows = sorted((row for row in rows if row.p50 is not None), key=_year)
    scale = Scale.of(rows, ("p50", "ci_low", "ci_high"))
    out = _grid(scale)
    places = [(_across(row, rows), _down(scale, row.p50 or Decimal())) for row in rows]
    for (x1, y1), (x2, y2) in pairwise(places):
        out += svg.line("p-trend", per_cent(x1), per_cent(x2), y1, y2)
    for row, (x, y) in zip(rows, places, strict=True):
        out += _point(row, scale, x, y, is_short=len(rows) > MOST_WITH_LONG_WORDS)
    return Drawing(out, TOP + PLOT + BOTTOM)


def overlaps(rows: Sequence[Row]) -> list[str]:
    """Return what can be said about each step from one edition to the next, in sentences."""
    rows = sorted((row for row in rows if row.p50 is not None), key=_year)
    found = []
    for before, after in pairwise(rows):
        first, second = _interval(before), _interval(after)
        if first is None or second is None:
            continue
        years = f"{_year(before)} and {_year(after)}"
        if first[0] <= second[1] and second[0] <= first[1]:
            found.append(f"The intervals of {years} overlap: this may be no change.")
        else:
            found.append(
                f"The intervals of {years} do not overlap: chance alone hardly explains the change."
            )
    return found


def _interval(row: Row) -> tuple[Decimal, Decimal] | None:
    if row.ci_low is None or row.ci_high is None:
        return None
    return row.ci_low, row.ci_high


def _year(row: Row) -> int:
    return row.figure.edition.year


def _across(row: Row, rows: Sequence[Row]) -> float:
    first, last = _year(rows[0]), _year(rows[-1])
    return FIRST + (_year(row) - first) / (last - first) * (LAST - FIRST)


def _down(scale: Scale, amount: Decimal) -> float:
    return TOP + PLOT - scale.share(amount) / 100 * PLOT


def _grid(scale: Scale) -> str:
    out = ""
    for amount, words in scale.ticks():
        y = _down(scale, amount)
        out += svg.line("p-grid" if amount else "p-zero", "0%", "100%", y, y)
        out += svg.text("p-tick", words, y=y - 5)
    return out


def _point(row: Row, scale: Scale, x: float, y: float, *, is_short: bool) -> str:
    """Return one edition: whisker, dot, the median above, year and count below."""
    out, top = "", y - 9
    if row.ci_low is not None and row.ci_high is not None:
        low, high = _down(scale, row.ci_low), _down(scale, row.ci_high)
        out += svg.line("p-interval", per_cent(x), per_cent(x), low, high)
        for end in (low, high):
            out += svg.line("p-interval", per_cent(x - CAP), per_cent(x + CAP), end, end)
        top = min(top, high - 8)
    out += svg.dot("p-hollow" if row.is_indicative else "p-dot", per_cent(x), y)
    assert row.p50 is not None
    amount = Decimal(rounded(row.p50, row.period))
    long_words = money(row.p50, row.currency, row.period)
    words = short_money(amount, row.currency) if is_short else long_words
    out += svg.text("p-strong", words, per_cent(x), top, "middle")
    bottom = TOP + PLOT + 18
    out += svg.text("p-strong", str(_year(row)), per_cent(x), bottom, "middle")
    count = "indicative" if row.is_indicative else "" if is_short else row.count_words
    return out + (svg.text("p-count", count, per_cent(x), bottom + 17, "middle") if count else "")
