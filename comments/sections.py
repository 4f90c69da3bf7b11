"""Which part of a guide a comment is about, and whether that part has changed since.

A section is known by the id of its heading, and its words by a fingerprint of their Markdown: from
the heading to the next one of the same or a higher level, with the footnotes it refers to. Figures
that the ledger corrected do not count as a change; the ledger tells their history.
"""

import hashlib
from collections import OrderedDict
from threading import Lock

from articles.models import Article, Revision
from core.markup import sections_of

KEPT = 512  # revisions whose fingerprints one process remembers: a few hundred bytes each

# Revisions never change, so what was computed once stays true. The moment of saving is in the key
# for databases that give a number twice, as test databases do.
_known: "OrderedDict[tuple[int, str], dict[str, str]]" = OrderedDict()
_lock = Lock()


def section_digest(revision: Revision, section: str) -> str:
    """Return a fingerprint of the words of a section in a revision; empty where it has none."""
    return section_digests(revision).get(section, "")


def section_digests(revision: Revision, body: str | None = None) -> dict[str, str]:
    """Return the fingerprints of all sections of a revision by the ids of their headings.

    `body` is the Markdown of the revision where the caller has it; without it, one query reads it
    when the process sees the revision for the first time.
    """
    key = _key(revision)
    with _lock:
        if key in _known:
            _known.move_to_end(key)
            return _known[key]
    if body is None:
        body = Revision.objects.values_list("content__body", flat=True).get(pk=revision.pk)
    made = {
        anchor: hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
        for anchor, words in sections_of(body or "").items()
    }
    with _lock:
        _known[key] = made
        while len(_known) > KEPT:
            _known.popitem(last=False)
    return made


def are_known(revision: Revision) -> bool:
    """Return whether `section_digests` needs no query for a revision."""
    with _lock:
        return _key(revision) in _known


def _key(revision: Revision) -> tuple[int, str]:
    return revision.pk, revision.created_at.isoformat()


def section_title(article: Article, section: str) -> str:
    """Return the title of a section of the live guide; empty where there is none of that id."""
    titles = {item["id"]: item["text"] for item in article.outline}
    return str(titles.get(section, ""))
