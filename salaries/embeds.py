"""Pay inside a text: `[[salary:so-2025/de#p25]]` and `[[salary-chart:so-2025/de/language]]`.

Text and table cannot disagree, because both come from the same cells by `disclosure.disclose`.
"""

from collections.abc import Callable, Iterable, Mapping

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.embeds import EmbedContext, EmbedError, SourceEntry, Token
from salaries.charts.figure import ChartFigure, chart_figure
from salaries.charts.rows import Row
from salaries.charts.svg import anchor_of
from salaries.disclosure import rule_for
from salaries.loading import LoadedCell, LoadedChart, editions_named, load_cells, load_charts
from salaries.models import PERCENTILES
from salaries.money import money
from salaries.receipts import cell_source, confidence_of, number_key, receipt_mark, source_key

LOCAL = "-local"


class SalaryEmbed:
    """`[[salary:edition/country/…#part]]`: a number of one cell, with its receipt."""

    kind = "salary"
    reference_kind = "salary"
    label_singular = "figure of pay"
    block = False

    def load(self, keys: set[str]) -> Mapping[str, LoadedCell]:
        """Return an item for every key, in one query; `render` says what is wrong with one."""
        return load_cells(keys)

    def reference_keys(self, key: str) -> Iterable[str]:
        """Return the editions that a key names, so that "where is this used" can tell."""
        return editions_named(key)

    def text(self, token: Token, item: LoadedCell) -> str:
        """Return the number alone; nothing where `render` refuses."""
        try:
            return words_of(token, item)
        except EmbedError:
            return ""

    def markdown(self, token: Token, item: LoadedCell) -> str:
        words = self.text(token, item)
        if not words or item.figure is None:
            return words
        year = item.figure.edition.year
        return f"{words} ({year})[^{number_key(item, is_local=_is_local(token))}]"

    def source_entries(self, keys: Iterable[str]) -> Mapping[str, SourceEntry]:
        """Return the cells behind numbered keys as they stand in the list of sources."""
        wanted = {key: source_key(key) for key in keys if key.startswith(f"{self.kind}:")}
        items = load_cells({name for name, _ in wanted.values()})
        return {
            key: cell_source(items[name], is_local=is_local)
            for key, (name, is_local) in wanted.items()
            if items[name].figure is not None
        }

    def render(self, token: Token, item: LoadedCell, context: EmbedContext) -> SafeString:
        """Return the number with its receipt mark.

        Raises EmbedError for a cell or part that does not exist or is not shown, saying why. A
        count whose receipt stands on the page already has no mark of its own.
        """
        words = words_of(token, item)
        key = number_key(item, is_local=_is_local(token))
        is_known_count = token.part in {"n", "jobs"} and key in context.numbering
        mark = "" if is_known_count else receipt_mark(item, key, context)
        assert item.figure is not None  # words_of has looked
        return format_html(
            '<span class="claim claim--{}"><span class="claim__value">{}</span>{}</span>',
            confidence_of(item.figure.edition),
            words,
            mark,
        )


def _is_local(token: Token) -> bool:
    return token.part.endswith(LOCAL)


def words_of(token: Token, item: LoadedCell) -> str:
    """Return the words of one part of a cell. Raises EmbedError for what cannot be shown."""
    if item.figure is None:
        raise EmbedError(item.why_missing())
    part = token.part.removesuffix(LOCAL) or "p50"
    write = PARTS.get(part)
    if write is None or (part in {"n", "jobs"} and _is_local(token)):
        raise EmbedError(
            f"there is no part “{token.part}”; known are {', '.join(PARTS)}, "
            f"and for amounts the same with {LOCAL}"
        )
    row = item.row(is_local=_is_local(token))
    if row.why_not:
        raise EmbedError(row.why_not)
    return write(row, part)


def _percentile(row: Row, part: str) -> str:
    amount = getattr(row, part)
    if amount is None:
        raise EmbedError(_hidden(row, part))
    words = money(amount, row.currency, row.period)
    return f"{words} (indicative)" if row.is_indicative else words


def _interval(row: Row, part: str) -> str:
    if not row.interval_words:
        raise EmbedError("this figure has no interval of the median")
    return f"between {row.interval_words.replace(' to ', ' and ')}"


