"""What differs between two versions of a document, block by block and word by word.

Texts are compared as readers see them, with the addresses of links, so that no change hides in the
markup.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Literal

from accounts.models import DocumentVersion

BLOCKS = {"h2", "h3", "h4", "p", "li", "th", "td", "dt", "dd", "caption", "pre", "blockquote"}
HEADINGS = {"h2", "h3", "h4"}
ALIKE = 0.5  # blocks that share half of their words are one block that was changed

Kind = Literal["same", "new", "gone"]


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, item or cell, in plain words."""

    text: str
    is_heading: bool = False


@dataclass(frozen=True)
class Change:
    """One block that is new, gone, or changed in some of its words.

    `place` is the heading it stands under; `parts` are its words, in order, each with what became
    of them.
    """

    place: str
    kind: Literal["new", "gone", "changed"]
    parts: tuple[tuple[Kind, str], ...]


def difference(version: DocumentVersion, before: DocumentVersion | None) -> list[Change]:
    """Return what a version changed against the one before; nothing for the first."""
    return compare(blocks_of(before), blocks_of(version)) if before else []


def compare(old: list[Block], new: list[Block]) -> list[Change]:
    """Return the changes that lead from some blocks to others."""
    matcher = SequenceMatcher(
        None, [block.text for block in old], [block.text for block in new], autojunk=False
    )
    changes: list[Change] = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone = [(_place(old, at), old[at].text) for at in range(start, end)]
        come = [(_place(new, at), new[at].text) for at in range(new_start, new_end)]
        changes += _changes(gone, come)
    return changes


def blocks_of(version: DocumentVersion) -> list[Block]:
    """Return the blocks of a version, then the rows of its table of what is kept."""
    reader = _Reader()
    reader.feed(version.html)
    reader.close()
    reader.end_block()
    rows = [
        Block(f"{row['what']}: {row['how_long']}. {row['why']}") for row in version.keepings or []
    ]
    return [
        *reader.blocks,
        *([Block("What we keep, and for how long", True)] if rows else []),
        *rows,
    ]


def _place(blocks: list[Block], index: int) -> str:
    """Return the heading that a block stands under; a heading stands under none."""
    if blocks[index].is_heading:
        return ""
    above = (block.text for block in reversed(blocks[:index]) if block.is_heading)
    return next(above, "")


def _changes(gone: list[tuple[str, str]], come: list[tuple[str, str]]) -> list[Change]:
    """Return one change for each pair of blocks that is alike, and two where it is not.

    A block comes as its place and its words.
    """
    changes = []
    for (old_place, old), (place, new) in zip_longest(gone, come, fillvalue=("", "")):
        if old and new and SequenceMatcher(None, old.split(), new.split()).ratio() >= ALIKE:
            changes.append(Change(place, "changed", tuple(_words(old, new))))
            continue
        if old:
            changes.append(Change(old_place, "gone", (("gone", old),)))
        if new:
            changes.append(Change(place, "new", (("new", new),)))
    return changes


def _words(old: str, new: str) -> list[tuple[Kind, str]]:
    """Return the words of two blocks in one row: those of both, the gone and the new."""
    before, after = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    parts: list[tuple[Kind, str]] = []
    matcher = SequenceMatcher(None, [*map(str.strip, before)], [*map(str.strip, after)], False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            parts.append(("same", "".join(after[new_start:new_end])))
            continue
        if end > start:
            parts.append(("gone", "".join(before[start:end])))
        if new_end > new_start:
            parts.append(("new", "".join(after[new_start:new_end])))
    return parts


class _Reader(HTMLParser):
    """Reads blocks of plain words from our own HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._is_heading = False
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.end_block()
            self._is_heading = tag in HEADINGS
        elif tag == "a":
            self._links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.end_block()
        elif tag == "a" and self._links:
            address = self._links.pop()
            if not address.startswith("#"):
                self._words.append(f" ({address})")

    def handle_data(self, data: str) -> None:
        if not (self._links and self._links[-1].startswith("#")):
            self._words.append(data)

    def end_block(self) -> None:
        """Keep what was read since the last block, if it says anything."""
        text = " ".join("".join(self._words).split())
        if text:
            self.blocks.append(Block(text, self._is_heading))
        self._words, self._is_heading = [], False
