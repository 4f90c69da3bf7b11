"""A small tree of an HTML fragment, as forgiving as people's HTML needs."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
    *("source", "track", "wbr"),
}
DEEPEST = 40  # a tag that stands deeper opens nothing; its words are kept
# What a tag ends that was left open before it.
ENDS = {
    "li": {"li"},
    "p": {"p"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
}
WALLS = {"ul", "ol", "table", "blockquote", "dl", "div"}  # nothing outside of these is ended


@dataclass
class Node:
    """An element with its attributes, and its words and elements in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    @property
    def elements(self) -> list["Node"]:
        """Return the elements directly inside."""
        return [child for child in self.children if isinstance(child, Node)]

    @property
    def text(self) -> str:
        """Return the words inside, without markup."""
        return "".join(
            child if isinstance(child, str) else "\n" if child.tag == "br" else child.text
            for child in self.children
        )


def parse(html: str) -> Node:
    """Return the root of a fragment. Never fails; what is not closed ends with what holds it."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_what_was_left_open(tag)
        if len(self._open) > DEEPEST and tag not in VOID:
            return
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def set_cdata_mode(self, elem: str, **_: bool) -> None:
        """Read on where a browser would read a script: in a comment its words are words."""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def _end_what_was_left_open(self, tag: str) -> None:
        ended = 0
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag in WALLS:
                break
            if self._open[depth].tag in ENDS.get(tag, ()):
                ended = depth
        if ended:
            del self._open[ended:]

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
