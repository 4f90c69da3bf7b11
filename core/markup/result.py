"""What rendering a text gives."""

from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Heading:
    """One entry of the outline; `level` is 2 or 3."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Reference:
    """Something that the text uses: ("claim", "SO25-16"), ("guide", slug), ("image", path), …"""

    kind: str
    key: str


@dataclass(frozen=True)
class Rendered:
    """A text made into HTML. `text` and `word_count` leave out blocks of code."""

    html: SafeString
    outline: tuple[Heading, ...]
    references: tuple[Reference, ...]
    text: str
    word_count: int
