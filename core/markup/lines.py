"""Which line of the source a token comes from."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token


@dataclass(frozen=True)
class Placed:
    """An inline token, its place among its siblings, the line it begins on (from 0), and whether
    it stands inside a link.
    """

    token: Token
    index: int
    line: int
    in_link: bool


def first_line(token: Token) -> int:
    """Return the line (from 0) on which a block begins."""
    return token.map[0] if token.map else 0


def placed(inline: Token) -> Iterator[Placed]:
    """Yield the children of an inline token with the line of each.

    The parser notes for links, images, embeds and their like where in the content they begin
    (`meta["offset"]`); the lines of the content are the lines of the source, one to one.
    """
    start = first_line(inline)
    breaks = [at for at, char in enumerate(inline.content) if char == "\n"]
    line, link_depth = start, 0
    for index, child in enumerate(inline.children or ()):
        if child.type == "link_close":
            link_depth -= 1
        if "offset" in child.meta:
            line = start + bisect_left(breaks, child.meta["offset"])
        yield Placed(child, index, line, link_depth > 0)
        if child.type == "link_open":
            link_depth += 1
