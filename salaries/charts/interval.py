"""Rows with their percentiles on one axis: who earns what, and how sure the median is."""

from collections.abc import Sequence

from salaries.charts import svg
from salaries.charts.rows import Row
from salaries.charts.scale import Scale, tick_words
from salaries.charts.svg import Drawing, per_cent

AXIS = 26  # px of the line of ticks
LINE = 17  # px of a line of text
BAND = 18  # px from the last line of a label to the middle of its bar
GAP = 25  # px from the middle of a bar to the top of the next row
BAR, CAP, RADIUS = 10, 16, 4.75
LABEL, COUNT = 14, 12.5  # sizes of text
ROWS_WITH_ONE_AXIS = 8
NOT_IN_THIS_MONEY = "no amounts in this money"


def interval_drawing(rows: Sequence[Row]) -> Drawing:
    """Return the drawing alone, one row under the other; rows must share a scale."""
    scale = Scale.of(rows)
    y, parts = AXIS, []
    for row in rows:
        head, lines = _head(row)
        middle = y + LINE * lines + BAND - 4
        rail = svg.line("p-grid", "0%", "100%")
        parts.append(svg.row(middle, rail + head + marks(row, scale)))
        y = middle + GAP
    bottom = y - 8
    ticks = [amount for amount, _ in scale.ticks() if amount]
    grid = "".join(
        svg.line("p-grid", scale.at(amount), scale.at(amount), AXIS - 6, bottom) for amount in ticks
    )
    axes = tick_words(scale, AXIS - 12)
    if len(rows) > ROWS_WITH_ONE_AXIS:
        axes += tick_words(scale, bottom + 16)
        bottom += 22
    return Drawing(grid + axes + "".join(parts), bottom)


def marks(row: Row, scale: Scale) -> str:
    """Return what is drawn of one row, around the middle of its bar."""
    if row.p50 is None:
        return svg.text("p-count", NOT_IN_THIS_MONEY, y=4)
    out = ""
    if row.p10 is not None and row.p90 is not None:
        out += svg.line("p-range", scale.at(row.p10), scale.at(row.p90))
    if row.p25 is not None and row.p75 is not None:
        width = per_cent(scale.share(row.p75) - scale.share(row.p25))
        out += svg.bar("p-middle", scale.at(row.p25), width, BAR)
    if row.ci_low is not None and row.ci_high is not None:
        look = "p-hint" if row.is_indicative else "p-interval"
        low, high = scale.at(row.ci_low), scale.at(row.ci_high)
        out += svg.line(look, low, high)
        out += "".join(svg.line(look, x, x, -CAP / 2, CAP / 2) for x in (low, high))
    return out + svg.dot("p-hollow" if row.is_indicative else "p-dot", scale.at(row.p50), 0, RADIUS)


def _head(row: Row) -> tuple[str, int]:
    """Return the words above a bar, and how many lines they take.

    Everything stands on one line where it fits on the narrowest screen; if not, the count moves to
    a line of its own, and a long label breaks.
    """
    count = f"{row.count_words}, indicative" if row.is_indicative else row.count_words
    value = row.median_words if row.p50 is not None else ""
    room = svg.NARROWEST - svg.text_width(value, LABEL, bold=True) - 12
    lines = svg.wrapped(row.label, LABEL, room, bold=True) or [""]
    last = svg.text_width(lines[-1], LABEL, bold=True) + svg.text_width(count, COUNT) + 8
    has_count_below = last > (room if len(lines) == 1 else svg.NARROWEST)
    total = len(lines) + has_count_below
    first = -BAND - LINE * (total - 1) + 4
    out = svg.text("p-quiet" if row.is_indicative else "p-value", value, "100%", first)
    for number, words in enumerate(lines):
        is_last = number == len(lines) - 1
        more = svg.beside("p-count", count) if is_last and not has_count_below else ""
        out += svg.text("p-label", words, y=first + LINE * number, more=more)
    if has_count_below:
        out += svg.text("p-count", count, y=first + LINE * len(lines))
    return out, total
