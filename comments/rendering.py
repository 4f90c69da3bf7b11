"""From the Markdown of a comment to safe HTML: one renderer for preview and publication.

Two walls stand behind each other, and the tests take away each in turn: `comments.markup` writes
only the tags below, and `nh3`, which parses as a browser does, takes out whatever else there is.

`python -m comments.rendering` reads a list of texts as JSON and writes their HTML as JSON; it needs
neither settings nor a database.
"""

import json
import re
import sys
from html import escape

import nh3
from django.utils.safestring import SafeString, mark_safe

from comments.markup.links import REL, may_link
from comments.markup.parser import parser
from comments.markup.plain import plain_text
from core.visible import visible

__all__ = ["clean_html", "plain_text", "render_comment"]

TAGS = {"p", "a", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "br"}
# Without a word about "*", nh3 would keep `title` and `lang` everywhere.
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}, "li": {"value"}}
SCHEMES = {"http", "https", "mailto"}
NUMBER = re.compile(r"[0-9]{1,9}")
# Above this only paragraphs are made. A form takes far less; an import may bring a long one.
LONGEST = 50_000
PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


def render_comment(text: str) -> SafeString:
    """Return a comment as HTML: paragraphs, emphasis, links, quotes, lists and code, nothing else.

    A single line break stays one, as people expect of a box for comments. What else Markdown knows
    (headings, pictures, tables, rules, HTML) stays readable as it was typed. Never fails, and takes
    time that grows with the length of the text. Every link says that we did not set it.
    """
    return clean_html(to_html(text))


def to_html(text: str) -> str:
    """Return what the first wall alone makes of a text."""
    if len(text) > LONGEST:
        return _paragraphs(text)
    return parser().render(text)


def clean_html(html: str) -> SafeString:
    """Return what the second wall alone leaves of any HTML."""
    cleaned = nh3.clean(
        visible(html),
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_only_known,
        url_schemes=SCHEMES,
        url_relative="deny",
        link_rel=REL,
    )
    return mark_safe(visible(cleaned))  # noqa: S308  cleaned by the allow-list above


def _only_known(tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute: an address we would link, or a number in a list."""
    if name == "href":
        return value if may_link(value) else None
    if name in {"start", "value"}:
        return value if NUMBER.fullmatch(value) else None
    return value  # the `rel` that is set here


def _paragraphs(text: str) -> str:
    parts = PARAGRAPHS.split(visible(text).strip())
    return "".join("<p>" + escape(part).replace("\n", "<br>\n") + "</p>\n" for part in parts)


def main() -> None:
    """Read a list of texts as JSON, and write the list of their HTML as JSON."""
    json.dump([render_comment(text) for text in json.load(sys.stdin)], sys.stdout)


if __name__ == "__main__":
    main()
