"""What the HTML of a comment may hold, said a second time and apart from the code that makes it."""

from urllib.parse import urlsplit

import nh3

from core.tests.walls import events

ATTRIBUTES = {
    "a": {"href", "rel"},
    "blockquote": set(),
    "br": set(),
    "code": set(),
    "em": set(),
    "li": {"value"},
    "ol": {"start"},
    "p": set(),
    "pre": set(),
    "strong": set(),
    "ul": set(),
}
REL = "ugc nofollow noopener"
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def faults(html: str) -> list[str]:
    """Return what is in the HTML that may not be there; nothing where it is harmless and tidy."""
    found = harmful(html)
    open_tags: list[str] = []
    for event in events(html):
        if isinstance(event, tuple) and event[0] != "br":
            open_tags.append(event[0])
        elif isinstance(event, str) and (not open_tags or open_tags.pop() != event[1:]):
            found.append(f"{event} closes nothing")
    found += [f"<{name}> is not closed" for name in open_tags]
    if events(html) != events(as_a_browser_reads(html)):
        found.append("a browser reads something else")
    return found


def harmful(html: str) -> list[str]:
    """Return the tags, attributes, addresses and characters in the HTML that may not be there."""
    found = [f"U+{ord(char):04X}" for char in TURNING if char in html]
    for event in events(html):
        if isinstance(event, tuple):
            name, attributes = event
            if name in ATTRIBUTES:
                found += _faults_of_attributes(name, attributes)
            else:
                found.append(f"<{name}>")
    return found


def _faults_of_attributes(tag: str, attributes: list[tuple[str, str]]) -> list[str]:
    values = dict(attributes)
    found = [f"<{tag} {name}>" for name in values.keys() - ATTRIBUTES[tag]]
    numbers = values.keys() & {"value", "start"}
    found += [f"{name}={values[name]}" for name in numbers if not values[name].isdecimal()]
    if tag == "a":
        if values.get("rel") != REL:
            found.append("a link without its rel")
        if "href" in values and not _may_be_linked(values["href"]):
            found.append(f"href={values['href']}")
    return found


def _may_be_linked(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme == "mailto":
        return "@" in parts.path
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and "\\" not in url


def as_a_browser_reads(html: str) -> str:
    """Return what a parser that works as a browser's makes of it, with nothing but our list."""
    return nh3.clean(
        html,
        tags=set(ATTRIBUTES),
        attributes={"*": set()} | {tag: names for tag, names in ATTRIBUTES.items() if names},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
