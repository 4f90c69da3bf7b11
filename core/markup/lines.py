"""Which line of the source a token comes from."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from core.text import BREAKS


@dataclass(frozen=True)
class Placed:
    """An inline token, its place among its siblings and the line it begins on (from 0)."""

    token: Token
    index: int
    line: int


def first_line(token: Token) -> int:
    """Return the line (from 0) on which a block begins."""
    return token.map[0] if token.map else 0


def placed(inline: Token) -> Iterator[Placed]:
    """Yield the children of an inline token with the line of each.

    The parser notes for all but words and emphasis where in the content they begin
    (`meta["offset"]`); the lines of the content are the lines of the source, one to one.
    """
    line = start = first_line(inline)
    breaks = [at for at, char in enumerate(inline.content) if char == "\n"]
    for index, child in enumerate(inline.children or ()):
        if "offset" in child.meta:
            line = start + bisect_left(breaks, child.meta["offset"])
        yield Placed(child, index, line)
        if child.type in BREAKS:
            line += 1
