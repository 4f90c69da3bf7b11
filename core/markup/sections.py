"""The parts of a text by their headings, as they were written."""

import re

from markdown_it.token import Token

from core.embeds import EmbedContext
from core.markup.document import Note, read
from core.markup.outline import LEVELS, outline_of
from core.markup.problems import Problems

NOTE_USE = re.compile(r"\[\^([^\]\s]+)\]")
EMPTY_LINES = re.compile(r"\n{3,}")


def sections_of(source: str) -> dict[str, str]:
    """Return the Markdown of each section by the id that its heading has in the rendered text.

    A section goes up to the next heading of the same or a higher level, so it holds those below
    it. A footnote belongs to the sections that refer to it, wherever it is defined. Space at the
    ends of lines and further empty lines do not count. Never fails: a text that cannot be read
    has no sections.
    """
    problems = Problems()
    document = read(source, problems)
    if document is None:
        return {}
    outline_of(document, EmbedContext(strict=False), problems)
    lines = [line.rstrip() for line in re.split(r"\r\n?|\n", source)]
    notes = {label: _taken(note, lines) for label, note in document.notes.items()}
    headings = [
        (token.tag, token.map[0], str(token.meta["id"]))
        for token in document.tokens
        if _is_section(token) and token.map
    ]
    found = {}
    for index, (tag, start, anchor) in enumerate(headings):
        ends = (line for other, line, _ in headings[index + 1 :] if other <= tag)
        text = "\n".join(lines[start : next(ends, len(lines))]).strip()
        text = EMPTY_LINES.sub("\n\n", text)
        used = [notes[label] for label in dict.fromkeys(NOTE_USE.findall(text)) if label in notes]
        found[anchor] = "\n\n".join([text, *used])
    return found


def _is_section(token: Token) -> bool:
    return token.type == "heading_open" and token.tag in LEVELS


def _taken(note: Note, lines: list[str]) -> str:
    """Return a footnote as it was written, and blank its lines."""
    words = "\n".join(lines[note.line : note.end]).strip()
    lines[note.line : note.end] = [""] * (note.end - note.line)
    return words
