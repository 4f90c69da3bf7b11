"""What stands around a chart in words: how to read it, what to beware of, for those who hear it."""

from collections.abc import Sequence

from salaries.charts.rows import Row, notes_of
from salaries.charts.slope import can_slope, overlaps
from salaries.models import Edition
from salaries.money import INTERNATIONAL, Converter
from salaries.selection import Selection
from salaries.titles import listed, missing_names

MOST_EDITIONS = 2  # that a subtitle names
MOST_TOLD = 12  # rows that a description names one by one
NOMINAL = "Amounts are those of each year; the rise of prices is not taken out."
EXCHANGE = (
    "Pay was converted at the rate of its year, so a change of the exchange rate looks like a "
    "change of pay."
)
CURRENCIES = {
    "USD": "US dollars",
    "EUR": "euros",
    "GBP": "pounds sterling",
    "INR": "Indian rupees",
    "JPY": "yen",
    INTERNATIONAL: "international dollars",
}
PAY = {
    Edition.PayBasis.GROSS_TOTAL: "Pay before taxes with bonuses and perks",
    Edition.PayBasis.GROSS_BASE: "Pay before taxes without bonuses and shares",
    Edition.PayBasis.NET_BASE: "Pay after taxes without bonuses and shares",
}


def what_is_shown(rows: Sequence[Row]) -> str:
    """Return which pay is shown, in which money: "Pay before taxes … per year, in US dollars"."""
    drawn = [row for row in rows if row.p50 is not None] or list(rows)
    kinds = dict.fromkeys(
        f"{PAY[Edition.PayBasis(row.figure.edition.pay_basis)]} "
        f"{row.figure.edition.get_period_display()}"
        for row in drawn
    )
    moneys = dict.fromkeys(CURRENCIES.get(row.currency, row.currency) for row in drawn)
    where = f"in {next(iter(moneys))}" if len(moneys) == 1 else "in the money of each country"
    return f"{'; '.join(kinds)}, {where}"


def subtitle_of(rows: Sequence[Row]) -> str:
    """Return edition and pay of a chart: "Stack Overflow 2025. Pay before taxes … US dollars."

    Many editions are not named again; the rows bear their names.
    """
    editions = list(dict.fromkeys(row.figure.edition.short_title for row in rows))
    named = f"{listed(editions)}. " if len(editions) <= MOST_EDITIONS else ""
    return f"{named}{what_is_shown(rows)}."


def reading_of(selection: Selection, rows: Sequence[Row]) -> str:
    """Return how the marks of a chart are read; only those that it has."""
    drawn = [row for row in rows if row.p50 is not None]
    words = ["Dot: the median; half earn more, half less."]
    if any(row.ci_low is not None for row in drawn):
        words.append("Bracket: the 95% interval of the median.")
    if not is_slope(selection, rows):
        if any(row.p25 is not None for row in drawn):
            words.append("Bar: the middle half.")
        if any(row.p10 is not None and row.p90 is not None for row in drawn):
            words.append("Line: everybody but the lowest-paid and the best-paid tenth.")
    if any(row.is_indicative for row in drawn):
        words.append("Hollow dot: fewer than 30 answers, indicative only.")
    return " ".join(words)


def warnings_of(
    selection: Selection, rows: Sequence[Row], converter: Converter | None = None
) -> list[str]:
    """Return what readers must know before they use the numbers, in sentences."""
    notes = [*_gaps(selection, rows), *notes_of(rows, converter)]
    if is_slope(selection, rows):
        notes = [*overlaps(rows), NOMINAL, *(_exchange(rows)), *notes]
    return notes


def _gaps(selection: Selection, rows: Sequence[Row]) -> list[str]:
    """Return which of the things that were asked for side by side have no figure."""
    missing = missing_names(selection, [row.figure for row in rows])
    return [f"Without a figure: {', '.join(missing)}."] if missing else []


def _exchange(rows: Sequence[Row]) -> list[str]:
    """Return the warning about rates where pay was not earned in the money that is shown."""
    is_foreign = any(row.currency != row.figure.country.currency for row in rows)
    return [EXCHANGE] if is_foreign else []


def is_slope(selection: Selection, rows: Sequence[Row]) -> bool:
    """Return whether the chart of these rows joins the years of one series by a line."""
    return selection.axis == "edition" and can_slope(rows)


def description_of(rows: Sequence[Row]) -> str:
    """Return the chart for those who cannot see it: its rows, or the ends of a long list."""
    drawn = [row for row in rows if row.p50 is not None]
    if not drawn:
        return "No row has amounts in this money."
    if len(drawn) <= MOST_TOLD:
        told = "; ".join(_told(row) for row in drawn)
        return f"Medians. {told}. The table has the same numbers."
    highest = max(drawn, key=_median)
    lowest = min(drawn, key=_median)
    return (
        f"Medians of {len(drawn)} rows. The highest is {_told(highest)}; the lowest is "
        f"{_told(lowest)}. The table has the same numbers."
    )


def _median(row: Row) -> float:
    return float(row.p50 or 0)


def _told(row: Row) -> str:
    hint = ", indicative" if row.is_indicative else ""
    return f"{row.label}: {row.median_words} ({row.count_words}{hint})"
