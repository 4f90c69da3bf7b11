"""Which addresses a text may name."""

import re
from urllib.parse import unquote, urlsplit

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
EXTERNAL = re.compile(r"https?://", re.IGNORECASE)
# A second slash, or what browsers take for one, would make the rest the name of a host.
OTHER_HOST = re.compile(r"[/\\]{2}")
IMAGE_ROOTS = ("/media/", "/static/")
SHOWN = 80


def is_external(url: str) -> bool:
    """Tell whether the address leads to another site."""
    return EXTERNAL.match(url) is not None


def link_problem(url: str) -> str:
    """Return what is wrong with the address of a link, or nothing.

    Whether a fragment exists is the affair of the whole page and is not asked here.
    """
    shown = _shown(url)
    if not url:
        return "the link has no address"
    if OTHER_HOST.match(unquote(url)):
        return f"the address “{shown}” must begin with https:// or with one slash"
    if url[0] in "/#":
        return "" if url != "#" else "the link # leads nowhere"
    scheme = SCHEME.match(url)
    if scheme and scheme[1].lower() == "mailto":
        return "" if "@" in url else f"“{shown}” is no mail address"
    if is_external(url):
        return "" if _has_plain_host(url) else f"“{shown}” is not a valid address"
    return f"links begin with https://, http://, mailto:, / or #; “{shown}” does not"


def _shown(url: str) -> str:
    """Return an address as it may stand in a message: decoded, on one line, not too long."""
    return " ".join(unquote(url).split())[:SHOWN]


def _has_plain_host(url: str) -> bool:
    """Tell whether an address names a host, and no user, who would look like one."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False


def image_problem(url: str) -> str:
    """Return what is wrong with the address of an image, or nothing."""
    path = unquote(url)
    if not path.startswith(IMAGE_ROOTS):
        return f"images come from {' or '.join(IMAGE_ROOTS)}; “{_shown(url)}” does not"
    if ".." in path.split("/") or OTHER_HOST.search(path) or "\\" in path:
        return f"“{_shown(url)}” is not a plain path"
    return ""
