"""What may stand in the value of a rule, and how it is read.

Nothing here knows comments: the model checks its value with it, and `comments.screening.rules` asks
comments what was read. Values that cannot be read are refused line by line, in words for whoever
typed them.
"""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import re2
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models

from comments.wording import is_word, tokens

LONGEST_VALUE = 200_000  # characters: a list of 10,000 words is welcome
LONGEST_LINE = 200
LONGEST_PATTERN = 500
MOST_PATTERNS = 20
MOST_LINKS = 50
MOST_AN_HOUR = 100
# RE2's own measure. Its time grows with the program times the text; bench/rules.py measures the
# worst pattern that we found.
LARGEST_PROGRAM = 2_000
LARGEST_TOGETHER = 6_000  # of all patterns of a rule
PATTERN_MEMORY = 1 << 20  # bytes that one pattern may take

# A pattern that finds something in each of these would hold whatever people write.
ORDINARY = (
    "Thanks, this helped. We moved our queue to PostgreSQL last spring and it just works.",
    "Why does chapter 2 put caching before indexes? I'd have done it the other way round.",
    "Hi! Junior dev here, 3 months in; my first review took me two days, is that usual?",
)


class Kind(models.TextChoices):
    LINKS = "links", "Number of links"
    WORDS = "words", "Words and phrases"
    PATTERN = "pattern", "Patterns"
    ADDRESS = "address", "Mail addresses"
    RATE = "rate", "Comments in an hour"


class ValueProblems(ValueError):  # noqa: N818  it lists what a person should mend
    """Raised for a value that cannot be read, with one sentence for each problem."""

    def __init__(self, found: list[str]) -> None:
        super().__init__(" ".join(found))
        self.found = found


@dataclass
class Phrases:
    """Words and phrases under their first word, so that a long list costs no time."""

    by_first: dict[str, list[tuple[list[str], str]]] = field(default_factory=dict)


@dataclass
class Addresses:
    """Whole addresses, and domains that stand for themselves and what is below them."""

    whole: set[str] = field(default_factory=set)
    domains: set[str] = field(default_factory=set)

    def hold(self, address: str) -> bool:
        """Return whether an address is one of these, or belongs to one of the domains."""
        local, _, domain = address.casefold().rpartition("@")
        domain = ascii_domain(domain)
        if not local:
            return False
        parts = domain.split(".")
        above = {".".join(parts[place:]) for place in range(len(parts))}
        return f"{local}@{domain}" in self.whole or bool(above & self.domains)


def problems(kind: str, value: str) -> list[str]:
    """Return what is wrong with a value, one sentence each; nothing where it can be read."""
    try:
        read(kind, value)
    except ValueProblems as error:
        return error.found
    return []


@lru_cache(maxsize=500)
def read(kind: str, value: str) -> Any:
    """Return the value as its kind needs it. Raises ValueProblems.

    A number for links and rate, `Phrases` for words, `Addresses`, or a list of compiled patterns.
    """
    if kind == Kind.LINKS:
        return _number(value, MOST_LINKS)
    if kind == Kind.RATE:
        return _number(value, MOST_AN_HOUR)
    lines = [(place, line.strip()) for place, line in enumerate(value.splitlines(), 1)]
    lines = [(place, line) for place, line in lines if line]
    if not lines:
        raise ValueProblems(["Write at least one line."])
    if kind == Kind.PATTERN and len(lines) > MOST_PATTERNS:
        message = f"{len(lines)} patterns are too many for one rule; the most is {MOST_PATTERNS}."
        raise ValueProblems([message])
    take: Any = {Kind.WORDS: _take_phrase, Kind.PATTERN: _take_pattern, Kind.ADDRESS: _take_address}
    into: Any = {Kind.WORDS: Phrases, Kind.PATTERN: list, Kind.ADDRESS: Addresses}[Kind(kind)]()
    found = []
    for place, line in lines:
        try:
            take[Kind(kind)](line, into)
        except ValueError as error:
            found.append(f"Line {place}: {error}")
    if kind == Kind.PATTERN and not found and sum(map(_size, into)) > LARGEST_TOGETHER:
        found.append("The patterns together are too large; make two rules of them.")
    if found:
        raise ValueProblems(found)
    return into


