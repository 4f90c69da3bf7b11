"""How the parser reads `[[kind:key#part|label]]`."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from core import embeds

BEGIN = re.compile(r"\[\[([A-Za-z][\w-]*)(:|\]\])")
# In a table the bar before the label is written \|; elsewhere both are understood.
WHOLE = re.compile(
    r"\[\[(?P<kind>[A-Za-z][\w-]*):(?P<key>[^\[\]|#\n\\]*)"
    r"(?:#(?P<part>[^\[\]|\n\\]*))?(?:\\?\|(?P<label>[^\[\]]*))?\]\]"
)


def embed_plugin(md: MarkdownIt) -> None:
    """Teach the parser embeds; they become tokens of the type `embed`."""
    md.inline.ruler.before("link", "embed", embed)


def embed(state: StateInline, silent: bool) -> bool:
    """The inline rule: a whole embed, or the beginning of a broken one."""
    begin = BEGIN.match(state.src, state.pos, state.posMax)
    if begin is None:
        return False
    whole = WHOLE.match(state.src, state.pos, state.posMax)
    if begin[2] != ":" and embeds.get(begin[1]) is None:
        return False  # [[word]] is plain text unless the word is a kind
    match = whole or begin
    if not silent:
        token = state.push("embed", "", 0)
        token.content = match[0]
        token.meta = {"offset": state.pos, "kind": begin[1], "whole": whole is not None}
        if whole is not None:
            parts = whole.groupdict(default="")
            token.meta |= {name: " ".join(text.split()) for name, text in parts.items()}
    state.pos = match.end()
    return True
