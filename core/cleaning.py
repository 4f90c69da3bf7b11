"""What people type, made safe to keep: nothing is cut, and nothing that can be seen is dropped."""

import re
import unicodedata

from django.conf import settings

from core.visible import visible

# Of what cannot be seen, joiners stay in names: Persian, Indic scripts and many emoji need them.
JOINERS = "\u200c\u200d"
INVISIBLE = "\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5"
NO_BLANK = re.compile(r"[^\s\ufe00-\ufe0f]")  # nor the mark that gives an emoji its style
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Letters of other scripts that look like ours, and digits that stand in for letters.
LOOKALIKES = str.maketrans(
    "авекмнорстухіѕјԁցһԛԝιοναρκτυ01|!",
    "abekmhopctyxisjdghqwiovapktuoiii",
)
ADDRESS = re.compile(r"\S@\S+\.\S")
# Names that would speak for the site.
OFFICES = (
    *("admin", "administrator", "moderator", "moderators", "the moderators", "moderation"),
    *("editor", "editors", "the editor", "the editors", "staff", "support", "webmaster"),
)


def clean_text(raw: str) -> str:
    """Return text with line feeds for newlines and without control characters."""
    return CONTROL.sub("", raw.replace("\r\n", "\n").replace("\r", "\n"))


def clean_name(raw: str) -> str:
    """Return a name on one line, without marks that turn or hide the words around it."""
    kept = (
        letter
        for letter in visible(raw)
        if letter.isspace() or letter in JOINERS or unicodedata.category(letter) not in {"Cc", "Cf"}
    )
    return " ".join("".join(kept).split())


def says_something(text: str) -> bool:
    """Return whether there is anything to see in a text."""
    return any(
        letter[0] not in INVISIBLE and unicodedata.category(letter[0]) not in {"Cc", "Cf", "Cs"}
        for letter in NO_BLANK.finditer(text)
    )


def is_address(name: str) -> bool:
    """Return whether a name holds a mail address, which would be public with it."""
    return ADDRESS.search(name) is not None


def is_our_name(name: str) -> bool:
    """Return whether a name could be taken for the site's or for an office of it."""
    looks = skeleton(name)
    return skeleton(settings.SITE_NAME) in looks or looks in {skeleton(word) for word in OFFICES}


def skeleton(name: str) -> str:
    """Return what a name looks like at a glance; names that pass for one another share it."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    looked_at = plain.translate(LOOKALIKES).replace("l", "i")
    return "".join(letter for letter in looked_at if letter.isascii() and letter.isalpha())
