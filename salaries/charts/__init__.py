"""Charts of pay, drawn on the server as SVG."""

from salaries.charts.figure import ChartFigure, chart_figure, chart_for
from salaries.charts.links import explore_url, links_of
from salaries.charts.rows import Row, notes_of, row_of, rows_for, share_a_scale
from salaries.charts.table import FigureTable, figure_table
from salaries.charts.words import (
    description_of,
    reading_of,
    subtitle_of,
    warnings_of,
    what_is_shown,
)

__all__ = [
    "ChartFigure",
    "FigureTable",
    "Row",
    "chart_figure",
    "chart_for",
    "description_of",
    "explore_url",
    "figure_table",
    "links_of",
    "notes_of",
    "reading_of",
    "row_of",
    "rows_for",
    "share_a_scale",
    "subtitle_of",
    "warnings_of",
    "what_is_shown",
]
