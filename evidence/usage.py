"""Where the ledger is used. Apps above this one answer; evidence itself knows none of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Use:
    """One public page that cites a claim."""

    claim_key: str
    title: str
    url: str


Finder = Callable[[Iterable[str]], Iterable[Use]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Add a function that takes claim keys and returns the public pages that cite them."""
    if finder not in _finders:
        _finders.append(finder)


def uses_of(claim_keys: Iterable[str]) -> dict[str, list[Use]]:
    """Return the public pages that cite each claim, by claim key, in order of title."""
    keys = list(claim_keys)
    found: dict[str, list[Use]] = {key: [] for key in keys}
    for finder in _finders:
        for use in finder(keys):
            found[use.claim_key].append(use)
    for uses in found.values():
        uses.sort(key=lambda use: (use.title, use.url))
    return found
