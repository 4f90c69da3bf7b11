"""Footnotes: lettered in the order of their marks, gathered at the end of the text.

They bear letters because numbers belong to sources: "3" must mean one thing on a page.
"""

from collections.abc import Callable, Sequence

from markdown_it.token import Token

from core.embeds import EmbedContext
from core.markup.document import Document


def letter(number: int) -> str:
    """Return the letter of a note as a list counts them: 1 is "a", 26 is "z", 27 is "aa"."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters


class NoteNumbers:
    """Gives numbers to footnotes while the body is written, and writes their list after it."""

    def __init__(self, document: Document, context: EmbedContext) -> None:
        self.document = document
        # Texts that share a page have a list each; from the second on the ids say which.
        count = context.next_count("footnotes") if document.notes else 1
        self.suffix = "" if count == 1 else str(count)
        self.numbers: dict[str, int] = {}
        self.uses: dict[str, int] = {}

    def mark(self, label: str) -> str:
        """Return the mark in the text that leads to a note."""
        self.uses[label] = self.uses.get(label, 0) + 1
        number = self.numbers.setdefault(label, len(self.numbers) + 1)
        anchor = self._mark_id(number, self.uses[label])
        return (
            f'<sup class="footnote-ref"><a href="#fn{self.suffix}-{number}" id="{anchor}"'
            f' aria-label="Note {letter(number)}">{letter(number)}</a></sup>'
        )

    def section(self, write: Callable[[Sequence[Token]], str]) -> str:
        """Return the list of notes, or nothing where the text has none."""
        bodies: list[str] = []
        labels = list(self.numbers)
        # A note may hold the first mark of another note: the list grows while it is written.
        while len(bodies) < len(labels):
            note = self.document.notes.get(labels[len(bodies)])
            bodies.append(write(note.tokens) if note else "")
            if len(self.numbers) > len(labels):
                labels = list(self.numbers)
        if not bodies:
            return ""
        items = map(self._item, range(1, len(bodies) + 1), bodies, self.uses.values())
        title = "footnotes-title" + (f"-{self.suffix}" if self.suffix else "")
        return (
            f'<section class="footnotes" aria-labelledby="{title}"><h2 id="{title}">Notes</h2>'
            f"<ol>\n{''.join(items)}</ol></section>\n"
        )

    def _item(self, number: int, body: str, uses: int) -> str:
        links = "".join(
            f' <a class="footnote-backref" href="#{self._mark_id(number, use)}"'
            f' aria-label="Back to the text, note {letter(number)}">↩</a>'
            for use in range(1, uses + 1)
        )
        if body.endswith("</p>\n"):
            body = body.removesuffix("</p>\n") + links + "</p>\n"
        else:
            body += f"<p>{links.strip()}</p>\n"
        return f'<li id="fn{self.suffix}-{number}">{body}</li>\n'

    def _mark_id(self, number: int, use: int) -> str:
        return f"fnref{self.suffix}-{number}" + (f"-{use}" if use > 1 else "")
