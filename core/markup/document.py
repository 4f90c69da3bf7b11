"""A parsed text in the order in which a page needs it: body, notes apart, captions in tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from core.markup.lines import first_line
from core.markup.parser import parse
from core.markup.problems import Problems
from core.text import plain_text

CAPTION = re.compile(r"Table:[ \t]*")
MAX_LENGTH = 200_000
UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters
    "\u2028\u2029\u202a-\u202e\u2066-\u2069"  # breaks and turns of direction that nobody sees
    "\ud800-\udfff\ufffe\uffff]"  # halves of characters
)


@dataclass
class Note:
    """A footnote: its label, the lines of its definition and the blocks inside it."""

    label: str
    line: int
    tokens: list[Token] = field(default_factory=list)
    end: int = 0  # the line behind it


@dataclass
class Document:
    """The block tokens of the body, and the footnotes by label."""

    tokens: list[Token]
    notes: dict[str, Note]

    def parts(self) -> list[list[Token]]:
        """Return the block tokens of the body, then those of each note."""
        return [self.tokens, *(note.tokens for note in self.notes.values())]

    def inlines(self) -> Iterator[Token]:
        """Yield every run of words of the body, then those of the notes."""
        for part in self.parts():
            yield from inlines_of(part)

    def text(self) -> str:
        """Return the words of the text, one block on each line, without blocks of code."""
        lines = (plain_text(inline.children) for inline in self.inlines())
        return "\n".join(line for line in lines if line)


def read(source: str, problems: Problems) -> Document | None:
    """Return the text as a document, or None where it is too long to be read."""
    if len(source) > MAX_LENGTH:
        problems.add(None, f"The text has {len(source):,} characters; the limit is {MAX_LENGTH:,}.")
        return None
    tokens, notes = _without_notes(parse(without_unwanted(source, problems)), problems)
    document = Document(tokens, notes)
    for part in document.parts():
        _move_captions(part)
    return document


def inlines_of(tokens: list[Token]) -> Iterator[Token]:
    """Yield every run of words: paragraphs, headings, captions, cells, titles."""
    for token in tokens:
        if token.type == "inline":
            yield token
        elif token.type == "table_open" and "caption" in token.meta:
            yield token.meta["caption"]


def without_unwanted(source: str, problems: Problems) -> str:
    """Replace characters that no text needs, and name the lines they stand on."""
    if not UNWANTED.search(source):
        return source
    for number, line in enumerate(re.split(r"\r\n?|\n", source)):
        for char in sorted(set(UNWANTED.findall(line))):
            problems.add(number, f"the invisible character U+{ord(char):04X} is not allowed")
    return UNWANTED.sub("\ufffd", source)


def _without_notes(tokens: list[Token], problems: Problems) -> tuple[list[Token], dict[str, Note]]:
    """Take the definitions of footnotes out of the flow of the text."""
    body: list[Token] = []
    notes: dict[str, Note] = {}
    open_notes: list[Note] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            note = Note(token.meta["label"], first_line(token), end=(token.map or [0, 0])[1])
            open_notes.append(note)
            if note.label in notes:
                problems.add(note.line, f"the footnote [^{note.label}] is defined already")
            else:
                notes[note.label] = note
        elif token.type == "footnote_reference_close":
            open_notes.pop()
        else:
            (open_notes[-1].tokens if open_notes else body).append(token)
    return body, notes


def _move_captions(tokens: list[Token]) -> None:
    """Give each table the paragraph `Table: …` that stands directly before it."""
    kept: list[Token] = []
    for token in tokens:
        if token.type == "table_open" and _ends_with_caption(kept):
            caption = kept[-2]
            del kept[-3:]
            words = (caption.children or [])[0]
            words.content = CAPTION.sub("", words.content, count=1)
            token.meta["caption"] = caption
        kept.append(token)
    tokens[:] = kept


def _ends_with_caption(tokens: list[Token]) -> bool:
    return (
        len(tokens) >= 3
        and tokens[-1].type == "paragraph_close"
        and tokens[-3].type == "paragraph_open"
        and is_caption(tokens[-2])
    )


def is_caption(inline: Token) -> bool:
    """Tell whether a paragraph is written as the caption of a table."""
    first = inline.children[0] if inline.children else None
    return first is not None and first.type == "text" and bool(CAPTION.match(first.content))
