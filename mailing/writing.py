"""From a text template to a letter: subject, plain text, and modest HTML made of the same text.

The first line of a template is the subject, then comes a blank line, then the body: paragraphs with
blank lines between them. A line that holds only an address of the web is a link, a paragraph that
is only a code stands large, and lines that begin with "> " are a quotation. What people wrote
stands in quotations, where nothing is a link.
"""

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from itertools import groupby
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import Truncator

WIDTH = 72
LONGEST_SUBJECT = 150
QUOTE = ">"
URL = re.compile(r"https?://\S+")
CODE = re.compile(r"[A-Z0-9]{3,6}(-[A-Z0-9]{3,6})+")
# Styles stand in the tags, because mail programs take no style sheet.
BODY = "font:16px/1.5 sans-serif;max-width:36em;margin:0 auto;padding:16px"
LARGE = "font:bold 26px/1.5 monospace;letter-spacing:2px"
# Characters that turn the reading direction, so that a name could dress up as something else.
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Written:
    """A letter without its envelope."""

    subject: str
    text: str
    html: str


def write(template: str, context: Mapping[str, Any]) -> Written:
    """Return the letter that a template makes of a context; it also knows `site`.

    Nothing is escaped in the text: it is text. Raises ValueError for a template without a subject.
    """
    known = {"site": {"name": settings.SITE_NAME, "url": settings.SITE_URL}, **context}
    # Letters say UTC, whatever zone the page shows that the letter was written on.
    with timezone.override(UTC):
        rendered = (
            Engine.get_default().get_template(template).render(Context(known, autoescape=False))
        )
    first, _, rest = _clean(rendered.strip()).partition("\n")
    subject = Truncator(one_line(first)).chars(LONGEST_SUBJECT)
    blocks = [block for block in re.split(r"\n\s*\n", rest) if block.strip()]
    if not subject or not blocks:
        raise ValueError(f"The template {template} has no subject or no words.")
    text = "\n\n".join("\n".join(_as_text(block)) for block in blocks) + "\n"
    return Written(subject, text, _as_html(subject, blocks))


def one_line(value: str) -> str:
    """Return a name or a title as it may stand in a header: one line, nothing invisible in it."""
    seen = (" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in str(value))
    return " ".join("".join(c for c in seen if c not in TURNING).split())


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")


def _runs(block: str) -> Iterator[tuple[str, list[str]]]:
    """Yield what a block consists of: quotations, links, and lines of a paragraph."""

    def kind(line: str) -> str:
        if line.startswith(QUOTE):
            return "quote"
        return "link" if URL.fullmatch(line.strip()) else "words"

    for name, lines in groupby(block.strip("\n").split("\n"), key=kind):
        yield name, list(lines)


def _unquoted(lines: list[str]) -> list[str]:
    return [line.removeprefix(QUOTE).removeprefix(" ") for line in lines]


def _fill(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _as_text(block: str) -> Iterator[str]:
    for kind, lines in _runs(block):
        if kind == "quote":
            for line in _unquoted(lines):
                yield from (f"> {part}" for part in _fill(line, WIDTH - 2)) if line.strip() else ">"
        elif kind == "link":
            yield from (line.strip() for line in lines)
        else:
            yield from _fill(" ".join(lines), WIDTH)


def _as_html(subject: str, blocks: list[str]) -> str:
    body = "\n".join(part for block in blocks for part in _block_html(block))
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(subject)}</title>\n</head>\n"
        f'<body style="{BODY}">\n{body}\n</body>\n</html>\n'
    )


def _block_html(block: str) -> Iterator[str]:
    said: list[str] = []
    for kind, lines in _runs(block):
        if kind == "quote":
            yield from _paragraph(said)
            said = []
            quoted = "\n".join(_unquoted(lines)).split("\n\n")
            parts = (escape(part).replace("\n", "<br>\n") for part in quoted if part.strip())
            inside = "\n".join(f"<p>{part}</p>" for part in parts)
            yield f"<blockquote>\n{inside}\n</blockquote>"
        elif kind == "link":
            urls = (escape(line.strip()) for line in lines)
            said += [f'<a href="{url}">{url}</a>' for url in urls]
        else:
            said.append(escape(" ".join(line.strip() for line in lines)))
    yield from _paragraph(said)


def _paragraph(said: list[str]) -> Iterator[str]:
    if len(said) == 1 and CODE.fullmatch(said[0]):
        yield f'<p style="{LARGE}">{said[0]}</p>'
    elif said:
        yield "<p>" + "<br>\n".join(said) + "</p>"
