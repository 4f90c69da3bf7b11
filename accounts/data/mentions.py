"""Where free text mentions a person: to find it, and to take it out.

An address is found in any case. A name is found as whole words, and only if it is one that texts do
not hold by chance: two words, or at least five letters. Somebody called "Al" cannot be searched for
in other people's words; what ties rows to "Al" is cut all the same.
"""

import json
import re
from dataclasses import replace
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.html import escape

from accounts.registries.holdings import Person

NOBODY = "somebody who left"
SHORTEST_NAME = 5


class Mentions:
    """Finds the addresses and names of one person in texts, in HTML and in JSON alike."""

    def __init__(self, person: Person) -> None:
        self.addresses = sorted(person.addresses, key=len, reverse=True)
        names = (name for name in person.names if " " in name or len(name) >= SHORTEST_NAME)
        spellings = {spelling for name in names for spelling in _spellings(name)}
        self.names = sorted(spellings, key=len, reverse=True)
        parts = [rf"(?i:{_whole(address)})" for address in self.addresses]
        parts += [_whole(name) for name in self.names]
        self._pattern = re.compile("|".join(parts)) if parts else None

    def found_in(self, *texts: str) -> bool:
        """Return whether one of the texts mentions the person."""
        return self._pattern is not None and any(self._pattern.search(text) for text in texts)

    def taken_out_of(self, text: str) -> str:
        """Return a text with "somebody who left" in place of the person."""
        return self._pattern.sub(NOBODY, text) if self._pattern else text

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return from where to where the person is mentioned, in order."""
        return [found.span() for found in self._pattern.finditer(text)] if self._pattern else []

    def query(self, *fields: str) -> Q:
        """Return a filter for rows that may mention the person in these fields.

        It finds too much rather than too little; `found_in` decides.
        """
        tests = [Q((f"{field}__icontains", item)) for field in fields for item in self.addresses]
        tests += [Q((f"{field}__contains", item)) for field in fields for item in self.names]
        return reduce(or_, tests, Q(pk__in=[]))


def by_address(person: Person) -> Mentions:
    """Return what finds a person by address alone.

    A name is free to choose. Where being found gives access to words of others, or empties them,
    somebody could call themselves what they want to read or to be gone.
    """
    return Mentions(replace(person, names=frozenset()))


def _spellings(name: str) -> set[str]:
    return {name, escape(name), json.dumps(name)[1:-1]}


def _whole(text: str) -> str:
    return rf"(?<![\w@.-]){re.escape(text)}(?![\w@-]|\.\w)"
