"""Markdown made into safe HTML, with every problem of a text told at once.

The way of a text: `document.read` parses it; `blocks`, `outline`, `embedding` and `inlines` check
it and gather what it holds; `writer` makes the HTML. Nothing is returned while a problem is left.
"""

from django.utils.safestring import SafeString, mark_safe

from core.embeds import EmbedContext
from core.markup.blocks import check_blocks
from core.markup.document import read
from core.markup.embedding import load_embeds
from core.markup.inlines import check_inlines
from core.markup.outline import outline_of
from core.markup.problems import MarkupError, Problem, Problems
from core.markup.result import Heading, Reference, Rendered
from core.markup.sections import sections_of
from core.markup.sentence import write_sentence
from core.markup.writer import Writer
from core.text import word_count

__all__ = [
    "Heading",
    "MarkupError",
    "Problem",
    "Reference",
    "Rendered",
    "check",
    "render",
    "render_inline",
    "sections_of",
]


def render(source: str, *, embeds: EmbedContext | None = None, first_line: int = 1) -> Rendered:
    """Return a text as HTML, with its outline and what it refers to.

    Texts that stand on one page share one `embeds`: their sources are numbered together and no id
    is given twice. `first_line` is the line of the file on which the text begins.
    Raises MarkupError with all problems of the text.
    """
    problems = Problems(first_line)
    context = EmbedContext() if embeds is None else embeds
    document = read(source, problems)
    if document is None:
        raise MarkupError(problems.sorted())
    outline = outline_of(document, context, problems)
    check_blocks(document, problems)
    load_embeds(document, context, problems)
    references = check_inlines(document, context.anchors, problems)
    html = Writer(document, context, problems).write()
    problems.raise_if_any()
    text = document.text()
    return Rendered(html, outline, references, text, word_count(text))


def render_inline(source: str) -> SafeString:
    """Return one sentence as HTML: emphasis, code and links, nothing else.

    Raises MarkupError with all problems of the sentence.
    """
    problems = Problems()
    html = write_sentence(source, problems)
    problems.raise_if_any()
    return mark_safe(html)  # noqa: S308  escaped word by word by the writer


def check(source: str, *, embeds: EmbedContext | None = None, first_line: int = 1) -> list[Problem]:
    """Return the problems that `render` would raise."""
    try:
        render(source, embeds=embeds, first_line=first_line)
    except MarkupError as error:
        return error.problems
    return []
