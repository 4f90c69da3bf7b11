"""Drawings for the inside of a text: inline SVG that holds shapes and words, and nothing else.

The text is read event by event and written anew from an allow-list, so nothing of the source
reaches the page that has not been understood. Looks come from our own classes only: a drawing
then follows the theme, prints, and cannot carry a style, a link or a script.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

MAX_LENGTH = 200_000
MAX_DEPTH = 20
BLANK = " \t\r\n\ufeff"
NAMESPACE = "http://www.w3.org/2000/svg"

NUMBER = r"[+-]?(?:[0-9]{1,8}(?:\.[0-9]{0,8})?|\.[0-9]{1,8})"
GAP = r"[\s,]{1,20}"
LENGTH = re.compile(rf"{NUMBER}%?")
# `x` and `dx` of a text may be lists, one value for each letter.
LENGTHS = re.compile(rf"{NUMBER}%?(?:{GAP}{NUMBER}%?)*")
POINTS = re.compile(r"[0-9eE+\-.,\s]+")
PATH = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE+\-.,\s]+")
TRANSFORM = re.compile(
    r"(?:(?:translate|rotate|scale|skewX|skewY|matrix)\([0-9eE+\-.,\s]+\)[\s,]*)+"
)
CLASSES = re.compile(r"d-[a-z0-9-]+(?:\s+d-[a-z0-9-]+)*")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
PREFIX = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
MARKER_LINK = re.compile(r"url\(#([A-Za-z][A-Za-z0-9_-]*)\)")
VIEW_BOX = re.compile(rf"{NUMBER}{GAP}{NUMBER}{GAP}([0-9.]+){GAP}([0-9.]+)")

CONTAINERS = frozenset({"svg", "g", "defs", "marker"})
SHAPES = frozenset({"rect", "circle", "ellipse", "line", "polyline", "polygon", "path"})
CHILDREN: dict[str, frozenset[str]] = {
    "svg": frozenset({"title", "desc", "g", "defs", "text", *SHAPES}),
    "g": frozenset({"g", "defs", "text", *SHAPES}),
    "defs": frozenset({"marker"}),
    "marker": SHAPES,
    "text": frozenset({"tspan"}),
    "tspan": frozenset({"tspan"}),
}
ELEMENTS = frozenset({"svg", "g", "defs", "marker", "text", "tspan", "title", "desc", *SHAPES})
WITH_WORDS = frozenset({"text", "tspan", "title", "desc"})

ATTRIBUTES: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(("x", "y", "dx", "dy"), LENGTHS),
    **dict.fromkeys(("x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry"), LENGTH),
    **dict.fromkeys(("width", "height"), LENGTH),
    "points": POINTS,
    "d": PATH,
    "class": CLASSES,
    "transform": TRANSFORM,
    "text-anchor": re.compile(r"start|middle|end"),
    "dominant-baseline": re.compile(r"auto|middle|central|hanging|alphabetic|text-before-edge"),
    "marker-start": MARKER_LINK,
    "marker-end": MARKER_LINK,
}
MARKER_ATTRIBUTES: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(("markerWidth", "markerHeight", "refX", "refY"), LENGTH),
    "markerUnits": re.compile(r"strokeWidth|userSpaceOnUse"),
    "orient": re.compile(rf"auto|auto-start-reverse|{NUMBER}"),
    "viewBox": VIEW_BOX,
    "id": NAME,
}
ROOT_ATTRIBUTES: dict[str, re.Pattern[str]] = {
    "xmlns": re.compile(re.escape(NAMESPACE)),
    "viewBox": VIEW_BOX,
    "role": re.compile("img"),
    "width": LENGTH,
    "height": LENGTH,
    "class": CLASSES,
}
# Written by this module itself: accepted and replaced, so that cleaning twice changes nothing.
REPLACED = {("svg", "aria-labelledby"), ("title", "id"), ("desc", "id")}


class SvgError(ValueError):
    """The drawing may not be shown; the message begins with the line."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(f"Line {line}: {message}")


def clean_svg(text: str, *, prefix: str) -> str:
    """Return the drawing written anew, its ids made unique on a page by the prefix.

    A drawing has a viewBox, and a title and a description as its first two children; both are
    joined to it for screen readers. Raises SvgError, with the line, for everything else than
    shapes and words, and ValueError for a prefix that cannot begin an id.
    """
    if not PREFIX.fullmatch(prefix):
        raise ValueError(f"{prefix!r} cannot begin an id")
    if len(text) > MAX_LENGTH:
        raise SvgError(1, f"the drawing is longer than {MAX_LENGTH:,} characters")
    try:
        source = text.strip(BLANK).encode("utf-8")
    except UnicodeEncodeError as error:
        raise SvgError(text.count("\n", 0, error.start) + 1, "a broken character") from error
    skipped = text[: len(text) - len(text.lstrip(BLANK))].count("\n")
    try:
        return _Cleaner(prefix, skipped).clean(source)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code) or "not well formed"
        raise SvgError(error.lineno + skipped, f"this is not valid XML: {reason}") from error


@dataclass
class _Open:
    """An element that is being read."""

    tag: str
    words: str = ""
    children: list[str] = field(default_factory=list)


