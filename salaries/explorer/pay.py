"""“Where do I stand?”: an amount of pay beside the figures of a page. Nothing of it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import QueryDict

from salaries.charts.rows import Row, row_of
from salaries.explorer.amounts import AmountError, exact, read_amount
from salaries.explorer.answer import Answer
from salaries.explorer.standing import SHARES, Standing, place
from salaries.models import ConversionRate
from salaries.money import money_range

# Wider than the limits inside which surveys keep pay (an eighth and ten times a country's median),
# because the group here may itself stand far from that median.
LOW, HIGH = 8, 10


@dataclass(frozen=True)
class Placed:
    """One row of the page and where the amount stands in it, in words."""

    label: str
    count: str
    words: str
    certainty: str


@dataclass
class Pay:
    """What somebody wrote, how it was read, and where it stands; or what is wrong with it."""

    text: str = ""
    currency: str = ""
    error: str = ""
    read_as: str = ""
    placed: list[Placed] = field(default_factory=list)
    is_answered: bool = False


def place_pay(form: QueryDict, answer: Answer) -> Pay:
    """Return where the pay of a sent form stands among the rows of an answer."""
    offered = answer.currencies
    currency = form.get("currency", "")
    pay = Pay(form.get("pay", "")[:100], currency if currency in offered else offered[0])
    if currency and currency not in offered:
        pay.error = "We have no rate for that currency here. Choose one from the list."
        return pay
    try:
        amount = read_amount(form.get("pay", ""), pay.currency)
    except AmountError as error:
        pay.error = str(error)
        return pay
    rows = [row_of(row.label, row.figure) for row in answer.own_rows]
    factor = _per_unit(answer, pay.currency)
    pay.read_as = f"{exact(amount, pay.currency)} {_period(rows[0])}"
    pay.error = _unlikely(amount, factor, pay.currency, rows)
    if not pay.error:
        pay.placed = [_placed(row, amount / factor) for row in rows]
        pay.is_answered = True
    return pay


def _per_unit(answer: Answer, currency: str) -> Decimal:
    """Return how many units of a currency make one of the edition's."""
    edition = answer.question.edition
    if currency == edition.currency:
        return Decimal(1)
    rate: ConversionRate = answer.rates.rates[edition.pk, currency]
    return rate.per_unit


def _period(row: Row) -> str:
    return f"a {row.period}"


def _unlikely(amount: Decimal, factor: Decimal, currency: str, rows: Sequence[Row]) -> str:
    """Return why an amount is surely not pay for the period of the figures, "" if it may be."""
    medians = [row.p50 for row in rows if row.p50 is not None]
    lowest, highest = min(medians) / LOW * factor, max(medians) * HIGH * factor
    period = rows[0].period
    written = exact(amount, currency)
    if amount < lowest <= amount * 12 and period == "year":
        return (
            f"We read {written} a year, less than an eighth of the median: that looks like pay for "
            f"a month. Enter pay for a year: twelve times as much is {exact(amount * 12, currency)}"
            ", before bonuses and further salaries."
        )
    if amount < lowest:
        return (
            f"We read {written} a {period}, less than an eighth of the median. Look at the number "
            "of digits."
        )
    if amount > highest and period == "month":
        return (
            f"We read {written} a month, more than ten times the median: that looks like pay for a "
            f"year. A twelfth of it is {exact((amount / 12).quantize(Decimal(1)), currency)}."
        )
    if amount > highest:
        return (
            f"We read {written} a year, more than ten times the median, where these figures say "
            "nothing. Look at the number of digits."
        )
    return ""


def _placed(row: Row, amount: Decimal) -> Placed:
    percentiles = {name: getattr(row, name) for name in SHARES}
    standing = place(amount, percentiles, (row.ci_low, row.ci_high), row.shown.n)
    return Placed(row.label, row.count_words, in_words(standing, row), certainty(standing, row))


def in_words(standing: Standing, row: Row) -> str:
    """Return where an amount stands, as the figures that are shown allow."""
    who = "respondents" if row.shown.n is not None else "jobs"
    verb = "reported" if row.shown.n is not None else "paid"
    low, high = standing.at_least, standing.at_most
    if (low, high) == (0, 50):
        return f"Below the median: at least half of the {who} {verb} more."
    if (low, high) == (50, 100):
        return f"Above the median: at least half of the {who} {verb} less."
    if low == 0:
        return f"Below the {high}th percentile: at most {high} in 100 {who} {verb} less."
    if high == 100:
        return f"Above the {low}th percentile: at least {low} in 100 {who} {verb} less."
    if low == high == 50:
        return f"On the median: half of the {who} {verb} less, half more."
    if standing.is_tied:
        return (
            f"The {low}th and the {high}th percentile at once: at most {low} in 100 {who} {verb} "
            f"less, at least {high} as much or less."
        )
    if low == high:
        return f"On the {low}th percentile: about {low} in 100 {who} {verb} less."
    return (
        f"Between the {low}th and the {high}th percentile: {low} to {high} in 100 {who} {verb} "
        f"less, about {standing.about:.0f} if pay is spread evenly in between."
    )


def certainty(standing: Standing, row: Row) -> str:
    """Return how sure that is: the interval from the number of answers, and the median's own."""
    sentences = []
    if standing.low is None or standing.high is None:
        sentences.append("The publisher prints no number of answers, so no interval can be given.")
    else:
        sentences.append(f"With 95% confidence {_between(standing.low, standing.high)} in 100.")
    if standing.near_median and row.ci_low is not None and row.ci_high is not None:
        ends = money_range(row.ci_low, row.ci_high, row.currency, row.period)
        sentences.append(
            f"It lies inside the interval of the median ({ends}), so these answers cannot tell "
            "whether it is above or below the middle of everybody."
        )
    return " ".join(sentences)


def _between(low: float, high: float) -> str:
    if low == 0:
        return f"at most {high:.0f}"
    if high == 100:
        return f"at least {low:.0f}"
    return f"between {low:.0f} and {high:.0f}"
