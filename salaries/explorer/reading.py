"""Figures in plain words: what a row says, and what a comparison can and cannot show."""

from collections.abc import Sequence

from salaries.charts.rows import Row
from salaries.disclosure import QUARTILES
from salaries.models import Edition
from salaries.money import money, money_range
from salaries.vocabulary import DIMENSIONS

# Of so many groups the outermost are far apart even where all are paid alike.
MANY_GROUPS = 5


def reading(row: Row) -> list[str]:
    """Return what one figure says, in sentences. Amounts are rounded as everywhere on a page."""
    if row.p50 is None:
        return [row.why_not]
    shown = row.shown
    median = money(row.p50, row.currency, row.period)
    if shown.n is None:
        sentences = [f"Half of the {row.figure.jobs:,} jobs paid more than {median}"]
    else:
        sentences = [f"Half of the {shown.n:,} respondents reported more than {median}"]
    if row.p25 is not None and row.p75 is not None:
        middle = money_range(row.p25, row.p75, row.currency, row.period)
        sentences[0] += f"; the middle half lies between {_and(middle)}"
    sentences[0] += "."
    if row.p10 is not None and row.p90 is not None:
        tails = money_range(row.p10, row.p90, row.currency, row.period)
        sentences.append(f"Eight in ten lie between {_and(tails)}.")
    if row.ci_low is not None and row.ci_high is not None:
        interval = money_range(row.ci_low, row.ci_high, row.currency, row.period)
        sentences.append(f"With 95% confidence the median lies between {_and(interval)}.")
    if row.is_indicative:
        sentences.append(
            f"With only {shown.n} answers this is a hint, and the spread around it is not shown."
        )
    return sentences


def comparing(rows: Sequence[Row]) -> list[str]:
    """Return what several rows say beside each other, in sentences; nothing for one row.

    Groups of very few answers are named only where there are no others: the smallest ones would
    nearly always be the extremes.
    """
    drawn = sorted(
        (row for row in rows if row.p50 is not None), key=lambda row: row.p50 or 0, reverse=True
    )
    firm = [row for row in drawn if not row.is_indicative]
    known = firm if len(firm) > 1 else drawn
    if len(known) < 2:
        return []
    first, last = known[0], known[-1]
    which = (
        f"Of the groups with {QUARTILES} answers or more, the" if len(known) < len(drawn) else "The"
    )
    sentences = [f"{which} highest median is {_named(first)}, the lowest {_named(last)}."]
    if first.ci_low is None or last.ci_high is None:
        return sentences
    if first.ci_low <= last.ci_high:
        sentences.append("Even their intervals overlap, so the order may be chance.")
    elif len(known) < MANY_GROUPS:
        sentences.append(
            "Their intervals do not touch, so chance alone hardly explains the difference."
        )
    else:
        sentences.append(
            f"Their intervals do not touch. Among {len(known)} groups the outermost lie apart "
            "partly by chance, and neighbours whose intervals overlap may well earn the same."
        )
    return sentences


def because(edition: Edition, dimension: str) -> str:
    """Return the caution that belongs to every comparison of groups inside one place.

    `dimension` is what splits them; "" where nothing does.
    """
    if dimension not in DIMENSIONS:
        return ""
    who = "People" if edition.kind == Edition.Kind.SURVEY else "Jobs"
    twice = "" if DIMENSIONS[dimension].is_partition else "Who named several counts in each. "
    return (
        f"{twice}{who} in these groups differ in more than this one thing; the figures show who "
        "earns what, not why."
    )


def _named(row: Row) -> str:
    words = f"{row.label} ({row.median_words}, {row.count_words}"
    return f"{words}, indicative)" if row.is_indicative else f"{words})"


def _and(words: str) -> str:
    return words.replace(" to ", " and ", 1)
