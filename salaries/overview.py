"""What the overview of pay shows: the world's figure, countries in rank, guides, editions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString, mark_safe

from articles.models import Article
from salaries.charts import Row, explore_url, row_of, svg, what_is_shown
from salaries.charts.interval import marks
from salaries.charts.scale import Scale, per_cent
from salaries.explorer.reading import reading
from salaries.listing import SalaryGuides, country_of, salary_guides
from salaries.models import Edition, Figure, SalaryGuide
from salaries.selection import DEFAULT_EMPLOYMENT, DEFAULT_ROLE, MAIN_SERIES, Selection
from salaries.titles import people
from salaries.vocabulary import WORLD

DRAWN = ("p25", "p50", "p75", "ci_low", "ci_high")
ROW_HEIGHT, HEAD_HEIGHT = 28, 20  # px


@dataclass(frozen=True)
class Ranked:
    """A country in the ranking; its plot draws what the words beside it say."""

    code: str
    row: Row
    plot: SafeString


@dataclass(frozen=True)
class CountryGuide:
    """A guide about a place with the figure of its own role; `row` is None where there is none."""

    name: str
    article: Article
    row: Row | None


@dataclass(frozen=True)
class Overview:
    """The context of templates/salaries/overview.html."""

    guides: SalaryGuides
    editions: list[Edition]
    edition: Edition | None
    world: Row | None
    world_reading: list[str]
    what: str
    ranking: list[Ranked]
    axis: SafeString
    few_answers: int
    countries: list[CountryGuide]


def load_overview() -> Overview:
    """Return everything of the overview, in three queries."""
    guides = salary_guides()
    editions = list(Edition.objects.published().select_related("source").newest_first())
    edition = next((item for item in editions if item.series == MAIN_SERIES), None)
    figures = _figures(edition, guides) if edition else {}
    articles = {(guide.role, guide.country_id): article for guide, article in guides.countries}
    rows = {
        key: row_of(_name(figure), figure, href=_address(figure, articles.get(key)))
        for key, figure in figures.items()
    }
    world = rows.get((DEFAULT_ROLE, WORLD))
    places = [row for (role, code), row in rows.items() if role == DEFAULT_ROLE and code != WORLD]
    firm = sorted((row for row in places if not row.is_indicative), key=_by_median, reverse=True)
    scale = Scale.of(firm, DRAWN) if firm else None
    return Overview(
        guides=guides,
        editions=editions,
        edition=edition,
        world=world,
        world_reading=reading(world) if world else [],
        what=what_is_shown(firm) if firm else "",
        ranking=[Ranked(row.figure.country_id, row, _plot(row, scale)) for row in firm if scale],
        axis=_axis(scale) if scale else SafeString(""),
        few_answers=len(places) - len(firm),
        countries=[
            CountryGuide(_guide_name(guide), article, rows.get((guide.role, guide.country_id)))
            for guide, article in guides.countries
        ],
    )


def _figures(edition: Edition, guides: SalaryGuides) -> dict[tuple[str, str | None], Figure]:
    """Return the figures of everybody, by role and country, of one edition."""
    roles = {DEFAULT_ROLE, *(guide.role for guide, _ in guides.countries)}
    found = (
        Figure.objects.public()
        .with_context()
        .filter(edition=edition, role__in=roles, employment=DEFAULT_EMPLOYMENT, dimension="all")
    )
    return {(figure.role, figure.country_id): figure for figure in found}


def _by_median(row: Row) -> tuple:
    return row.p50, row.label


def _name(figure: Figure) -> str:
    return "All countries together" if figure.country_id == WORLD else figure.country.name


def _guide_name(guide: SalaryGuide) -> str:
    name = country_of(guide).name
    return name if guide.role == DEFAULT_ROLE else f"{name}: {people(guide.role).lower()}"


def _address(figure: Figure, article: Article | None) -> str:
    """Return where more about a country stands: its guide, or else the explorer."""
    if article is not None:
        return article.get_absolute_url()
    return explore_url(
        Selection(
            (figure.edition.slug,), (figure.country_id,), (figure.role,), (figure.employment,)
        )
    )


def _plot(row: Row, scale: Scale) -> SafeString:
    """Return the drawing of one line. The cells beside it hold the same numbers as words."""
    body = _grid(scale, ROW_HEIGHT) + svg.row(
        ROW_HEIGHT / 2, marks(replace(row, p10=None, p90=None), scale)
    )
    return _drawing(body, ROW_HEIGHT)


def _axis(scale: Scale) -> SafeString:
    words = ""
    for amount, label in scale.ticks():
        share = scale.share(amount)
        anchor = "middle" if amount and share < 96 else "end" if amount else ""
        words += svg.text("p-tick", label, per_cent(share), HEAD_HEIGHT - 5, anchor)
    return _drawing(words, HEAD_HEIGHT)


def _grid(scale: Scale, height: float) -> str:
    return "".join(
        svg.line("p-grid" if amount else "p-zero", scale.at(amount), scale.at(amount), 0, height)
        for amount, _ in scale.ticks()
    )


def _drawing(body: str, height: int) -> SafeString:
    """Return an SVG that programs that read aloud pass over."""
    # Numbers of our own and words that were escaped where they were written.
    return mark_safe(  # noqa: S308
        f'<svg class="plot" width="100%" height="{svg.rem(height)}" aria-hidden="true" '
        f'focusable="false">{body}</svg>'
    )


def editions_by_series(editions: Iterable[Edition]) -> list[list[Edition]]:
    """Return editions in groups of one series, the latest year first in each."""
    groups: dict[str, list[Edition]] = {}
    for edition in editions:
        groups.setdefault(edition.series, []).append(edition)
    return list(groups.values())
