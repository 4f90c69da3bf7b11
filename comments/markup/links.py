"""Which addresses a comment may link, and where one ends that is written out in the text."""

import re
from functools import cache
from urllib.parse import urlsplit

from linkify_it import LinkifyIt  # type: ignore[import-untyped]
from linkify_it.main import Match  # type: ignore[import-untyped]

REL = "ugc nofollow noopener"
WEB = re.compile(r"https?://[^/?#\\@\s]+(?:[/?#]\S*)?", re.IGNORECASE)
MAIL = re.compile(r"mailto:[^\s/?#@]+@[^\s/?#@]+", re.IGNORECASE)
UNBROKEN = re.compile(r"[^\s<>]+")
LONGEST = 2_000
# What ends a sentence and not an address; linkify-it knows some of it.
AFTER_LINK = ".,:;!?*_~'\"’”»›…、。，！？：；）】」』"


def may_link(url: str) -> bool:
    """Tell whether an address may be linked: a page or a mailbox, and no name in disguise.

    "https://bank.example@evil.example/" leads to the second name, so it stays unlinked.
    """
    if MAIL.fullmatch(url):
        return True
    if not WEB.fullmatch(url):
        return False
    try:
        parts = urlsplit(url)
        # No browser knows a name that is not spelt as names in other scripts have to be.
        (parts.hostname or "").encode("ascii").decode("idna")
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def address_at(text: str, start: int) -> str:
    """Return the http address that begins at a place of a text, without what ends the sentence.

    Returns nothing where no address begins there.
    """
    words = UNBROKEN.match(text, start, start + LONGEST)
    if words is None:
        return ""
    found: Match | None = _finder().match_at_start(words[0].rstrip(AFTER_LINK))
    return "" if found is None else str(found.url).rstrip(AFTER_LINK)


@cache
def _finder() -> LinkifyIt:
    return LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False})
