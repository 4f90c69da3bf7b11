"""The registry of `[[kind:key#part|label]]`: each app says how its own things stand inside a text.

An app registers its kinds in `AppConfig.ready()`; the renderer in `core.markup` finds the tokens,
loads what they name (one query per kind) and places what the kinds return.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, runtime_checkable

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

KIND = re.compile(r"[a-z][a-z0-9-]*")


class EmbedError(ValueError):
    """An embed cannot be shown as it is written; the message tells the editor why."""


@dataclass(frozen=True)
class Token:
    """One `[[kind:key#part|label]]` as written, with the line it stands on."""

    kind: str
    key: str
    part: str = ""
    label: str = ""
    line: int = 0


class Embed(Protocol):
    """What an app provides for one kind; plain class attributes do for the properties.

    A block embed (a diagram) stands alone in its paragraph, others stand inside sentences.
    `reference_kind` (optional) names the kind of the recorded reference where it differs from
    `kind`: `[[cite:X]]` refers to a claim.
    """

    @property
    def kind(self) -> str:
        """Return the word after the brackets."""

    @property
    def label_singular(self) -> str:
        """Return the noun for messages: "no claim has the ID …"."""

    @property
    def block(self) -> bool:
        """Tell whether it stands alone in a paragraph."""

    def load(self, keys: set[str]) -> Mapping[str, Any]:
        """Return the items with these keys, in one query; unknown keys are left out."""

    def render(self, token: Token, item: Any, context: "EmbedContext") -> SafeString:
        """Return the HTML. Raises EmbedError where the token asks for what cannot be shown."""


@runtime_checkable
class PlainTextEmbed(Protocol):
    """An embed that also says how it reads as plain text, for search and excerpts.

    Without it the label of the token is used, which is often empty.
    """

    def text(self, token: Token, item: Any) -> str:
        """Return the words that stand for the embed in plain text."""


@runtime_checkable
class ManyNamed(Protocol):
    """An embed whose key names other things than itself: a cell of pay refers to its edition."""

    def reference_keys(self, key: str) -> Iterable[str]:
        """Return the keys of the recorded references; without it that is the key of the token."""


@runtime_checkable
class MarkdownEmbed(Embed, Protocol):
    """An embed that also says how it reads in the Markdown form of a page.

    Without it the label of the token stands there, set off. A note is written `[^key]`, with the
    key under which the embed was numbered.
    """

    def markdown(self, token: Token, item: Any) -> str:
        """Return Markdown: a few words inside a sentence, or lines of their own for a block."""


@dataclass(frozen=True)
class SourceEntry:
    """Where something on a page comes from, for the numbered list at its end; without its number.

    `published` is the day of the source and `as_of` that of the figure, both in words.
    `confidence` is "primary", "secondary" or "unverified" and draws the circle that
    `confidence_words` explain. `digest` names the exact figures in a few characters. `href` leads
    to our own page about the source. `values` are what a program reads besides, in the JSON form
    of the page.

    Entries with the same `group` stand together: what they share is said once, with `about`, and
    each adds its `line` and its facts. Without a group an entry stands alone, with its statement.
    """

    title: str
    url: str
    publisher: str
    published: str = ""
    as_of: str = ""
    facts: tuple[str, ...] = ()
    statement: str = ""
    note: str = ""
    confidence: str = "primary"
    confidence_words: str = ""
    checked_on: date | None = None
    is_due: bool = False
    digest: str = ""
    href: str = ""
    href_words: str = "More from this source"
    values: Mapping[str, Any] = field(default_factory=dict)
    group: str = ""
    about: str = ""
    line: str = ""


@runtime_checkable
class SourcedEmbed(Protocol):
    """An embed whose sources stand in the numbered list at the end of the page.

    The keys are those that the embed passed to `EmbedContext.number`. They are unique over all
    kinds: claims use their own ID, every other kind begins its keys with `<kind>:`.
    """

    def source_entries(self, keys: Iterable[str]) -> Mapping[str, SourceEntry]:
        """Return the sources behind these numbered keys, in at most one query.

        Keys of other kinds, and what is no longer there, are left out.
        """


@dataclass
class EmbedContext:
    """What the parts of one page share: numbers of sources, receipts to place, ids in use.

    `strict` is True while publishing, when a link to something not public is an error, and False
    when a page that is live already is rendered again. `image_size` may tell the width and height
    of an image path, so that the page does not shift while it loads.
    """

    strict: bool = True
    numbering: dict[str, int] = field(default_factory=dict)
    receipts: list[SafeString] = field(default_factory=list)
    image_size: Callable[[str], tuple[int, int] | None] | None = None
    anchors: set[str] = field(default_factory=set)
    placed: set[tuple[str, str]] = field(default_factory=set)
    loaded: dict[str, dict[str, Any]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def number(self, key: str) -> int:
        """Return the note number of a key: the next one at first use, the same one after that."""
        return self.numbering.setdefault(key, len(self.numbering) + 1)

    def add_receipt(self, number: int, html: str) -> None:
        """Hand over the receipt of a note; the renderer places it after the block being made."""
        self.receipts.append(conditional_escape(html))

    def take_receipts(self) -> list[SafeString]:
        """Return the receipts handed over since the last call, and forget them."""
        taken, self.receipts = self.receipts, []
        return taken

    def next_count(self, name: str) -> int:
        """Count up: 1 for the first "table" of the page, 2 for the second."""
        self.counts[name] = self.counts.get(name, 0) + 1
        return self.counts[name]

    def claim_anchor(self, wanted: str) -> str:
        """Return an id that no other heading of the page has: `wanted`, `wanted-2`, `wanted-3`."""
        anchor = wanted
        while anchor in self.anchors:
            # Counted from where the last search ended, or many like headings would take forever.
            anchor = f"{wanted}-{self.next_count(f'#{wanted}') + 1}"
        self.anchors.add(anchor)
        return anchor

    def items(self, embed: Embed, keys: set[str]) -> Mapping[str, Any]:
        """Return what the keys of one kind name, asking the app only for keys not asked before."""
        known = self.loaded.setdefault(embed.kind, {})
        wanted = keys - known.keys()
        if wanted:
            known.update(embed.load(wanted))
        return known


_registry: dict[str, Embed] = {}


def register(embed: Embed) -> None:
    """Add a kind. Raises ValueError for a bad name or for one that another class has taken."""
    if not KIND.fullmatch(embed.kind):
        raise ValueError(f"{embed.kind!r} cannot name an embed; use lower case, digits, hyphens")
    taken = _registry.get(embed.kind)
    if taken is not None and type(taken) is not type(embed):
        raise ValueError(f"the embed {embed.kind!r} is registered already, by {type(taken)}")
    _registry[embed.kind] = embed


def get(kind: str) -> Embed | None:
    """Return the embed of a kind, or None where there is none."""
    return _registry.get(kind)


def registered() -> list[str]:
    """Return the known kinds in the order in which they were registered."""
    return list(_registry)


def source_entries(keys: Iterable[str]) -> dict[str, SourceEntry]:
    """Return the sources behind numbered keys of every kind, at most one query for each kind."""
    wanted = list(keys)
    found: dict[str, SourceEntry] = {}
    for embed in _registry.values():
        if wanted and isinstance(embed, SourcedEmbed):
            found.update(embed.source_entries(wanted))
    return found
