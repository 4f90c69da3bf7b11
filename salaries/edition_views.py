"""Editions, downloads and sources side by side."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotFound,
    JsonResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import pluralize
from django.views.decorators.http import require_safe

from articles.models import Article
from core.markup import render as render_markup
from core.text import display_partial_date
from salaries import downloads
from salaries.comparison import PLACES, SourceRow, side_by_side, time_of
from salaries.disclosure import NOT_PRINTED, NOT_SHOWN, RULES, counts_by_rule
from salaries.edition_files import amount_text
from salaries.models import Country, Edition, Figure
from salaries.selection import Selection, SelectionError, parse
from salaries.structured_data import dataset_json_ld
from salaries.titles import people

MONTH = 60 * 60 * 24 * 30  # a published edition never changes; how we write it may, so not for ever
HOUR = 60 * 60
# The widest group of a source: what it holds is the size by which editions are told apart.
WIDEST = ("all-roles", "all-developers", "soc-15-1252")
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    """List the published editions by source, the newest first."""
    editions = list(Edition.objects.published().select_related("source").newest_first())
    sizes = _sizes(editions)
    series: dict[str, list[dict[str, Any]]] = {}
    for edition in editions:
        entry = {"edition": edition, "size": sizes.get(edition.slug, "")}
        series.setdefault(edition.series, []).append(entry)
    return render(request, "salaries/edition_list.html", {"series": list(series.values())})


def _sizes(editions: list[Edition]) -> dict[str, str]:
    """Return by slug how many stand behind the widest group of each edition, in words."""
    wanted = []
    for edition in editions:
        most = edition.coverage.get("most", {})
        role = next((name for name in WIDEST if name in most), "")
        for employment, countries in most.get(role, {}).items():
            wanted.append(Selection((edition.slug,), (countries[0],), (role,), (employment,)))
    words: dict[str, list[str]] = {}
    found = Figure.objects.public().matching_any(wanted).select_related("edition")
    for figure in found.order_by("-employment"):
        if figure.n is None:
            text = f"{figure.jobs:,} jobs of software developers"
        else:
            kind = "employees" if figure.employment == "employed" else "contractors"
            text = f"{figure.n:,} {kind}"
        words.setdefault(figure.edition.slug, []).append(text)
    return {slug: " and ".join(texts) for slug, texts in words.items()}


@require_safe
def edition_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how an edition was made, what it is not, and its files."""
    edition = _edition(slug)
    guides = Article.objects.published().filter(
        references__kind="salary", references__key=edition.slug
    )
    rates = edition.rates.order_by("currency")
    context = {
        "edition": edition,
        "asked": time_of(edition),
        "released": display_partial_date(edition.released) if edition.released else "",
        "method": render_markup(edition.method).html,
        "limits": render_markup(edition.limits).html,
        "rules": [
            (rule, f"{count:,} figure{pluralize(count)}")
            for rule, count in zip(RULES, counts_by_rule(edition), strict=True)
        ],
        "withheld": edition.figures.filter(is_withheld=True).count(),
        "rates": [(rate, amount_text(rate.per_unit)) for rate in rates],
        "guides": guides.order_by("title"),
        "csv_name": downloads.file_name(edition.slug, "csv"),
        "json_ld": dataset_json_ld(edition),
    }
    return render(request, "salaries/edition_detail.html", context)


@require_safe
def edition_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Return every public figure of an edition as CSV, written while it is sent."""
    edition = _edition(slug)
    query = downloads.query_of_edition(edition)
    pieces = downloads.write_csv(downloads.edition_figures(edition), query)
    return _download(pieces, [edition], query, edition.slug, "csv", seconds=MONTH)


@require_safe
def edition_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Return every public figure of an edition as JSON, written while it is sent."""
    edition = _edition(slug)
    words = downloads.query_of_edition(edition)
    query = {"words": words, "key": edition.slug, "address": settings.SITE_URL + request.path}
    pieces = downloads.write_json(downloads.edition_figures(edition), [edition], query)
    return _download(pieces, [edition], words, edition.slug, "json", seconds=MONTH)


