"""One figure, large, with its percentiles told in words."""

from decimal import Decimal

from salaries.charts import svg
from salaries.charts.interval import marks
from salaries.charts.rows import Row
from salaries.charts.scale import Scale, tick_words
from salaries.charts.svg import Drawing, per_cent
from salaries.money import money

LINE = 24  # px from one line of words to the next
SIZE = 13
HEADROOM = Decimal("1.12")  # room for words to the right of the best paid
# Above the bar words end at their place, below it they begin there; the outermost stand farthest
# from the bar. So no line from words to bar crosses other words.
ABOVE = (
    ("p90", "one in ten over {}"),
    ("p75", "a quarter over {}"),
    ("p50", "median {}"),
)
BELOW = (("p25", "a quarter under {}"), ("p10", "one in ten under {}"))


def distribution_drawing(row: Row) -> Drawing:
    """Return the drawing of a row with amounts: words above, the bar, words below, the axis."""
    scale = Scale.of([row], headroom=HEADROOM)
    above = [item for item in ABOVE if getattr(row, item[0]) is not None]
    below = [item for item in BELOW if getattr(row, item[0]) is not None]
    middle = LINE * len(above) + 16
    axis = middle + LINE * len(below) + 24
    out = _grid(scale, middle, axis) + svg.row(middle, svg.line("p-grid", "0%", "100%"))
    leaders = words = ""
    for number, (name, sentence) in enumerate(above):
        leader, text = _told(row, scale, name, sentence, LINE * (number - len(above)) - 2)
        leaders, words = leaders + leader, words + text
    for number, (name, sentence) in enumerate(below):
        leader, text = _told(row, scale, name, sentence, LINE * (number + 1) + 8)
        leaders, words = leaders + leader, words + text
    out += svg.row(middle, leaders + words + marks(row, scale))
    return Drawing(out, axis + 20)


def _told(row: Row, scale: Scale, name: str, sentence: str, y: float) -> tuple[str, str]:
    """Return the line from a place of the bar to its words, and the words at y px from the bar.

    Where words would leave the narrowest screen they are shifted back, by the same number of px at
    every width, so that they stay at the end of their line.
    """
    amount: Decimal = getattr(row, name)
    words = sentence.format(money(amount, row.currency, row.period))
    is_median = name == "p50"
    width = svg.text_width(words, SIZE, bold=is_median)
    more = ""
    if is_median:
        more = svg.beside("p-count", row.count_words)
        width += svg.text_width(row.count_words, SIZE) + SIZE / 2
    share = scale.share(amount)
    here = share / 100 * svg.NARROWEST
    x, look = per_cent(share), "p-strong" if is_median else "p-words"
    if y < 0:
        leader = svg.line("p-leader", x, x, y + 5, -6)
        shift = max(width - here, 0)
        return leader, svg.text(look, words, x, y, "end", shift=round(shift), more=more)
    leader = svg.line("p-leader", x, x, 6, y - 12)
    shift = min(svg.NARROWEST - here - width, 0)
    return leader, svg.text(look, words, x, y, shift=round(shift))


def _grid(scale: Scale, middle: float, axis: float) -> str:
    lines = "".join(
        svg.line("p-grid", scale.at(amount), scale.at(amount), middle - 14, axis)
        for amount, _ in scale.ticks()
    )
    return lines + tick_words(scale, axis + 16)
