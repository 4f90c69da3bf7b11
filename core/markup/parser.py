"""The parser: CommonMark with tables, definition lists, footnotes, call-outs and embeds.

It keeps for the checks what the libraries forget: where in a paragraph a link begins, how many
cells a row was written with, whether a code block was closed.
"""

from collections.abc import Callable
from functools import cache, partial

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, fence, table
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_inline import (
    StateInline,
    autolink,
    backtick,
    escape,
    html_inline,
    image,
    link,
    newline,
)
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from core.markup.callouts import callout_plugin
from core.markup.embed_syntax import embed_plugin

# The parser drops text that is nested deeper than this without a word, so the checks refuse
# texts long before (see `blocks.MAX_DEPTH`).
MAX_NESTING = 20

BlockRule = Callable[[StateBlock, int, int, bool], bool]
InlineRule = Callable[[StateInline, bool], bool]


class Parser(MarkdownIt):
    """MarkdownIt that hands every address on: our own checks name the line of a bad one."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  the name is the library's
        return True


@cache
def get_parser() -> Parser:
    """Return the one parser. It keeps no state between texts.

    Raw HTML is parsed as HTML so that it can be refused with its line; it is never written out.
    """
    md = Parser("commonmark", {"html": True, "maxNesting": MAX_NESTING, "typographer": True})
    md.enable(["table", "smartquotes"])
    md.use(deflist_plugin)
    # Definitions stay where they are written: we number and place them ourselves.
    md.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    md.use(callout_plugin)
    md.use(embed_plugin)
    # Without this rule what was escaped stays apart from words, and is not taken for markup.
    md.disable("text_join")
    terminated = ["paragraph", "reference"]
    md.block.ruler.at("table", _counted(table), {"alt": terminated})
    md.block.ruler.at("fence", _closed(fence), {"alt": [*terminated, "blockquote", "list"]})
    rules: dict[str, InlineRule] = {
        "newline": newline,
        "escape": escape,
        "backticks": backtick,
        "link": link,
        "image": image,
        "autolink": autolink,
        "html_inline": html_inline,
        "footnote_ref": partial(footnote_ref, always_match=True),
    }
    for name, rule in rules.items():
        md.inline.ruler.at(name, _with_offset(rule))
    return md


def parse(source: str) -> list[Token]:
    """Return the block tokens of a text."""
    return get_parser().parse(source)


def parse_inline(source: str) -> Token:
    """Return one inline token with the children that the words of a sentence make."""
    return get_parser().parseInline(source)[0]


def _with_offset(rule: InlineRule) -> InlineRule:
    """Wrap an inline rule: its token learns where in the content it begins."""

    def placed(state: StateInline, silent: bool) -> bool:
        begin, count = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            made = (token for token in state.tokens[count:] if token.type != "text")
            for token in made:
                token.meta.setdefault("offset", begin)
                break
        return matched

    return placed


def _counted(rule: BlockRule) -> BlockRule:
    """Wrap the table rule: each row learns how many cells it was written with."""

    def counted(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        count = len(state.tokens)
        matched = rule(state, start_line, end_line, silent)
        if matched and not silent:
            for token in state.tokens[count:]:
                if token.type == "tr_open" and token.map:
                    token.meta["cells"] = len(_cells(_line(state, token.map[0])))
        return matched

    return counted


def _cells(text: str) -> list[str]:
    """Return the cells of a row, without the empty ones that outer bars make."""
    cells = escapedSplit(text.strip())
    return cells[cells[0] == "" : len(cells) - (cells[-1] == "")]


def _closed(rule: BlockRule) -> BlockRule:
    """Wrap the fence rule: a code block learns whether its end was written."""

    def closed(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        matched = rule(state, start_line, end_line, silent)
        if matched and not silent:
            token = state.tokens[-1]
            last = state.line - 1
            text = _line(state, last).rstrip()
            token.meta["closed"] = (
                last > start_line
                and not state.is_code_block(last)
                and len(text) >= len(token.markup)
                and not text.strip(token.markup[0])
            )
        return matched

    return closed


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
