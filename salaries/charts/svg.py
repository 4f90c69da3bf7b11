"""Drawings without scripts that keep the size of their text at every width.

There is no viewBox: places across are per cent of the width, places down are in rem, so that a
chart is as wide as its column and grows with the size of the reader's text. One drawing serves
twice: inside a page with classes and the colours of the theme, and as an image of its own with
presentation attributes.
"""

import re
from dataclasses import dataclass
from html import escape

PX_PER_REM = 16
NARROWEST = 312  # px of a drawing on the narrowest screens; labels are laid out for it
# Width of a character in parts of the text size: what the wider faces of labels need for figures
# and small letters, and the same set bold.
CHARACTER, BOLD_CHARACTER = 0.52, 0.56

# Looks of the image. The classes are those of static/css/components/salary.css.
INK, SOFT, RULE, ACCENT, TINT = "#1d1914", "#4d463d", "#d9d4ca", "#3a33b5", "#cfcdf1"
_TEXT = f'font-size="13" fill="{SOFT}"'
LOOKS = {
    "p-grid": f'stroke="{RULE}"',
    "p-zero": f'stroke="{SOFT}"',
    "p-range": f'stroke="{SOFT}" stroke-width="1.5"',
    "p-middle": f'fill="{TINT}"',
    "p-interval": f'stroke="{INK}" stroke-width="1.5"',
    "p-hint": f'stroke="{SOFT}" stroke-width="1.5"',
    "p-trend": f'stroke="{ACCENT}" stroke-width="2"',
    "p-leader": f'stroke="{SOFT}"',
    "p-dot": f'fill="{ACCENT}" stroke="#fff" stroke-width="1.5"',
    "p-hollow": f'fill="#fff" stroke="{ACCENT}" stroke-width="2"',
    "p-label": f'font-size="14" font-weight="600" fill="{INK}"',
    "p-count": f'font-size="12.5" font-weight="400" fill="{SOFT}"',
    "p-value": f'font-size="14" font-weight="600" fill="{INK}" text-anchor="end"',
    "p-quiet": f'font-size="14" fill="{INK}" text-anchor="end"',
    "p-strong": f'font-size="14" font-weight="600" fill="{INK}"',
    "p-tick": _TEXT,
    "p-words": _TEXT,
}
HALO = 'stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'


@dataclass(frozen=True)
class Drawing:
    """What an `<svg>` holds, and how high it is in px at the usual size of text."""

    body: str
    height: int


def rem(px: float) -> str:
    """Return px as an SVG length in rem."""
    return f"{px / PX_PER_REM:.4g}rem"


def per_cent(share: float) -> str:
    """Return a share of the width or height as an SVG length with one digit after the point."""
    return f"{round(share, 1):g}%"


def line(look: str, x1: str, x2: str, y1: float = 0, y2: float = 0) -> str:
    """Return a line. Across in per cent, down in px."""
    down = "".join(f' {name}="{rem(y)}"' for name, y in (("y1", y1), ("y2", y2)) if y)
    return f'<line class="{look}" x1="{x1}" x2="{x2}"{down}/>'


def bar(look: str, x: str, width: str, thickness: float) -> str:
    """Return a bar that lies around the middle of its row."""
    return (
        f'<rect class="{look}" x="{x}" width="{width}" y="{rem(-thickness / 2)}" '
        f'height="{rem(thickness)}"/>'
    )


def dot(look: str, x: str, y: float = 0, radius: float = 5) -> str:
    """Return a dot."""
    down = f' cy="{rem(y)}"' if y else ""
    return f'<circle class="{look}" cx="{x}"{down} r="{rem(radius)}"/>'


def text(
    look: str,
    words: str,
    x: str = "",
    y: float = 0,
    anchor: str = "",
    *,
    shift: float = 0,
    more: str = "",
) -> str:
    """Return a line of text, moved to the right by `shift` px.

    `more` is markup that follows the escaped words.
    """
    across = f' x="{x}"' if x else ""
    across += f' dx="{rem(shift)}"' if shift else ""
    place = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text class="{look}"{across} y="{rem(y)}"{place}>{escape(words)}{more}</text>'


def beside(look: str, words: str) -> str:
    """Return words that follow others on their line, at a small distance."""
    return f'<tspan class="{look}" dx=".5em">{escape(words)}</tspan>'


def row(y: float, content: str) -> str:
    """Return content moved down by y px, its own places down being counted from there."""
    return f'<svg y="{rem(y)}" overflow="visible">{content}</svg>'


def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """Return about how many px words take at a size of text; rather too many than too few."""
    return len(words) * size * (BOLD_CHARACTER if bold else CHARACTER)


def wrapped(words: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Return words broken into lines of at most about `width` px."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def anchor_of(key: str) -> str:
    """Return the key of a chart as the beginning of an id."""
    return "chart-" + re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")


def inline(drawing: Drawing, *, title: str, description: str, key: str) -> str:
    """Return a drawing for the inside of a page."""
    anchor = anchor_of(key)
    return (
        f'<svg class="plot" width="100%" height="{rem(drawing.height)}" role="img" '
        f'aria-labelledby="{anchor}-t {anchor}-d">'
        f'<title id="{anchor}-t">{escape(title)}</title>'
        f'<desc id="{anchor}-d">{escape(description)}</desc>{drawing.body}</svg>'
    )


def with_own_looks(body: str) -> str:
    """Return a drawing that needs no style sheet: looks as attributes, lengths in px."""
    body = re.sub(r'<text class="([\w-]+)"', rf'<text class="\1" {HALO}', body)
    body = re.sub(r'class="([\w-]+)"', lambda match: LOOKS[match[1]], body)
    return re.sub(r'"(-?[\d.]+)rem"', lambda match: f'"{float(match[1]) * PX_PER_REM:g}"', body)
