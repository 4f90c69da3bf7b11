"""Charts as images with an address of their own."""

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotFound,
    HttpResponsePermanentRedirect,
)
from django.urls import reverse
from django.views.decorators.http import require_safe

from salaries.charts.image import NoScaleError, chart_image_of
from salaries.charts.rows import rows_for
from salaries.charts.svg import anchor_of
from salaries.disclosure import NOT_SHOWN
from salaries.models import Figure
from salaries.money import Converter, Unit
from salaries.selection import SelectionError, parse

# A published edition never changes; our way of drawing may, so not for ever.
MONTH = 60 * 60 * 24 * 30
DAY = 60 * 60 * 24  # price levels of a later year may come, and later editions


@require_safe
def chart_image(request: HttpRequest, key: str) -> HttpResponse:
    """Return the chart of a selection as SVG, in the money that `unit` asks for.

    Two queries at most. Another spelling of a key leads to the one address of its chart. What
    names no figures is answered with 404 and the reason in plain text.
    """
    try:
        selection = parse(key)
        unit = Unit(request.GET.get("unit") or Unit.EDITION)
    except SelectionError as error:
        return _not_found(str(error))
    except ValueError:
        return _not_found(f"Amounts can be shown as: {', '.join(Unit)}.")
    if key != selection.key:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        address = reverse("salaries:chart", args=[selection.key])
        return HttpResponsePermanentRedirect(address + query)
    figures = list(Figure.objects.public().matching(selection).with_context())
    if not figures:
        return _not_found(NOT_SHOWN)
    converter = Converter.for_figures(unit, figures)
    try:
        image = chart_image_of(
            selection, rows_for(selection, figures, converter=converter), converter
        )
    except NoScaleError as error:
        return _not_found(str(error))
    # An edition that is still to come would change the drawing.
    is_whole = {figure.edition.slug for figure in figures} == set(selection.editions)
    seconds = MONTH if unit == Unit.EDITION and is_whole else DAY
    return HttpResponse(
        image,
        content_type="image/svg+xml",
        headers={
            "Cache-Control": f"public, max-age={seconds}",
            "Content-Disposition": f'inline; filename="{anchor_of(selection.key)}.svg"',
        },
    )


def _not_found(words: str) -> HttpResponse:
    return HttpResponseNotFound(f"{words}\n", content_type="text/plain; charset=utf-8")
