"""Whether a rule speaks against a comment: one function, for the live site and for the dry run.

- Links are counted as the renderer makes them: set in brackets, written out, and mail addresses.
- Words and phrases are whole words: "press" is not in "WordPress". They are looked for in the
  comment as its readers see it, in the name it is signed with, and in the addresses of its links.
  `comments.wording` says how words compare; what is hidden or disguised inside a word is found.
- Patterns are RE2's, whatever the case. They cannot hang: RE2 reads each text once.
- An address is compared whole; a domain stands for what is below it too.
- Rate counts the comments of one person, and those of one network, in the hour up to this one.
"""

from dataclasses import dataclass
from typing import Any

from comments.models import Rule
from comments.rule_values import Addresses, Kind, Phrases, read
from comments.screening.subjects import Subject

LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Match:
    """A rule speaks against a comment, and why, in words for moderators."""

    detail: str


def matches(rule: Rule, subject: Subject) -> Match | None:
    """Return why a rule would hold a comment, or None. Raises ValueProblems for a broken rule."""
    value = read(rule.kind, rule.value)
    detail = _TESTS[Kind(rule.kind)](value, subject)
    return Match(detail) if detail else None


def _links(most: int, subject: Subject) -> str:
    count = len(subject.links)
    return f"{count} link{'s' if count > 1 else ''}" if count >= most else ""


def _words(phrases: Phrases, subject: Subject) -> str:
    found = phrases.by_first.keys() & subject.places.keys()
    for first in sorted(found, key=lambda word: subject.places[word][0]):
        for words, shown in phrases.by_first[first]:
            if any(subject.tokens[at : at + len(words)] == words for at in subject.places[first]):
                return f"“{shown}”{_disguise(shown, subject)}"
    return ""


def _disguise(shown: str, subject: Subject) -> str:
    is_plain = " ".join(shown.casefold().split()) in subject.plain
    return "" if is_plain else " (spelt in another way there)"


def _pattern(patterns: list[Any], subject: Subject) -> str:
    for pattern in patterns:
        for text in subject.texts:
            if (found := pattern.search(text)) is not None:
                quote = " ".join(found.group().split())
                short = quote if len(quote) <= LONGEST_QUOTE else f"{quote[:LONGEST_QUOTE]}…"
                return f"“{short}”, which fits {pattern.pattern}"
    return ""


def _address(addresses: Addresses, subject: Subject) -> str:
    # Which one is not said: addresses stay in the form of the rule.
    return "the writer's mail address" if addresses.hold(subject.address) else ""


def _rate(most: int, subject: Subject) -> str:
    recent = subject.recent
    if recent.of_person > most:
        return f"{recent.of_person} comments of one person in an hour"
    if recent.of_network > most:
        return f"{recent.of_network} comments from one network in an hour"
    return ""


_TESTS: dict[Kind, Any] = {
    Kind.LINKS: _links,
    Kind.WORDS: _words,
    Kind.PATTERN: _pattern,
    Kind.ADDRESS: _address,
    Kind.RATE: _rate,
}