def _number(value: str, most: int) -> int:
    digits = value.strip()
    if not re.fullmatch("[0-9]{1,6}", digits) or not 1 <= int(digits) <= most:
        raise ValueProblems([f"Write one whole number from 1 to {most}, in digits."])
    return int(digits)


def _take_phrase(line: str, into: Phrases) -> None:
    if len(line) > LONGEST_LINE:
        raise ValueError(f"a word or phrase has at most {LONGEST_LINE} characters.")
    words = tokens(line)
    if not words:
        raise ValueError("there is nothing in it that anybody could see.")
    if not any(map(is_word, words)) and len(words) == 1:
        raise ValueError(f"“{line}” stands in too many comments; write a word or a phrase.")
    if (is_word(words[0]) and words[-1] == "*") or (words[0] == "*" and is_word(words[-1])):
        raise ValueError(f"“{line}”: a star means nothing here. For parts of words use a pattern.")
    into.by_first.setdefault(words[0], []).append((words, line))


def _take_pattern(line: str, into: list[Any]) -> None:
    if len(line) > LONGEST_PATTERN:
        raise ValueError(f"a pattern has at most {LONGEST_PATTERN} characters.")
    try:
        pattern = re2.compile(line, _pattern_options())
    except re2.error as error:
        raise ValueError(_in_words(error.args[0])) from None
    if _size(pattern) > LARGEST_PROGRAM:
        raise ValueError(_TOO_LARGE)
    if pattern.search(""):
        raise ValueError("it fits where there is nothing, so it would hold every comment.")
    if all(pattern.search(text) for text in ORDINARY):
        raise ValueError(f"it would hold ordinary comments, such as “{ORDINARY[0]}”")
    into.append(pattern)


def _size(pattern: Any) -> int:
    return int(max(pattern.programsize, pattern.reverseprogramsize))


@cache
def _pattern_options() -> Any:
    options = re2.Options()
    options.max_mem = PATTERN_MEMORY
    options.case_sensitive = False
    options.never_capture = True
    options.log_errors = False
    return options


_TOO_LARGE = "the pattern is too large; use fewer or smaller repetitions."
_REFUSALS = (
    ("invalid perl operator: (?", "looking ahead or behind is not possible here: {}"),
    ("invalid escape sequence", "this is not possible here, and neither are back-references: {}"),
    ("pattern too large", _TOO_LARGE),
    ("invalid repetition size", "a repetition is at most 1000 times, nested ones together: {}"),
    ("missing )", "a bracket is not closed: {}"),
    ("unexpected )", "a bracket is closed that was not opened: {}"),
    ("missing ]", "a set of characters is not closed: {}"),
    ("no argument for repetition", "there is nothing before this sign to repeat: {}"),
    ("bad repetition operator", "this repeats a repetition: {}"),
)


def _in_words(error: bytes | str) -> str:
    """Return what RE2 says about a pattern in words of ours."""
    text = error.decode(errors="replace") if isinstance(error, bytes) else str(error)
    place = text.partition(": ")[2]
    for start, words in _REFUSALS:
        if text.startswith(start):
            return words.format(place)
    return f"the pattern cannot be read ({text})."


def _take_address(line: str, into: Addresses) -> None:
    if "*" in line:
        raise ValueError(f"“{line}”: a domain stands for what is below it too; leave the star out.")
    local, _, domain = line.casefold().rpartition("@")
    host = ascii_domain(domain)
    try:
        validate_email(f"{local or 'somebody'}@{host}")
    except ValidationError:
        raise ValueError(
            f"“{line}” is neither a mail address nor a domain such as example.org."
        ) from None
    if local:
        into.whole.add(f"{local}@{host}")
    else:
        into.domains.add(host)


def ascii_domain(domain: str) -> str:
    """Return a domain as the network writes it: "bücher.example" is "xn--bcher-kva.example"."""
    try:
        return domain.encode("idna").decode().casefold()
    except UnicodeError:
        return domain.casefold()
