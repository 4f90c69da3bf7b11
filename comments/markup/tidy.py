"""The last look at the parsed tokens of a comment, before they are written as HTML."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from markdown_it.token import Token
from pygments.lexers import get_all_lexers  # type: ignore[import-untyped]

from comments.markup.links import REL
from core.visible import visible

DEEPEST_EMPHASIS = 6
EMPHASIS = {"em_open", "em_close", "strong_open", "strong_close"}
BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters that draw nothing


def tidy(tokens: list[Token]) -> list[Token]:
    """Return the tokens of a comment, ready to be written.

    Links get their `rel` and always have words to click; code has no class and keeps its first
    line; lists keep the numbers that were typed.
    """
    _number(tokens)
    for token in tokens:
        if token.type == "inline":
            token.children = list(_links(_emphasis(token.children or [])))
        elif token.type in {"fence", "code_block"}:
            _keep_first_line(token)
    return tokens


def _keep_first_line(token: Token) -> None:
    """Show what stands behind the backticks, unless it names the language of the code."""
    info, token.info = token.info.strip(), ""
    if info and info.casefold() not in _languages():
        token.content = f"{info}\n{token.content}"


@cache
def _languages() -> frozenset[str]:
    return frozenset(name for _, names, _, _ in get_all_lexers() for name in names)


def _number(tokens: list[Token]) -> None:
    """Give an item the number it was typed with, where counting would give another.

    A number that is repeated is the habit of those who let the machine count.
    """
    lists: list[list[int]] = []  # of each open list: the number typed last, and the next one
    for token in tokens:
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            lists.append([-1, int(token.attrs.get("start", 1))])
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            lists.pop()
        elif token.type == "list_item_open" and token.info:
            typed, (last, expected) = int(token.info), lists[-1]
            if typed not in {last, expected}:
                token.attrs["value"] = expected = typed
            lists[-1] = [typed, expected + 1]


def _emphasis(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield inline tokens; emphasis inside emphasis inside emphasis ends somewhere."""
    depth = 0
    for token in tokens:
        if token.type not in EMPHASIS:
            yield token
            continue
        depth += token.nesting == 1
        yield token if depth <= DEEPEST_EMPHASIS else _text(token.markup)
        depth -= token.nesting == -1


def _links(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield inline tokens; links have an address and words, and their titles are words too."""
    inside: list[Token] | None = None
    for token in tokens:
        token.content = visible(token.content)
        if token.type == "link_open":
            inside = [token]
        elif inside is None:
            yield token
        elif token.type == "link_close":
            yield from _link(inside[0], inside[1:], token)
            inside = None
        else:
            inside.append(token)
    yield from inside or ()


def _link(opened: Token, words: list[Token], closed: Token) -> Iterator[Token]:
    href, title = str(opened.attrs.get("href", "")), visible(str(opened.attrs.get("title", "")))
    opened.attrs = {"href": href, "rel": REL}
    if not href:  # "[word]()" leads nowhere, and stays what it was
        yield from (_text("["), *words, _text("]()"))
        return
    if not any(_can_be_seen(token.content) for token in words):
        words = [_text(href)]
    yield from (opened, *words, closed)
    if title.strip():
        yield _text(f" ({title})")


def _can_be_seen(text: str) -> bool:
    return any(
        letter not in BLANK and unicodedata.category(letter)[0] not in "ZC" for letter in text
    )


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)
