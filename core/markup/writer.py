"""From checked tokens to HTML. Whatever comes out of the source is escaped here, always."""

from collections.abc import Callable, Iterator, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe
from markdown_it.token import Token

from core.embeds import EmbedContext
from core.markup.callouts import KINDS
from core.markup.document import Document
from core.markup.highlight import highlight, read_info
from core.markup.inline_writer import InlineWriter
from core.markup.notes import NoteNumbers
from core.markup.problems import Problems

# Tokens that are one fixed piece of HTML.
FIXED = {
    "blockquote_open": "<blockquote>\n",
    "blockquote_close": "</blockquote>\n",
    "bullet_list_open": "<ul>\n",
    "bullet_list_close": "</ul>\n",
    "ordered_list_close": "</ol>\n",
    "list_item_open": "<li>",
    "list_item_close": "</li>\n",
    "hr": "<hr>\n",
    "dl_open": "<dl>\n",
    "dl_close": "</dl>\n",
    "dt_open": "<dt>",
    "dt_close": "</dt>\n",
    "dd_open": "<dd>",
    "dd_close": "</dd>\n",
    "thead_open": "<thead>\n",
    "thead_close": "</thead>\n",
    "tbody_open": "<tbody>\n",
    "tbody_close": "</tbody>\n",
    "tr_open": "<tr>",
    "tr_close": "</tr>\n",
    "table_close": "</table></div>\n",
    "callout_title_close": "</p>\n",
    "callout_close": "</aside>\n",
    "callout_stray": "",
}
ALIGNED = {"text-align:right": ' class="is-right"', "text-align:center": ' class="is-center"'}


class Writer:
    """Writes one document."""

    def __init__(self, document: Document, context: EmbedContext, problems: Problems) -> None:
        self.document = document
        self.context = context
        self.notes = NoteNumbers(document, context)
        self.inline = InlineWriter(context, self.notes, problems)
        self.cells: list[str] = []

    def write(self) -> SafeString:
        """Return the HTML of the document: its blocks, each followed by its receipts, its notes."""
        parts: list[str] = []
        for block in _top_level(self.document.tokens):
            parts += [self._blocks(block), self._receipts()]
        parts += [self.notes.section(self._blocks), self._receipts()]
        # All words of the source went through `escape`; embeds answer with safe strings.
        return mark_safe("".join(parts))  # noqa: S308

    def _receipts(self) -> str:
        receipts = self.context.take_receipts()
        return f'<div class="receipts">{"".join(receipts)}</div>\n' if receipts else ""

    def _blocks(self, tokens: Sequence[Token]) -> str:
        out: list[str] = []
        for index, token in enumerate(tokens):
            if token.type in FIXED:
                out.append(FIXED[token.type])
            elif token.type == "inline":
                out.append(self.inline.write(token.children or []))
            else:
                write: Callable[[Sequence[Token], int], str] = getattr(self, f"_{token.type}")
                out.append(write(tokens, index))
        return "".join(out)

    def _paragraph_open(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        return "" if token.hidden or token.meta.get("alone") else "<p>"

    def _paragraph_close(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        if token.meta.get("alone"):
            return "\n"
        return "" if token.hidden else "</p>\n"

    def _heading_open(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        return f'<{token.tag} id="{escape(token.meta["id"])}">'

    def _heading_close(self, tokens: Sequence[Token], index: int) -> str:
        meta = tokens[index - 2].meta
        label = escape(f"Link to section: {meta['text']}")
        link = f'<a class="heading-link" href="#{escape(meta["id"])}" aria-label="{label}">#</a>'
        return f" {link}</{tokens[index].tag}>\n"

    def _ordered_list_open(self, tokens: Sequence[Token], index: int) -> str:
        start = int(tokens[index].attrs.get("start", 1))
        return "<ol>\n" if start == 1 else f'<ol start="{start}">\n'

    def _table_open(self, tokens: Sequence[Token], index: int) -> str:
        anchor = f"table-{self.context.next_count('table')}"
        caption = tokens[index].meta.get("caption")
        words = self.inline.write(caption.children) if caption else ""
        return (
            f'<div class="table-wrap" role="region" aria-labelledby="{anchor}" tabindex="0">'
            f'<table><caption id="{anchor}">{words}</caption>\n'
        )

    def _th_open(self, tokens: Sequence[Token], index: int) -> str:
        # A heading without words would be announced as one: the empty corner is a plain cell.
        tag, scope = ("th", ' scope="col"') if tokens[index + 1].content else ("td", "")
        self.cells.append(tag)
        return f"<{tag}{scope}{_alignment(tokens[index])}>"

    def _th_close(self, tokens: Sequence[Token], index: int) -> str:
        return f"</{self.cells.pop()}>"

    def _td_open(self, tokens: Sequence[Token], index: int) -> str:
        return f"<td{_alignment(tokens[index])}>"

    def _td_close(self, tokens: Sequence[Token], index: int) -> str:
        return "</td>"

    def _callout_open(self, tokens: Sequence[Token], index: int) -> str:
        meta = tokens[index].meta
        meta["anchor"] = f"callout-{self.context.next_count('callout')}"
        kind = escape(meta["kind"])
        return f'<aside class="callout callout--{kind}" aria-labelledby="{meta["anchor"]}">\n'

    def _callout_title_open(self, tokens: Sequence[Token], index: int) -> str:
        meta, title = tokens[index - 1].meta, tokens[index + 1]
        word = escape(KINDS.get(meta["kind"], meta["kind"]))
        space = " " if title.content else ""
        return (
            f'<p class="callout__title" id="{meta["anchor"]}">'
            f'<span class="callout__kind">{word}</span>{space}'
        )

    def _fence(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        info = read_info(token.info)
        head = [f'<span class="code__lang">{escape(info.label)}</span>']
        if info.title:
            head.append(f'<span class="code__title">{escape(info.title)}</span>')
        if info.runs:
            head.append('<span class="code__run">runs as shown</span>')
        code = highlight(token.content.removesuffix("\n"), info.language)
        classes = f"highlight language-{info.language}"
        return (
            f'<figure class="code"><figcaption class="code__head">{" ".join(head)}</figcaption>'
            f'<pre class="code__body" tabindex="0"><code class="{escape(classes)}">{code}</code>'
            "</pre></figure>\n"
        )

    def _code_block(self, tokens: Sequence[Token], index: int) -> str:
        return f"<pre>{escape(tokens[index].content)}</pre>\n"

    def _html_block(self, tokens: Sequence[Token], index: int) -> str:
        return f"<p>{escape(tokens[index].content)}</p>\n"


def _alignment(token: Token) -> str:
    return ALIGNED.get(str(token.attrs.get("style", "")), "")


def _top_level(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the tokens of each block that stands in no other block."""
    depth, start = 0, 0
    for index, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield tokens[start : index + 1]
            start = index + 1
