"""A chart with everything that belongs to it: title, reading, warnings, table, sources, links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from salaries.charts import svg
from salaries.charts.distribution import distribution_drawing
from salaries.charts.interval import interval_drawing
from salaries.charts.links import Links, links_of
from salaries.charts.rows import Row, rows_for, share_a_scale
from salaries.charts.slope import slope_drawing
from salaries.charts.svg import Drawing
from salaries.charts.table import FigureTable, figure_table
from salaries.charts.words import (
    description_of,
    is_slope,
    reading_of,
    subtitle_of,
    warnings_of,
)
from salaries.models import Edition, Figure
from salaries.money import Converter, Unit
from salaries.selection import Selection
from salaries.titles import dated_title_of, names_of


@dataclass(frozen=True)
class ChartFigure:
    """The context of templates/salaries/_chart_figure.html.

    `drawing` is empty where the rows have no common scale; the table still shows them.
    """

    title: str
    what: str
    anchor: str
    drawing: SafeString
    reading: str
    warnings: tuple[str, ...]
    table: FigureTable
    editions: tuple[Edition, ...]
    links: Links

    @property
    def sources(self) -> list[tuple[str, list[Edition]]]:
        """Return the editions by licence, so that each licence is named once."""
        by_licence: dict[str, list[Edition]] = {}
        for edition in self.editions:
            by_licence.setdefault(edition.licence, []).append(edition)
        return list(by_licence.items())


def drawing_for(selection: Selection, rows: Sequence[Row]) -> Drawing | None:
    """Return the drawing that fits what is compared, None where the rows share no scale.

    Years of one series: slope. One figure that shows quartiles: distribution in words. Everything
    else: rows on one axis.
    """
    if not share_a_scale(rows):
        return None
    if is_slope(selection, rows):
        return slope_drawing(rows)
    if len(rows) == 1 and rows[0].p25 is not None:
        return distribution_drawing(rows[0])
    return interval_drawing(rows)


def chart_for(
    selection: Selection,
    rows: Sequence[Row],
    *,
    title: str = "",
    description: str = "",
    key: str = "",
) -> SafeString:
    """Return the chart of a selection as inline SVG; "" where the rows share no scale.

    What is not given is made from the selection. `key` makes the ids of the page unique.
    """
    drawing = drawing_for(selection, rows)
    if drawing is None:
        return SafeString("")
    title = title or dated_title_of(selection, names_of(row.figure for row in rows))
    words = description or description_of(rows)
    # Every word in the drawing was escaped where it was written.
    return mark_safe(  # noqa: S308
        svg.inline(drawing, title=title, description=words, key=key or selection.key)
    )


def chart_figure(
    selection: Selection,
    figures: Iterable[Figure],
    *,
    unit: Unit | str = Unit.EDITION,
    converter: Converter | None = None,
    key: str = "",
    title: str = "",
) -> ChartFigure:
    """Return a chart with all that belongs to it. At least one figure is needed.

    The figures come from `Figure.objects.public().with_context()`. Another unit than "edition"
    costs one query unless a converter is given. `key` makes the ids of the page unique; `title`
    takes the place of the one made from the selection.
    """
    figures = list(figures)
    converter = converter or Converter.for_figures(unit, figures)
    rows = rows_for(selection, figures, converter=converter)
    title = title or dated_title_of(selection, names_of(figures))
    anchor = svg.anchor_of(key or selection.key)
    return ChartFigure(
        title=title,
        what=subtitle_of(rows),
        anchor=anchor,
        drawing=chart_for(selection, rows, title=title, key=key),
        reading=reading_of(selection, rows),
        warnings=tuple(warnings_of(selection, rows, converter)),
        table=figure_table(rows, caption=title, anchor=anchor, selection=selection),
        editions=tuple({row.figure.edition.pk: row.figure.edition for row in rows}.values()),
        links=links_of(selection, converter.unit),
    )