@require_safe
def figures_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    """Return the figures of a selection as CSV, or say in words why there are none."""
    try:
        selection, figures = _selected(key)
    except SelectionError as error:
        return HttpResponseNotFound(f"{error}\n", content_type="text/plain; charset=utf-8")
    if key != selection.key:
        return redirect("salaries:figures-csv", selection.key, permanent=True)
    query = downloads.query_of(selection)
    pieces = downloads.write_csv(figures, query)
    seconds = _lasting(selection, figures)
    return _download(pieces, _editions_of(figures), query, selection.key, "csv", seconds=seconds)


@require_safe
def figures_json(request: HttpRequest, key: str) -> HttpResponseBase:
    """Return the figures of a selection as JSON, or say in words why there are none."""
    try:
        selection, figures = _selected(key)
    except SelectionError as error:
        return JsonResponse({"error": str(error)}, status=404)
    if key != selection.key:
        return redirect("salaries:figures-json", selection.key, permanent=True)
    words = downloads.query_of(selection)
    query = {"words": words, "key": selection.key, "address": settings.SITE_URL + request.path}
    editions = _editions_of(figures)
    pieces = downloads.write_json(figures, editions, query)
    seconds = _lasting(selection, figures)
    return _download(pieces, editions, words, selection.key, "json", seconds=seconds)


@require_safe
def sources_side_by_side(request: HttpRequest) -> HttpResponse:
    """Show what several sources say about the same work, with the reasons why they differ."""
    names = {item.code: item for item in Country.objects.filter(code__in=[p for p, _ in PLACES])}
    comparisons: list[dict[str, Any]] = []
    for code, role in PLACES:
        rows: list[SourceRow] = side_by_side(code, role)
        if len(rows) > 1:
            comparisons.append({"country": names[code], "who": people(role), "rows": rows})
    return render(request, "salaries/sources.html", {"comparisons": comparisons})


def _edition(slug: str) -> Edition:
    """Return a published edition. Raises Http404 for drafts as for slugs that never were."""
    edition = Edition.objects.published().select_related("source").filter(slug=slug).first()
    if edition is None:
        raise Http404(f"There is no published edition “{slug}”.")
    return edition


def _selected(key: str) -> tuple[Selection, list[Figure]]:
    """Return what a key selects. Raises SelectionError with words for the reader."""
    selection = parse(key)
    figures = downloads.selected_figures(selection)
    if figures:
        return selection, figures
    known = dict(Edition.objects.published().values_list("slug", "kind"))
    missing = [slug for slug in selection.editions if slug not in known]
    if missing:
        raise SelectionError(
            f"There is no published edition “{missing[0]}”. "
            f"There are: {', '.join(sorted(known)) or 'none yet'}."
        )
    is_official = {known[slug] for slug in selection.editions} == {Edition.Kind.OFFICIAL}
    raise SelectionError(NOT_PRINTED if is_official else NOT_SHOWN)


def _editions_of(figures: Iterable[Figure]) -> list[Edition]:
    return list({figure.edition_id: figure.edition for figure in figures}.values())


def _lasting(selection: Selection, figures: list[Figure]) -> int:
    """Return for how many seconds an answer holds: an edition that is still to come changes it."""
    return MONTH if len(_editions_of(figures)) == len(selection.editions) else HOUR


def _download(
    pieces: Iterator[str],
    editions: list[Edition],
    query: str,
    name: str,
    extension: str,
    *,
    seconds: int,
) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type=MEDIA_TYPES[extension])
    response["ETag"] = downloads.etag_of(editions, f"{extension}|{query}")
    response["Cache-Control"] = f"public, max-age={seconds}"
    way = "attachment" if extension == "csv" else "inline"
    response["Content-Disposition"] = f'{way}; filename="{downloads.file_name(name, extension)}"'
    return response
