"""The second wall: what may be in the HTML of a text, judged by another library.

`nh3` parses as a browser does and takes out everything that is not listed here. Where its result
differs from ours, our HTML held something foreign, or a browser would read it otherwise than meant.
"""

from html.parser import HTMLParser

import nh3

ATTRIBUTES = {
    "a": {"href", "title", "class", "id", "rel", "aria-label"},
    "aside": {"class", "aria-labelledby"},
    "blockquote": set(),
    "br": set(),
    "caption": {"id"},
    "code": {"class"},
    "dd": set(),
    "div": {"class", "id", "role", "aria-labelledby", "tabindex", "popover"},
    "dl": set(),
    "dt": set(),
    "em": set(),
    "figcaption": {"class"},
    "figure": {"class", "id"},
    "h2": {"id"},
    "h3": {"id"},
    "hr": set(),
    "img": {"src", "alt", "loading", "decoding", "width", "height"},
    "li": {"id"},
    "ol": {"start"},
    "p": {"class", "id"},
    "pre": {"class", "tabindex"},
    "section": {"class", "aria-labelledby"},
    "span": {"class"},
    "strong": set(),
    "sup": {"class"},
    "table": set(),
    "tbody": set(),
    "td": {"class"},
    "th": {"class", "scope"},
    "thead": set(),
    "tr": set(),
    "ul": set(),
}
SCHEMES = {"http", "https", "mailto"}
VOID = {"br", "hr", "img"}


class _Events(HTMLParser):
    """Writes down what a page says, so that two spellings of the same page are equal."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.events.append((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.events.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if self.events and isinstance(self.events[-1], list):
            self.events[-1].append(data)
        else:
            self.events.append([data])

    def handle_comment(self, data: str) -> None:
        self.events.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.events.append(("declaration", decl))

    def handle_pi(self, data: str) -> None:
        self.events.append(("instruction", data))


def events(html: str) -> list[object]:
    """Return tags, attributes and words of a page, in order."""
    parser = _Events()
    parser.feed(html)
    parser.close()
    return [["".join(item)] if isinstance(item, list) else item for item in parser.events]


def cleaned(html: str) -> str:
    """Return what the other library leaves of a page."""
    return nh3.clean(
        html,
        tags=set(ATTRIBUTES),
        attributes={tag: names for tag, names in ATTRIBUTES.items() if names},
        url_schemes=SCHEMES,
        link_rel=None,
    )


def assert_safe(html: str) -> None:
    """Fail where a page holds anything foreign, or tags that do not fit together."""
    assert events(html) == events(cleaned(html))
    open_tags: list[str] = []
    for event in events(html):
        if isinstance(event, tuple) and event[0] not in VOID:
            open_tags.append(event[0])
        elif isinstance(event, str):
            assert open_tags.pop() == event[1:]
    assert not open_tags
    ids = [value for item in events(html) if isinstance(item, tuple) for value in _ids(item)]
    assert len(ids) == len(set(ids)), "an id is given twice"


def _ids(event: tuple[object, ...]) -> list[str]:
    attributes = event[1] if len(event) > 1 and isinstance(event[1], list) else []
    return [value for name, value in attributes if name == "id"]
