"""The figures that the embeds of one page name: all cells in one query, all charts in another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_

from salaries.charts.rows import Row, row_of
from salaries.disclosure import NOT_SHOWN
from salaries.models import Edition, Figure
from salaries.money import Converter, Unit
from salaries.selection import Selection, SelectionError, parse
from salaries.titles import missing_names
from salaries.vocabulary import WORLD

MOST_OFFERED = 3


@dataclass
class Batch:
    """The figures loaded together, so that the rates they need are loaded together too."""

    figures: list[Figure] = field(default_factory=list)

    @cached_property
    def to_local(self) -> Converter:
        """Return the converter to local money: one query for the page, when first asked."""
        return Converter.for_figures(Unit.LOCAL, self.figures)


@dataclass(frozen=True)
class LoadedCell:
    """What a key of `[[salary:…]]` names; `problem` says what is wrong with the key itself."""

    selection: Selection | None
    figure: Figure | None
    problem: str
    batch: Batch

    def row(self, *, is_local: bool = False) -> Row:
        """Return the cell as a row, in the money of its edition or in local money."""
        assert self.figure is not None  # callers have looked
        return row_of("", self.figure, converter=self.batch.to_local if is_local else None)

    def why_missing(self) -> str:
        """Return why there is no figure, with the nearest ones, for the person who wrote the key.

        Costs two queries.
        """
        if self.selection is None:
            return self.problem
        return why_missing(self.selection)


@dataclass(frozen=True)
class LoadedChart:
    """What a key of `[[salary-chart:…]]` names."""

    selection: Selection | None
    figures: Sequence[Figure]
    problem: str

    def why_missing(self) -> str:
        """Return what is wrong, or which named thing has no figure; "" where all is there."""
        if self.selection is None:
            return self.problem
        if not self.figures:
            return why_missing(self.selection)
        missing = missing_names(self.selection, self.figures)
        if not missing:
            return ""
        return f"there is no figure for {', '.join(missing)}; leave it out of the key"


def load_cells(keys: Iterable[str]) -> dict[str, LoadedCell]:
    """Return the cell behind each key, in one query. A key that names none has no figure."""
    parsed = {key: _parsed_cell(key) for key in keys}
    wanted = [item for item, _ in parsed.values() if item is not None]
    batch = Batch()
    if wanted:
        batch.figures = list(Figure.objects.public().matching_any(wanted).with_context())
    found = {f"{item.edition.slug}/{item.selection_key}": item for item in batch.figures}
    loaded = {}
    for key, (selection, problem) in parsed.items():
        figure = found.get(selection.key) if selection is not None else None
        loaded[key] = LoadedCell(selection, figure, problem, batch)
    return loaded


def load_charts(keys: Iterable[str]) -> dict[str, LoadedChart]:
    """Return the figures behind each key, in one query for all."""
    parsed = {key: _parsed(key) for key in keys}
    wanted = [item for item, _ in parsed.values() if item is not None]
    figures: list[Figure] = []
    if wanted:
        matching = reduce(or_, (Figure.objects.public().matching(item) for item in wanted))
        figures = list(matching.with_context())
    return {
        key: LoadedChart(
            selection,
            [item for item in figures if selection is not None and _is_in(item, selection)],
            problem,
        )
        for key, (selection, problem) in parsed.items()
    }


def editions_named(key: str) -> tuple[str, ...]:
    """Return the slugs of the editions that a key names, or the key where it cannot be read."""
    selection, _ = _parsed(key)
    return selection.editions if selection is not None else (key,)


def why_missing(selection: Selection) -> str:
    """Return why a selection has no figures, and which near ones exist. Two queries."""
    states = dict(Edition.objects.values_list("slug", "published_at"))
    for slug in selection.editions:
        if slug not in states:
            return f"there is no edition “{slug}”; known are {', '.join(sorted(states)) or 'none'}"
        if states[slug] is None:
            return f"the edition “{slug}” is not published yet"
    where = selection.key.partition("/")[2]
    reason = NOT_SHOWN.partition(": ")[2].rstrip(".")
    near = _nearest(selection)
    offer = f"; nearest: {', '.join(near)}" if near else ""
    return f"{', '.join(selection.editions)} has no figure for {where} ({reason}){offer}"


def _parsed(key: str) -> tuple[Selection | None, str]:
    try:
        return parse(key), ""
    except SelectionError as error:
        return None, str(error)


def _parsed_cell(key: str) -> tuple[Selection | None, str]:
    selection, problem = _parsed(key)
    if selection is None or selection.is_one_cell:
        return selection, problem
    return None, f"“{key}” names several figures; [[salary-chart:…]] shows them"


def _is_in(figure: Figure, selection: Selection) -> bool:
    return (
        figure.edition.slug in selection.editions
        and figure.country_id in selection.countries
        and figure.role in selection.roles
        and figure.employment in selection.employments
        and figure.dimension == selection.dimension
        and (not selection.values or figure.value_slug in selection.values)
    )


def _nearest(selection: Selection) -> list[str]:
    """Return keys of public figures that differ least from what was asked, closest first."""
    figures = (
        Figure.objects.public()
        .filter(
            edition__slug__in=selection.editions,
            country__in=[*selection.countries, WORLD],
            dimension__in={selection.dimension, "all"},
        )
        .select_related("edition")
    )
    ranked = sorted(figures, key=lambda item: (-_likeness(item, selection), -(item.n or 0)))
    return [f"{item.edition.slug}/{item.selection_key}" for item in ranked[:MOST_OFFERED]]


def _likeness(figure: Figure, selection: Selection) -> int:
    """Return how much of a selection a figure shares; the place counts most."""
    return (
        4 * (figure.country_id in selection.countries)
        + 3 * (figure.role in selection.roles)
        + 2 * (figure.employment in selection.employments)
        + (figure.dimension == selection.dimension)
    )
