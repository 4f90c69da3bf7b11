"""The Markdown of comments: CommonMark without what a comment does not need.

What is left out stays as it was typed, and no word of a writer is lost: CommonMark alone would drop
the title of a link, a definition that nothing refers to, the numbers of a list, the first line
behind three backticks, and whatever is nested too deeply.
"""

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, hr, list_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image

from comments.markup.links import address_at, may_link
from comments.markup.tidy import tidy
from core.visible import visible

DEEPEST = 5  # quotes and lists inside each other; a deeper mark stays as it was typed
SCHEME = re.compile(r"(?:^|[^a-z0-9.+-])(https?)$", re.IGNORECASE)

BlockRule = Callable[[StateBlock, int, int, bool], bool]


class CommentMarkdown(MarkdownIt):
    """MarkdownIt that links only to what we allow, and shows addresses as they were typed."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  the name is the library's
        """Tell whether an address may be linked."""
        return may_link(url)

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802  the name is the library's
        """Return an address as it was typed: decoding it could show another one."""
        return link


@cache
def parser() -> CommentMarkdown:
    """Return the one parser. It keeps nothing between texts."""
    options = {"html": False, "breaks": True, "xhtmlOut": False, "langPrefix": ""}
    md = CommentMarkdown("commonmark", options)
    # The library's own rules for bare addresses need time that grows with the square of the text.
    md.inline.ruler.after("text", "bare_address", _bare_address)
    md.disable(["html_block", "html_inline", "heading", "lheading", "reference"])
    md.core.ruler.before("normalize", "visible", _visible)
    md.core.ruler.push("tidy", _tidy)
    md.inline.ruler.at("image", _image_as_typed)
    containers = ["paragraph", "reference", "blockquote"]
    md.block.ruler.at("blockquote", _capped(blockquote), {"alt": [*containers, "list"]})
    md.block.ruler.at("list", _capped(list_block), {"alt": containers})
    md.block.ruler.at("hr", _rule_as_typed, {"alt": [*containers, "list"]})
    return md


def _visible(state: StateCore) -> None:
    state.src = visible(state.src)


def _tidy(state: StateCore) -> None:
    state.tokens = tidy(state.tokens)


def _capped(rule: BlockRule) -> BlockRule:
    """Wrap the rule of a container: below the deepest level it finds nothing."""

    def capped(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        depth = state.env.get("depth", 0)
        if depth >= DEEPEST:
            return False
        state.env["depth"] = depth + 1
        try:
            return rule(state, start_line, end_line, silent)
        finally:
            state.env["depth"] = depth

    return capped


def _rule_as_typed(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Keep a line of stars or hyphens as a paragraph; as a list it would lose them."""
    if not hr(state, start_line, end_line, silent):
        return False
    if not silent:
        lines = state.tokens.pop().map
        state.push("paragraph_open", "p", 1).map = lines
        inline = state.push("inline", "", 0)
        inline.content = state.getLines(start_line, start_line + 1, state.blkIndent, False).strip()
        inline.map, inline.children = lines, []
        state.push("paragraph_close", "p", -1)
    return True


def _image_as_typed(state: StateInline, silent: bool) -> bool:
    """Take a picture as the characters it was typed with; its address becomes a link after it."""
    start = state.pos
    if not image(state, True):
        return False
    if not silent:
        label_end = state.md.helpers.parseLinkLabel(state, start + 1, False)
        state.pos = label_end + len("](")
        state.pending += state.src[start : state.pos]
    return True


def _bare_address(state: StateInline, silent: bool) -> bool:
    """Link an address that stands in the text with its scheme: "node.js" is no address."""
    if state.linkLevel > 0 or not state.src.startswith("://", state.pos):
        return False
    scheme = SCHEME.search(state.pending[-len("(https") :])
    if scheme is None:
        return False
    start = state.pos - len(scheme[1])
    url = address_at(state.src, start)
    href = state.md.normalizeLink(url)
    if not state.md.validateLink(href):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[1])]
        state.push("link_open", "a", 1).attrs = {"href": href}
        state.push("text", "", 0).content = url
        state.push("link_close", "a", -1)
    state.pos = start + len(url)
    return True
