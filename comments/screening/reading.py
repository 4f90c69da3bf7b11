"""A comment as its readers see it: the words, and the links that the renderer made."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

BLOCKS = {"p", "pre", "blockquote", "li", "br"}  # words on both sides are not one word


@dataclass(frozen=True)
class Reading:
    """What stands on the page."""

    text: str
    prose: str  # the same without addresses that are written out
    links: tuple[str, ...]

    @property
    def sites(self) -> list[str]:
        """Return the hosts that the links lead to, in order, without "www."."""
        return [host.removeprefix("www.") for link in self.links if (host := _host_of(link))]


def read_html(html: str) -> Reading:
    """Return what readers see of a comment. Takes the HTML that `render_comment` made."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Reading("".join(reader.text), "".join(reader.prose), tuple(reader.links))


@dataclass(eq=False)
class _Reader(HTMLParser):
    text: list[str] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    clicked: list[str] | None = None  # the words of the link that is open

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.handle_data("\n")
        if tag == "a" and (href := dict(attrs).get("href")):
            self.links.append(href)
            self.clicked = []

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.handle_data("\n")
        if tag == "a" and self.clicked is not None:
            words = "".join(self.clicked)
            self.prose.append(" " if _is_written_out(words, self.links[-1]) else words)
            self.clicked = None

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        (self.prose if self.clicked is None else self.clicked).append(data)


def _is_written_out(words: str, href: str) -> bool:
    """Return whether the words of a link are its address, as in "see example.org/page"."""
    bare = words.strip().casefold().partition("://")[2] or words.strip().casefold()
    return bool(bare) and " " not in bare and bare.rstrip("/…") in href.casefold()


def _host_of(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").casefold()
    except ValueError:
        return ""
