"""The quality report of an import: what was read, what was left out and why, by country."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from salaries.importers.aggregation import CENTS, Trim
from salaries.importers.answers import NO_EMPLOYMENT, NO_PAY, Answers
from salaries.importers.country_names import CountryNames
from salaries.importers.layouts import OFFICIAL_DIGESTS
from salaries.importers.survey import Survey

_HEADS = (
    *("country", "rows", "no pay", "other work", "low", "high", "kept"),
    *("% low", "% high", "employees", "median", "floor", "ceiling", ""),
)


def quality_report(survey: Survey, names: CountryNames) -> str:
    """Return the report as plain text. Amounts are US dollars a year."""
    answers, trims, cells = survey.answers, survey.trims, survey.cells
    lines = [
        *_about_file(survey),
        *_about_rows(answers, trims),
        "",
        f"Cells of 10 people or more: {len(cells.kept):,}; smaller ones left out: "
        f"{cells.too_small:,}",
        "",
        "By country. “low” fell below the floor, “high” above the ceiling. The median is that of",
        "employees of all roles, where 20 or more answered. “monthly?”: 5 % or more were low.",
        *_table([list(_HEADS), *_country_rows(answers, trims, names)]),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _about_file(survey: Survey) -> Iterator[str]:
    answers = survey.answers
    yield f"File:      {survey.name}, read as {answers.layout.name}"
    official = OFFICIAL_DIGESTS.get(survey.year)
    verdict = "the publisher’s own" if survey.csv_digest == official else "not the publisher’s own"
    if not official:
        verdict = "the publisher’s of this year is not known here"
    yield f"SHA-256:   {survey.digest}"
    if survey.csv_digest != survey.digest:
        yield f"  unpacked {survey.csv_digest}"
    yield f"  This is {verdict}."
    if answers.lacking:
        dimensions = {column: name for name, column in answers.layout.columns.items()}
        lacking = ", ".join(f"{column} ({dimensions[column]})" for column in answers.lacking)
        yield f"Columns that the file lacks, so that there are no such figures: {lacking}"


def _about_rows(answers: Answers, trims: list[Trim]) -> Iterator[str]:
    reasons = {
        reason: sum(count for (_, why), count in answers.dropped.items() if why == reason)
        for reason in (NO_PAY, NO_EMPLOYMENT)
    }
    reasons["below the floor of the country"] = sum(trim.low for trim in trims)
    reasons["above the ceiling of the country"] = sum(trim.high for trim in trims)
    yield f"Rows read: {answers.rows_read:,}"
    yield f"Dropped:   {sum(reasons.values()):,}"
    for reason, count in reasons.items():
        yield f"  {count:>9,}  {reason}"
    yield f"Kept:      {sum(trim.kept for trim in trims):,}"
    nowhere = sum(trim.kept for trim in trims if not trim.country)
    yield f"  {nowhere:>9,}  of them without a country: they count for the world only"
    others = sum(
        not roles and trims[country].floor <= pay <= trims[country].ceiling
        for roles, country, pay in zip(answers.roles, answers.country, answers.pay, strict=True)
    )
    yield f"  {others:>9,}  of them in other roles: they count for their country’s median only"


def _country_rows(answers: Answers, trims: list[Trim], names: CountryNames) -> Iterator[list[str]]:
    found = []
    for index, trim in enumerate(trims):
        no_pay, other = answers.dropped[index, NO_PAY], answers.dropped[index, NO_EMPLOYMENT]
        if rows := trim.answers + no_pay + other:
            found.append((rows, no_pay, other, trim))
    for rows, no_pay, other, trim in sorted(found, key=lambda item: (-item[0], item[3].country)):
        yield [
            f"{trim.country} {names.name(trim.country)}" if trim.country else "(no country)",
            *(f"{count:,}" for count in (rows, no_pay, other, trim.low, trim.high, trim.kept)),
            *(_percent(count, trim.answers) for count in (trim.low, trim.high)),
            f"{trim.employees:,}",
            "" if trim.median is None else _dollars(trim.median),
            _dollars(trim.floor),
            _dollars(trim.ceiling),
            "monthly?" if trim.looks_monthly else "",
        ]


def _percent(count: int, total: int) -> str:
    return f"{Decimal(100 * count) / total:.1f}" if total else ""


def _dollars(cents: Fraction) -> str:
    return f"{round(cents / CENTS):,}"


def _table(rows: list[list[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        numbers = (text.rjust(width) for text, width in zip(others, widths[1:], strict=True))
        yield "  ".join([first.ljust(widths[0]), *numbers])
