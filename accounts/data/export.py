"""Everything the site holds about a person, as one archive to keep: to read, and as data.

The archive holds one folder: `index.html` and a page for each section, all without a network,
`data.json` with the same rows, and `README.txt`. It is written piece by piece while it is
downloaded.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from accounts.registries.holdings import Section, all_holdings, person_of

PIECE = 64 * 1024


@dataclass(frozen=True)
class Page:
    """A section with the name of its page in the archive."""

    section: Section
    file: str

    @property
    def count(self) -> int:
        """Return how many rows there are."""
        return len(self.section.rows)


@transaction.atomic
def sections(user: User, *, for_page: bool = False) -> list[Section]:
    """Return all that every app holds of a person, the account itself first.

    For a page, which anybody can open again and again, what is costly to find is left out.
    """
    person = person_of(user)
    asked = [item for item in all_holdings() if not (for_page and item.is_costly)]
    holdings = sorted(asked, key=lambda item: (item.key != "account", item.order))
    return [section for holding in holdings for section in holding.export(person)]


def file_name(at: datetime) -> str:
    """Return the name of the archive: of the site and the day, not of the person."""
    return f"{slugify(settings.SITE_NAME)}-my-data-{at:%Y-%m-%d}.zip"


def archive(found: list[Section], at: datetime | None = None) -> Iterator[bytes]:
    """Yield the archive of some sections, in pieces.

    The sections were read before: a fault then is an error page, and never half an archive.
    """
    at = at or timezone.now()
    pipe, folder = _Pipe(), file_name(at).removesuffix(".zip")
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, words in _files(_pages(found), at):
            info = zipfile.ZipInfo(f"{folder}/{name}", date_time=at.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            with bundle.open(info, "w") as file:
                content = words().encode()
                for start in range(0, len(content), PIECE):
                    file.write(content[start : start + PIECE])
                    yield from pipe.taken()
    yield from pipe.taken()


def _pages(found: list[Section]) -> list[Page]:
    """Return sections with names that are safe on every disk, each once."""
    taken: set[str] = {"index", "readme", "data"}
    pages = []
    for section in found:
        base = slugify(section.key)[:60] or "section"
        name, number = base, 2
        while name in taken:
            name, number = f"{base}-{number}", number + 1
        taken.add(name)
        pages.append(Page(section, f"{name}.html"))
    return pages


def _files(pages: list[Page], at: datetime) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield what is in the archive: names, and what writes each file."""
    site = {"name": settings.SITE_NAME, "url": settings.SITE_URL}
    known: dict[str, Any] = {"pages": pages, "at": at, "site": site}

    def written(template: str, **more: Any) -> Callable[[], str]:
        return lambda: render_to_string(f"accounts/archive/{template}", {**known, **more})

    yield "index.html", written("index.html")
    for page in pages:
        yield page.file, written("section.html", page=page)
    yield "style.css", written("style.css")
    yield "data.json", lambda: _as_json(pages, at)
    yield "README.txt", written("README.txt")


def _as_json(pages: list[Page], at: datetime) -> str:
    data = {
        "site": settings.SITE_URL,
        "made_at": at,
        "sections": {
            page.file.removesuffix(".html"): {
                "title": page.section.title,
                "about": page.section.about,
                "rows": page.section.rows,
            }
            for page in pages
        },
    }
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n"


class _Pipe(io.RawIOBase):
    """A file that cannot be sought, which gives away what was written to it."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting.append(bytes(data))
        return len(data)

    def taken(self) -> Iterator[bytes]:
        """Yield what was written since the last time."""
        waiting, self._waiting = self._waiting, []
        yield from waiting
