"""A sentence outside a text, such as a key point: emphasis, code and links only."""

from core.embeds import EmbedContext
from core.markup.blocks import NO_HTML
from core.markup.document import MAX_LENGTH, without_unwanted
from core.markup.inline_writer import InlineWriter
from core.markup.inlines import check_link, check_words
from core.markup.lines import placed
from core.markup.parser import parse_inline
from core.markup.problems import Problems

# Not every character that Python calls white space: the invisible ones are to be refused.
BLANK = " \t\r\n"
REFUSED = {
    "html_inline": NO_HTML,
    "image": "an image cannot stand here",
    "embed": "an embed cannot stand here",
    "footnote_ref": "a footnote cannot stand here",
}


def write_sentence(source: str, problems: Problems) -> str:
    """Return the HTML of a sentence and note what is wrong with it."""
    if len(source) > MAX_LENGTH:
        problems.add(None, f"The text is longer than {MAX_LENGTH:,} characters.")
        return ""
    inline = parse_inline(without_unwanted(source.strip(BLANK), problems))
    # Without blocks the parser says nothing about lines; a sentence begins on its first.
    inline.map = [0, 1]
    for item in placed(inline):
        kind = item.token.type
        if kind in REFUSED:
            problems.add(item.line, REFUSED[kind])
        elif kind == "link_open":
            check_link(item, inline, None, problems)
        elif kind == "text":
            check_words(item, problems)
    return InlineWriter(EmbedContext(), None, problems).write(inline.children or [])
