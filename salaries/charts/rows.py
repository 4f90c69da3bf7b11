"""Figures as the rows of a chart or table: labelled, ordered, in one money, only what is shown."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from salaries.disclosure import Shown, disclose
from salaries.models import Figure
from salaries.money import NBSP, Converter, Unit, money, money_range
from salaries.selection import Selection
from salaries.titles import people
from salaries.vocabulary import WORLD

MOST_NAMED = 6  # rows that a note names; of more it gives the number


@dataclass(frozen=True)
class Row:
    """One figure with its label. Amounts are in `currency` per `period`; None is not shown.

    `why_not` says in a sentence why there are no amounts in the asked money; "" where there are.
    """

    label: str
    shown: Shown
    p10: Decimal | None
    p25: Decimal | None
    p50: Decimal | None
    p75: Decimal | None
    p90: Decimal | None
    ci_low: Decimal | None
    ci_high: Decimal | None
    currency: str
    period: str = "year"
    href: str = ""
    why_not: str = ""

    @property
    def figure(self) -> Figure:
        """Return the cell behind the row."""
        return self.shown.figure

    @property
    def is_indicative(self) -> bool:
        """Return whether there are so few answers that the median only hints at something."""
        return self.shown.is_indicative

    @property
    def median_words(self) -> str:
        """Return the rounded median with its currency, or why there is none."""
        return self.why_not if self.p50 is None else money(self.p50, self.currency, self.period)

    @property
    def interval_words(self) -> str:
        """Return the rounded interval of the median, "" where there is none."""
        return self._range(self.ci_low, self.ci_high)

    @property
    def middle_words(self) -> str:
        """Return the rounded quartiles as a range, "" where they are not shown."""
        return self._range(self.p25, self.p75)

    @property
    def count_words(self) -> str:
        """Return how many stand behind the row: "n = 259", "1,693,800 jobs"."""
        return count_words(self.figure)

    def _range(self, low: Decimal | None, high: Decimal | None) -> str:
        if low is None or high is None:
            return ""
        return money_range(low, high, self.currency, self.period)


def count_words(figure: Figure) -> str:
    """Return how many answers, or for official statistics jobs, stand behind a figure."""
    if figure.n is not None:
        return f"n{NBSP}={NBSP}{figure.n:,}"
    return f"{figure.jobs:,}{NBSP}jobs"


def row_of(
    label: str, figure: Figure, *, converter: Converter | None = None, href: str = ""
) -> Row:
    """Return one figure as a row. Its edition and country must be loaded."""
    converter = converter or Converter()
    shown = disclose(figure)
    amounts = {
        name: converter.convert(figure, getattr(shown, name))
        for name in ("p10", "p25", "p50", "p75", "p90", "ci_low", "ci_high")
    }
    return Row(
        label=label,
        shown=shown,
        **amounts,
        currency=converter.currency(figure),
        period=figure.edition.period,
        href=href,
        why_not=converter.why_not(figure),
    )


def rows_for(
    selection: Selection,
    figures: Iterable[Figure],
    *,
    unit: Unit | str = Unit.EDITION,
    converter: Converter | None = None,
    link: Callable[[Figure], str] | None = None,
) -> list[Row]:
    """Return the figures of a selection as rows, in the order in which they are read.

    Editions stand by year, ordered values (experience, size) in their order, everything else by
    median with the highest first: adjusted for prices where that is asked, otherwise in the money
    of the edition, since local moneys cannot be compared. Figures come from
    `Figure.objects.public()` with their edition and country loaded. `converter` saves the query
    that another `unit` than "edition" needs. `link` may say where the label of a row leads.
    """
    figures = sorted(figures, key=_order(selection.axis))
    converter = converter or Converter.for_figures(unit, figures)
    rows = [
        row_of(
            label_of(selection.axis, figure),
            figure,
            converter=converter,
            href=link(figure) if link else "",
        )
        for figure in figures
    ]
    if selection.axis == "country" and converter.unit == Unit.PRICE_LEVEL:
        rows.sort(key=lambda row: -(row.p50 or 0))
    return rows


def label_of(axis: str, figure: Figure) -> str:
    """Return what tells a figure from the others along an axis."""
    match axis:
        case "role":
            return people(figure.role)
        case "employment":
            return "Employed" if figure.employment == "employed" else "Independent contractors"
        case "edition":
            return figure.edition.short_title
        case "value":
            return figure.shown_value.label
    return "World" if figure.country_id == WORLD else figure.country.name


def _order(axis: str) -> Callable[[Figure], tuple]:
    if axis == "edition":
        return lambda figure: (figure.edition.year, figure.edition.slug)
    if axis == "value":
        return lambda figure: (figure.shown_value.order, -figure.p50, figure.value_slug)
    return lambda figure: (-figure.p50, figure.country_id, figure.role)


def notes_of(rows: Sequence[Row], converter: Converter | None = None) -> list[str]:
    """Return the warnings about rows, each once, with the names of those it is about.

    A note about all rows names none of them.
    """
    about: dict[str, list[str]] = {}
    for row in rows:
        for note in filter(None, (*row.shown.notes, row.why_not)):
            about.setdefault(note, []).append(row.label)
    notes = [_with_names(note, labels, len(rows)) for note, labels in about.items()]
    # These name their country or currency themselves.
    return [*notes, *(converter.notes(row.figure for row in rows) if converter else [])]


def _with_names(note: str, labels: Sequence[str], rows: int) -> str:
    if len(labels) == rows:
        return note
    names = ", ".join(labels) if len(labels) <= MOST_NAMED else f"{len(labels)} of {rows} rows"
    return f"{names}: {note[:1].lower()}{note[1:]}"


def share_a_scale(rows: Sequence[Row]) -> bool:
    """Return whether the rows can stand on one axis: one currency, one period."""
    return len({(row.currency, row.period) for row in rows if row.p50 is not None}) == 1
