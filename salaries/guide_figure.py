"""The figure at the head of a salary guide: which cell it is, and what is said about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef

from articles.models import Article, Reference
from salaries.charts import ChartFigure, Row, chart_figure, row_of, what_is_shown
from salaries.comparison import time_of
from salaries.explorer.reading import reading
from salaries.listing import country_of, place_of
from salaries.models import PERCENTILES, Edition, Figure, SalaryGuide
from salaries.money import Converter, Unit, rounded
from salaries.selection import DEFAULT_EMPLOYMENT, MAIN_SERIES, Selection

DURATIONS = {Edition.Period.YEAR: "P1Y", Edition.Period.MONTH: "P1M"}  # ISO 8601


@dataclass(frozen=True)
class GuideFigure:
    """One cell with everything that the head of a guide says about it.

    `local` is the same in the money of the country, None where that is the money of the edition
    or no rate is known. `newer` is a later edition that the text does not speak of yet.
    """

    guide: SalaryGuide
    selection: Selection
    row: Row
    chart: ChartFigure
    reading: list[str]
    local: Row | None
    local_note: str
    newer: Edition | None

    @property
    def what(self) -> str:
        """Return which pay it is: "Pay before taxes with bonuses … per year, in US dollars"."""
        return what_is_shown([self.row])

    @property
    def edition(self) -> Edition:
        """Return the edition that the figure belongs to."""
        return self.row.figure.edition

    @property
    def asked(self) -> str:
        """Return when people were asked, as exact as the edition says it."""
        return time_of(self.edition)


def figure_of(article: Article) -> GuideFigure | None:
    """Return the figure of a guide about a role and a place, in two queries.

    The latest edition that the text itself cites comes first, so that the head and the text speak
    of the same figures. None where the guide is about no place, or no edition has its cell.
    """
    guide = place_of(article)
    if guide is None:
        return None
    cited = Reference.objects.filter(article=article, kind="salary", key=OuterRef("edition__slug"))
    figures = list(
        Figure.objects.public()
        .with_context()
        .filter(
            edition__series=MAIN_SERIES,
            role=guide.role,
            country=guide.country_id,
            employment=DEFAULT_EMPLOYMENT,
            dimension="all",
        )
        .annotate(is_cited=Exists(cited))
        .order_by("-is_cited", "-edition__year")
    )
    return _told(guide, figures) if figures else None


def _told(guide: SalaryGuide, figures: Sequence[Figure]) -> GuideFigure:
    figure, *others = figures
    selection = Selection(
        (figure.edition.slug,), (figure.country_id,), (figure.role,), (figure.employment,)
    )
    row = row_of(figure.country.name, figure)
    local = note = None
    if figure.country.currency and figure.country.currency != figure.currency:
        converter = Converter.for_figures(Unit.LOCAL, [figure])
        local = row_of(figure.country.name, figure, converter=converter)
        note = converter.note(figure)
    later = [item.edition for item in others if item.edition.year > figure.edition.year]
    return GuideFigure(
        guide=guide,
        selection=selection,
        row=row,
        chart=chart_figure(selection, [figure], key=f"figure-{selection.key}"),
        reading=reading(row),
        local=local if local is not None and local.p50 is not None else None,
        local_note=note or "",
        newer=max(later, key=lambda edition: edition.year, default=None),
    )


def as_occupation(figure: GuideFigure, url: str) -> dict[str, Any]:
    """Return the figure as structured data: the rounded amounts that the page shows.

    schema.org Occupation with estimatedSalary (MonetaryAmountDistribution).
    """
    row = figure.row
    pay = {
        "@type": "MonetaryAmountDistribution",
        "name": figure.edition.get_pay_basis_display(),
        "currency": row.currency,
        "duration": DURATIONS[Edition.Period(row.period)],
        **shown_amounts(row),
    }
    return {
        "@type": "Occupation",
        "@id": f"{url}#the-figure",
        "name": figure.guide.get_role_display(),
        "description": " ".join(figure.reading),
        "occupationLocation": [{"@type": "Country", "name": country_of(figure.guide).name}],
        "estimatedSalary": [pay],
    }


def shown_amounts(row: Row) -> dict[str, int]:
    """Return the percentiles that are shown, rounded as they are shown, by their schema.org name.

    p50 is called median, the others percentile10 and so on.
    """
    amounts = {name: getattr(row, name) for name in PERCENTILES}
    return {
        "median" if name == "p50" else name.replace("p", "percentile"): rounded(amount, row.period)
        for name, amount in amounts.items()
        if amount is not None
    }


def as_values(figure: GuideFigure) -> dict[str, Any]:
    """Return the figure for the JSON form of the page, rounded as the page has it.

    `exact` is the address of the exact amounts.
    """
    row, edition = figure.row, figure.edition
    interval = [row.ci_low, row.ci_high]
    return {
        "key": figure.selection.key,
        "role": figure.guide.role,
        "country": figure.guide.country_id,
        "n": row.shown.n,
        "currency": row.currency,
        "period": row.period,
        **shown_amounts(row),
        "interval": [rounded(amount, row.period) for amount in interval if amount is not None],
        "reading": figure.reading,
        "warnings": list(figure.chart.warnings),
        "source": edition.title,
        "licence": edition.licence,
        "attribution": edition.attribution,
        "figures_digest": edition.figures_digest,
        "exact": settings.SITE_URL + figure.chart.links.json,
    }


def as_paragraphs(figure: GuideFigure) -> list[str]:
    """Return the figure for the Markdown form of the page."""
    edition = figure.edition
    head = f"**{figure.chart.title}**: median {figure.row.median_words} ({figure.row.count_words})."
    source = (
        f"Source: {edition.title}, {edition.licence}, figures {edition.figures_digest[:8]}. "
        f"Exact figures: {settings.SITE_URL}{figure.chart.links.csv}"
    )
    paragraphs = [
        "## The figure",
        " ".join([head, *figure.reading]),
        *figure.chart.warnings,
        source,
    ]
    return [text.replace("\u00a0", " ") for text in paragraphs]
