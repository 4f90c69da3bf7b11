"""What different sources say about the same work, side by side, and why they differ.

The figures stand next to each other and are never joined: nothing here takes two of them and
returns an amount.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from core.text import display_partial_date
from salaries.disclosure import Shown, disclose
from salaries.models import Edition, Figure
from salaries.money import money, money_range
from salaries.titles import people
from salaries.vocabulary import ROLES

# Which role of each series is nearest to a role of the survey that our guides are about.
_SURVEY = {role: role for role in ("back-end", "full-stack", "front-end", "all-developers")}
COUNTERPARTS = {
    "stack-overflow": _SURVEY,
    "koodiklinikka": _SURVEY,
    "bls-oews": {
        "back-end": "soc-15-1252",
        "full-stack": "soc-15-1252",
        "all-developers": "soc-15-1252",
        "front-end": "soc-15-1254",
    },
}
# The comparisons of the page: country and role, as the sources reach.
PLACES = (("US", "back-end"), ("US", "front-end"), ("FI", "all-developers"))


@dataclass(frozen=True)
class SourceRow:
    """One source. Words and amounts are as the source has them; no amount is converted."""

    edition: Edition
    shown: Shown
    definition: str
    median: str
    middle: str
    count: str
    date: str
    differences: tuple[str, ...]

    @property
    def pay_basis(self) -> str:
        """Return what counts as pay."""
        return self.edition.get_pay_basis_display()


def side_by_side(country: str, role: str) -> list[SourceRow]:
    """Return what each source says about a role in a country, in one query.

    Of each series the newest published edition that has a comparable figure is taken; the survey
    that our guides are about stands first, and each other row says how it differs from the first.
    Fewer than two rows mean that there is nothing to compare.
    """
    comparable = Q()
    for series, roles in COUNTERPARTS.items():
        if role in roles:
            comparable |= Q(edition__series=series, role=roles[role])
    if not comparable:
        return []
    figures = (
        Figure.objects.public()
        .filter(comparable, country=country, employment="employed", dimension="all")
        .with_context()
        .order_by("-edition__year", "-edition__pk")
    )
    newest: dict[str, Figure] = {}
    for figure in figures:
        newest.setdefault(figure.edition.series, figure)
    found = [newest[series] for series in COUNTERPARTS if series in newest]
    return [_row(figure, found[0]) for figure in found]


def beside(edition: Edition, country: str, role: str) -> list[SourceRow]:
    """Return what stands beside a figure of an edition, itself among it, in one query at most.

    `role` is that of the edition. Empty where no other source has a comparable figure, or where a
    later edition of the same series stands in the place of this one.
    """
    names = COUNTERPARTS.get(edition.series, {})
    ours = next((ours for ours, theirs in names.items() if theirs == role), "")
    rows = side_by_side(country, ours) if ours else []
    is_among = any(row.edition.pk == edition.pk for row in rows)
    return rows if is_among and len(rows) > 1 else []


def _row(figure: Figure, first: Figure) -> SourceRow:
    edition, shown = figure.edition, disclose(figure)
    unit = (figure.currency, edition.period)
    middle = ""
    if shown.p25 is not None and shown.p75 is not None:
        middle = money_range(shown.p25, shown.p75, *unit)
    return SourceRow(
        edition=edition,
        shown=shown,
        definition=_definition(figure),
        median=money(shown.p50, *unit) if shown.p50 is not None else "",
        middle=middle,
        count=_count(shown),
        date=time_of(edition),
        differences=tuple(_differences(figure, first)) if figure is not first else (),
    )


def _count(shown: Shown) -> str:
    if shown.n is None:
        return f"{shown.figure.jobs:,} jobs"
    return f"{shown.n:,} answers" + (", indicative" if shown.is_indicative else "")


def time_of(edition: Edition) -> str:
    """Return the time that the figures are about, as exact as the source says it."""
    last = edition.fieldwork_to or str(edition.year)
    if not edition.fieldwork_from or edition.fieldwork_from == last:
        return display_partial_date(last)
    return f"{display_partial_date(edition.fieldwork_from)} to {display_partial_date(last)}"


def _definition(figure: Figure) -> str:
    if figure.role.startswith("soc-"):
        code = figure.role.removeprefix("soc-")
        return f"{ROLES[figure.role]}: jobs that employers report under occupation code {code}"
    return f"{people(figure.role)}: employees who named this as their work"


def _differences(figure: Figure, first: Figure) -> Iterable[str]:
    """Return why a figure cannot equal the first one, each reason in a sentence."""
    mine, other = figure.edition, first.edition
    there = f"in {other.short_title}"
    if mine.kind != other.kind:
        yield (
            "Employers report for the jobs on their payroll, and the sample is drawn; "
            "the survey heard from people who chose to answer."
        )
    elif mine.series != other.series:
        yield "Both are voluntary surveys, but other people answered them."
    if figure.role != first.role:
        yield (
            f"“{ROLES[figure.role]}” is an occupation that a statistician assigns. It holds many "
            f"kinds of work; “{ROLES[first.role]}” is what people call themselves."
        )
    if mine.pay_basis != other.pay_basis:
        yield f"What counts as pay here: {_basis(mine)}; {there}: {_basis(other)}."
    if mine.period != other.period:
        yield (
            f"Pay is given {mine.get_period_display()}, {there} {other.get_period_display()}. "
            "We leave it so: how many months are paid in a year, and what comes on top, differs."
        )
    if figure.currency != first.currency:
        yield f"Amounts are in {figure.currency}, {there} in {first.currency}.{_conversion(other)}"
    if time_of(mine) != time_of(other):
        yield f"The times differ: {time_of(mine)}; {there}, {time_of(other)}."


def _basis(edition: Edition) -> str:
    words = edition.get_pay_basis_display()
    return words[:1].lower() + words[1:]


def _conversion(edition: Edition) -> str:
    if not edition.conversion_on:
        return ""
    day = display_partial_date(edition.conversion_on)
    return f" The latter were converted at the rates of one day, {day}."
