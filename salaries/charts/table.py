"""The numbers of a chart as a table: the context of templates/salaries/_table.html."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salaries.charts.rows import Row
from salaries.money import money
from salaries.selection import Selection
from salaries.titles import dimension_words

COLUMNS = (
    ("p10", "Lowest tenth below"),
    ("p25", "Lowest quarter below"),
    ("p50", "Median"),
    ("p75", "Highest quarter above"),
    ("p90", "Highest tenth above"),
)
AXES = {"country": "Country", "role": "Role", "employment": "Employment", "edition": "Edition"}


@dataclass(frozen=True)
class TableRow:
    """One line: `cells` has the words of each column, "" where a number is not shown."""

    label: str
    href: str
    count: str
    cells: tuple[str, ...]
    interval: str
    is_indicative: bool
    why_not: str


@dataclass(frozen=True)
class FigureTable:
    """A table of figures. Columns that no row fills are left out."""

    caption: str
    head: str
    count_head: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    has_intervals: bool
    has_gaps: bool
    anchor: str

    @property
    def width(self) -> int:
        """Return how many cells stand behind label and count."""
        return len(self.columns) + self.has_intervals


def figure_table(
    rows: Sequence[Row], *, caption: str, anchor: str, selection: Selection | None = None
) -> FigureTable:
    """Return rows as a table. `anchor` begins its ids; `selection` names the first column."""
    names = [(name, head) for name, head in COLUMNS if any(getattr(row, name) for row in rows)]
    counts = {row.figure.n is None for row in rows}
    lines = tuple(
        TableRow(
            label=row.label,
            href=row.href,
            count=f"{row.figure.n or row.figure.jobs:,}",
            cells=tuple(_words(row, getattr(row, name)) for name, _ in names),
            interval=row.interval_words,
            is_indicative=row.is_indicative,
            why_not=row.why_not,
        )
        for row in rows
    )
    has_intervals = any(line.interval for line in lines)
    return FigureTable(
        caption=caption,
        head=_head(selection),
        count_head="Answers or jobs"
        if len(counts) > 1
        else "Jobs"
        if True in counts
        else "Answers",
        columns=tuple(head for _, head in names),
        rows=lines,
        has_intervals=has_intervals,
        has_gaps=any(
            not line.why_not and not all([*line.cells, line.interval or not has_intervals])
            for line in lines
        ),
        anchor=anchor,
    )


def _words(row: Row, amount: Decimal | None) -> str:
    return "" if amount is None else money(amount, row.currency, row.period)


def _head(selection: Selection | None) -> str:
    if selection is None or not selection.axis:
        return "Group"
    if selection.axis == "value":
        return dimension_words(selection.dimension).capitalize()
    return AXES[selection.axis]
