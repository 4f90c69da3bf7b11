"""Replacing embeds in Markdown that stays Markdown, for readers who take the text with them."""

import re
from collections.abc import Callable

from core.embeds import Token
from core.markup.embed_syntax import WHOLE

# Code comes first: what looks like an embed inside it is an example, not an embed.
CODE_OR_EMBED = re.compile(
    r"(?P<fence>^[ >]*(?P<ticks>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*\n"
    r".*?(?:^[ >]*(?P=ticks)[`~]*[ \t]*$|\Z))"
    r"|(?P<span>(?P<tick>`+)(?!`).*?(?<!`)(?P=tick)(?!`))"
    rf"|(?P<embed>{WHOLE.pattern})",
    re.MULTILINE | re.DOTALL,
)


def replace_embeds(source: str, replace: Callable[[Token], str]) -> str:
    """Return the Markdown with each embed outside code replaced by what `replace` returns."""

    def swap(match: re.Match[str]) -> str:
        if match["embed"] is None:
            return match[0]
        parts = {name: (match[name] or "").strip() for name in ("kind", "key", "part", "label")}
        line = source.count("\n", 0, match.start()) + 1
        return replace(Token(**parts, line=line))

    return CODE_OR_EMBED.sub(swap, source)


def find_embeds(source: str) -> list[Token]:
    """Return the embeds of the Markdown outside code, in their order."""
    found: list[Token] = []

    def note(token: Token) -> str:
        found.append(token)
        return ""

    replace_embeds(source, note)
    return found


def blank_code_and_embeds(source: str) -> str:
    """Return the text with code and embeds blanked out, every line where it was."""
    return CODE_OR_EMBED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source)
