"""The headings of a text: their levels, their ids, the outline they make."""

import re
from itertools import chain, pairwise

from markdown_it.token import Token

from core.embeds import EmbedContext
from core.markup.document import Document
from core.markup.lines import first_line
from core.markup.problems import Problems
from core.markup.result import Heading
from core.text import plain_text, slug_id

LEVELS = {"h2": 2, "h3": 3}
# Ids that the page around a text uses, or that the renderer gives to other things.
RESERVED = re.compile(
    r"(?:source|ref|receipt|callout|table|comment|fn[0-9]*|fnref[0-9]*)-[0-9][0-9-]*"
    r"|(?:faq|diagram|comments)-.*|content|contents|key-points|questions|sources|comments"
    r"|(?:contents|next|questions|related|sources|tags|footnotes|preview)-title(?:-[0-9]+)?"
    r"|(?:first|write|edit|copy|kept)-(?:text|name|email|section|replies|website)(?:-help)?"
    r"|reply-[0-9]+-.*"
)


def outline_of(
    document: Document, context: EmbedContext, problems: Problems
) -> tuple[Heading, ...]:
    """Return the outline, leave each heading its id in `meta["id"]`, and note what is wrong."""
    outline: list[Heading] = []
    first_uses: dict[str, int] = {}
    for token, inline in pairwise(chain.from_iterable(document.parts())):
        if token.type != "heading_open":
            continue
        text = plain_text(inline.children)
        _check(token, inline, text, bool(outline), problems)
        _check_unique(text, first_line(token), first_uses, problems)
        anchor = slug_id(text)
        if RESERVED.fullmatch(anchor):
            anchor += "-section"
        token.meta["id"] = context.claim_anchor(anchor)
        token.meta["text"] = text
        if token.tag in LEVELS:
            outline.append(Heading(LEVELS[token.tag], token.meta["id"], text))
    return tuple(outline)


def _check(token: Token, inline: Token, text: str, has_section: bool, problems: Problems) -> None:
    line = first_line(token)
    if token.tag not in LEVELS:
        problems.add(line, "headings are written with ## or ###; no other level is used")
    elif token.tag == "h3" and not has_section:
        problems.add(line, "a ### heading needs a ## heading before it")
    if not text:
        problems.add(line, "the heading is empty")
    if token.level:
        problems.add(line, "a heading cannot stand inside a call-out, list, quotation or footnote")
    if any(child.type == "embed" for child in inline.children or ()):
        problems.add(line, "a heading cannot hold an embed; put it into the text below")


def _check_unique(text: str, line: int, first_uses: dict[str, int], problems: Problems) -> None:
    if not text:
        return
    first = first_uses.setdefault(" ".join(text.casefold().split()), line)
    if first != line:
        number = problems.line_number(first)
        problems.add(line, f"the heading “{text}” stands on line {number} already")