class _Cleaner:
    """Reads one drawing and writes it anew."""

    def __init__(self, prefix: str, first_line: int) -> None:
        self.prefix = prefix
        self.first_line = first_line
        self.out: list[str] = []
        self.stack: list[_Open] = []
        self.markers: set[str] = set()
        self.links: list[tuple[int, str]] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words
        self.parser.StartDoctypeDeclHandler = self.refuse("a document type (DTD) is not allowed")
        self.parser.EntityDeclHandler = self.refuse("entities are not allowed")
        self.parser.ProcessingInstructionHandler = self.refuse(
            "processing instructions are not allowed"
        )

    def clean(self, source: bytes) -> str:
        self.parser.Parse(source, True)
        for line, name in self.links:
            if name not in self.markers:
                raise SvgError(line, f"there is no marker with the id “{name}”")
        return "".join(self.out)

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber + self.first_line

    def refuse(self, message: str) -> Callable[..., None]:
        """Return a handler that refuses what the parser has met."""

        def handler(*_: object) -> None:
            raise SvgError(self.line, message)

        return handler

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag not in ELEMENTS:
            raise SvgError(self.line, f"the element <{tag}> is not allowed")
        self.check_place(tag)
        written = [("xmlns", NAMESPACE)] if tag == "svg" else []
        for name, value in attributes.items():
            if (tag, name) not in REPLACED and name != "xmlns":
                written.append((name, self.attribute(tag, name, value)))
            elif name == "xmlns":
                self.attribute(tag, name, value)
        if tag == "svg":
            if "viewBox" not in attributes:
                raise SvgError(self.line, "the drawing needs a viewBox")
            written = [pair for pair in written if pair[0] != "role"]
            labels = f"{self.prefix}-title {self.prefix}-desc"
            written += [("role", "img"), ("aria-labelledby", labels)]
        elif tag in {"title", "desc"}:
            written = [("id", f"{self.prefix}-{tag}"), *written]
        if self.stack:
            self.stack[-1].children.append(tag)
        self.stack.append(_Open(tag))
        self.out.append(f"<{tag}{''.join(map(_attribute, written))}>")

    def check_place(self, tag: str) -> None:
        """Raise SvgError unless an element of this name may begin here."""
        if not self.stack:
            if tag != "svg":
                raise SvgError(self.line, "the drawing must begin with <svg>")
            return
        parent = self.stack[-1]
        if tag not in CHILDREN.get(parent.tag, ()):
            raise SvgError(self.line, f"<{tag}> cannot stand inside <{parent.tag}>")
        if len(self.stack) >= MAX_DEPTH:
            raise SvgError(self.line, f"elements are nested more than {MAX_DEPTH} deep")
        if len(self.stack) == 1:
            due = ("title", "desc")[len(parent.children) : len(parent.children) + 1]
            if due and tag != due[0]:
                raise SvgError(self.line, f"<{due[0]}> must come before <{tag}>")
            if not due and tag in {"title", "desc"}:
                raise SvgError(self.line, f"a second <{tag}> is not allowed")

    def attribute(self, tag: str, name: str, value: str) -> str:
        """Return the value as it may be written, with the prefix where it names a marker."""
        allowed = {"svg": ROOT_ATTRIBUTES, "marker": MARKER_ATTRIBUTES | ATTRIBUTES}
        pattern = allowed.get(tag, ATTRIBUTES).get(name)
        if tag in {"title", "desc", "defs"} or pattern is None:
            raise SvgError(self.line, f"the attribute {name} is not allowed on <{tag}>")
        value = value.strip()
        match = pattern.fullmatch(value)
        if match is None:
            raise SvgError(self.line, f"{name}=“{value[:60]}” is not allowed on <{tag}>")
        if pattern is VIEW_BOX and not all(map(_is_positive, match.groups())):
            raise SvgError(self.line, "the viewBox needs a width and a height above zero")
        if pattern is MARKER_LINK:
            self.links.append((self.line, match[1]))
            return f"url(#{self.prefixed(match[1])})"
        if name == "id":
            if value in self.markers:
                raise SvgError(self.line, f"the id “{value}” is used twice")
            self.markers.add(value)
            return self.prefixed(value)
        return value

    def prefixed(self, name: str) -> str:
        return name if name.startswith(f"{self.prefix}-") else f"{self.prefix}-{name}"

    def words(self, text: str) -> None:
        current = self.stack[-1]
        if current.tag in WITH_WORDS:
            current.words += text
        elif text.strip():
            raise SvgError(self.line, f"words cannot stand in <{current.tag}>; use <text>")
        self.out.append(html.escape(text))

    def end(self, tag: str) -> None:
        closed = self.stack.pop()
        if tag in {"title", "desc"} and not closed.words.strip():
            raise SvgError(self.line, f"the <{tag}> is empty")
        if tag == "svg" and closed.children[:2] != ["title", "desc"]:
            raise SvgError(self.line, "the drawing needs a <title> and a <desc>")
        self.out.append(f"</{tag}>")


def _is_positive(number: str) -> bool:
    try:
        return float(number) > 0
    except ValueError:
        return False


def _attribute(pair: tuple[str, str]) -> str:
    name, value = pair
    return f' {name}="{html.escape(value)}"'
