"""A chart as an image of its own, with its title, source and licence, for use elsewhere.

The bytes follow from the figures, the titles of their editions and this code alone: the chart of a
published edition stays the same. SVG cannot be shown by most sites that read Open Graph; pages
that want a picture there need a PNG of their own.
"""

from collections.abc import Sequence
from html import escape
from textwrap import wrap

from django.conf import settings

from salaries.charts import svg
from salaries.charts.figure import drawing_for
from salaries.charts.links import links_of
from salaries.charts.rows import Row
from salaries.charts.svg import INK, SOFT, Drawing
from salaries.charts.words import description_of, reading_of, subtitle_of, warnings_of
from salaries.money import Converter
from salaries.selection import Selection
from salaries.titles import dated_title_of, names_of

WIDTH, MARGIN = 720, 32
INSIDE = WIDTH - 2 * MARGIN
TITLE, WHAT, SMALL = 21, 14, 12.5  # sizes of text
ADDRESS = 95  # letters of an address on a line


class NoScaleError(ValueError):
    """Raised for rows that no one axis can show."""


def chart_image_of(selection: Selection, rows: Sequence[Row], converter: Converter) -> str:
    """Return a whole SVG file, dark on white. Raises NoScaleError where the rows share no axis."""
    drawing = drawing_for(selection, rows)
    if drawing is None:
        raise NoScaleError("These rows share no currency, so no one axis can show them.")
    title = dated_title_of(selection, names_of(row.figure for row in rows))
    head, y = _lines([title], TITLE, 34, f'font-weight="700" fill="{INK}"')
    more, y = _lines([subtitle_of(rows)], WHAT, y + 2, f'fill="{SOFT}"')
    chart, y = _placed(drawing, y + 6)
    look = f'fill="{SOFT}"'
    reading = [reading_of(selection, rows), *warnings_of(selection, rows, converter)]
    notes, y = _lines(reading, SMALL, y + 26, look)
    address = settings.SITE_URL + links_of(selection, converter.unit).image
    source, y = _lines([*_sources(rows), *wrap(address, ADDRESS)], SMALL, y + 8, look)
    return _file(
        [head, more, chart, notes, source],
        height=round(y),
        title=title,
        description=description_of(rows),
    )


def _file(parts: Sequence[str], *, height: int, title: str, description: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="t d" '
        'font-family="Helvetica, Arial, sans-serif" font-size="14">'
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(description)}</desc>'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _placed(drawing: Drawing, y: float) -> tuple[str, float]:
    """Return the drawing at its place in the image, and where it ends."""
    body = svg.with_own_looks(drawing.body)
    place = f'x="{MARGIN}" y="{y:g}" width="{INSIDE}" height="{drawing.height}"'
    return f'<svg {place} overflow="visible">{body}</svg>', y + drawing.height


def _lines(paragraphs: Sequence[str], size: float, y: float, look: str) -> tuple[str, float]:
    """Return paragraphs in lines that fit, the first with its base at y, and the next base."""
    out = ""
    for words in paragraphs:
        for line in svg.wrapped(words, size, INSIDE, bold=size == TITLE):
            out += f'<text x="{MARGIN}" y="{y:g}" font-size="{size}" {look}>{escape(line)}</text>'
            y += round(size * 1.4)
    return out, y


def _sources(rows: Sequence[Row]) -> list[str]:
    editions = {row.figure.edition.pk: row.figure.edition for row in rows}.values()
    named = [
        f"Source: {item.attribution.rstrip('.')}. {item.short_title}, figures "
        f"{item.figures_digest[:8]}."
        for item in editions
    ]
    return [*named, *(f"Licence: {name}." for name in dict.fromkeys(i.licence for i in editions))]
