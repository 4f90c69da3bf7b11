"""Plain text: ids from headings, counting words, dates only as exact as their source."""

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from markdown_it.token import Token

WORDS_PER_MINUTE = 220
WORD = re.compile(r"[^\W_]+(?:['’.,:/@_-][^\W_]+)*")
NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
SILENT = {"image", "footnote_ref", "html_inline"}
BREAKS = {"softbreak", "hardbreak"}


def slug_id(text: str) -> str:
    """Return an id made of the words of a heading: "What is REST?" becomes "what-is-rest".

    Text without one Latin letter or digit has no such id and becomes "section".
    """
    ascii_text = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    unquoted = ascii_text.replace("'", "")
    return NOT_IN_SLUG.sub("-", unquoted).strip("-") or "section"


def plain_text(tokens: Sequence[Token] | None) -> str:
    """Return the words of inline tokens without their markup.

    Images and footnote marks say nothing here; an embed says what its `meta["text"]` holds.
    """
    return "".join(map(_words_of, tokens or ())).strip()


def _words_of(token: Token) -> str:
    if token.type in BREAKS:
        return " "
    if token.type == "embed":
        return str(token.meta.get("text", ""))
    return "" if token.type in SILENT else token.content


def word_count(text: str) -> int:
    """Return the number of words; "14.2%", "front-end" and "don't" are one word each."""
    return sum(1 for _ in WORD.finditer(text))


def reading_minutes(words: int) -> int:
    """Return the minutes that a reader needs, rounded up, never less than one.

    Adults read non-fiction in English silently at about 240 words a minute. Our text is technical
    and many readers have English as a second language, both of which slow people down; 220 is a
    cautious figure, so that the promise on the page is kept more often than broken. Code and
    diagrams are not counted as words: people skim or study them, and no one speed would be right.
    """
    return max(1, math.ceil(words / WORDS_PER_MINUTE))


def parse_partial_date(value: str) -> date:
    """Return the first day that "2025", "2025-10" or "2025-10-28" may mean.

    Raises ValueError for everything else, and for days that no calendar has.
    """
    match = PARTIAL_DATE.fullmatch(value)
    if match is None:
        raise ValueError(f"{value!r} is not a date like 2025, 2025-10 or 2025-10-28")
    year, month, day = match.groups(default="1")
    return date(int(year), int(month), int(day))


def display_partial_date(value: str) -> str:
    """Return the date in words, as exact as it is: "2025", "October 2025", "28 October 2025"."""
    day = parse_partial_date(value)
    month = MONTHS[day.month - 1]
    match len(value):
        case 4:
            return f"{day.year:04}"
        case 7:
            return f"{month} {day.year:04}"
        case _:
            return f"{day.day} {month} {day.year:04}"