def _middle(row: Row, part: str) -> str:
    if not row.middle_words:
        raise EmbedError(_hidden(row, part))
    return row.middle_words


def _answers(row: Row, part: str) -> str:
    if row.figure.n is None:
        raise EmbedError("official statistics count jobs, not answers; use #jobs")
    return f"{row.figure.n:,}"


def _jobs(row: Row, part: str) -> str:
    if row.figure.jobs is None:
        raise EmbedError("a survey counts answers, not jobs; use #n")
    return f"{row.figure.jobs:,}"


def _hidden(row: Row, part: str) -> str:
    n = row.figure.n
    if n is None:
        return f"the publisher prints no {part} for this group"
    return f"#{part} is not shown: with {n} answers we show only {rule_for(n).words}"


PARTS: Mapping[str, Callable[[Row, str], str]] = {
    **dict.fromkeys(PERCENTILES, _percentile),
    "n": _answers,
    "jobs": _jobs,
    "interval": _interval,
    "middle": _middle,
}


class SalaryChartEmbed:
    """`[[salary-chart:edition/country/…|title]]`: a chart with its table, alone in a paragraph."""

    kind = "salary-chart"
    reference_kind = "salary"
    label_singular = "chart of pay"
    block = True

    def load(self, keys: set[str]) -> Mapping[str, LoadedChart]:
        """Return an item for every key, in one query; `render` says what is wrong with one."""
        return load_charts(keys)

    def reference_keys(self, key: str) -> Iterable[str]:
        """Return the editions that a key names, so that "where is this used" can tell."""
        return editions_named(key)

    def text(self, token: Token, item: LoadedChart) -> str:
        """Return the title and the medians."""
        if not item.figures or item.selection is None:
            return token.label
        chart = self._chart(token, item, "")
        rows = "; ".join(f"{row.label} {_median(chart, row.cells)}" for row in chart.table.rows)
        return f"{chart.title}. {rows}"

    def markdown(self, token: Token, item: LoadedChart) -> str:
        """Return the table of the chart, with its title and source."""
        if not item.figures or item.selection is None:
            return token.label
        return as_markdown_table(self._chart(token, item, ""))

    def render(self, token: Token, item: LoadedChart, context: EmbedContext) -> SafeString:
        """Return the figure. Raises EmbedError where a thing that the key names has no figure."""
        problem = item.why_missing()
        if problem or item.selection is None:
            raise EmbedError(problem)
        anchor = context.claim_anchor(anchor_of(item.selection.key))
        chart = self._chart(token, item, anchor.removeprefix("chart-"))
        return render_to_string("salaries/_chart_figure.html", {"chart": chart})

    def _chart(self, token: Token, item: LoadedChart, key: str) -> ChartFigure:
        assert item.selection is not None  # callers have looked
        return chart_figure(item.selection, item.figures, key=key, title=token.label)


def _median(chart: ChartFigure, cells: tuple[str, ...]) -> str:
    return cells[chart.table.columns.index("Median")]


def as_markdown_table(chart: ChartFigure) -> str:
    """Return the numbers of a chart as a Markdown table with its title, warnings and source."""
    table = chart.table
    heads = [table.head, table.count_head, *table.columns]
    heads += ["95% interval of the median"] if table.has_intervals else []
    lines = [f"**{chart.title}.** {chart.what}", "", _line(heads)]
    lines.append(_line(["---", *["---:"] * (len(heads) - 1)]))
    for row in table.rows:
        label = f"{row.label} (indicative)" if row.is_indicative else row.label
        interval = [row.interval or "–"] if table.has_intervals else []
        lines.append(_line([label, row.count, *(cell or "–" for cell in row.cells), *interval]))
    sources = "; ".join(
        f"{item.title}, {item.licence}, figures {item.figures_digest[:8]}"
        for item in chart.editions
    )
    return "\n".join(
        [*lines, "", *[f"- {note}" for note in chart.warnings], f"- Source: {sources}"]
    )


def _line(cells: Iterable[str]) -> str:
    safe = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(safe)} |".replace("\u00a0", " ")
