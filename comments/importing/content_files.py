"""Comments as files in `content/comments/`: one for each guide, named by its slug.

A file holds what the page shows and nothing else: approved comments with name, date and words. Who
wrote them beyond that name is not in it, so a comment that comes back from a file belongs to
nobody's account.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from articles.models import Article
from comments.importing.arrivals import Arrival, Tally, key_of, take_in
from comments.models import Comment
from core.cleaning import says_something
from core.library import Fault, Item, LibraryError, read_items

HEAD = "# Approved comments, written by `manage.py export_comments`. Nobody's address is in here.\n"
REQUIRED = {"key", "number", "name", "date", "text"}
OPTIONAL = {"parent", "edited", "by_editors", "section", "section_title", "section_digest"}
LENGTHS = {"key": 200, "name": 80, "section": 200, "section_title": 200, "section_digest": 64}
# What YAML takes for the end of a line, or would not read again.
NOT_AS_IT_IS = re.compile(
    "[^\t\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
MOST = 999_999  # the largest number that a thread has room for


@dataclass
class Written:
    """What an export did, in names of files and numbers of comments."""

    files: dict[str, int] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as they are, and not in quotation marks."""


def _as_text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    if NOT_AS_IT_IS.search(value):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _as_text)


def export(folder: Path) -> Written:
    """Write the approved comments of every public guide; the same comments give the same bytes.

    The file of a guide without any is removed, so that nothing comes back that is gone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = Written()
    for article in Article.objects.order_by("slug"):
        path = folder / f"{article.slug}.yaml"
        entries = list(_entries(article))
        if entries:
            path.write_bytes(_bytes_of(entries))
            written.files[path.name] = len(entries)
        elif path.exists():
            path.unlink()
            written.removed.append(path.name)
    return written


def _bytes_of(entries: list[dict[str, Any]]) -> bytes:
    text = yaml.dump(
        entries,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=100,
        line_break="\n",
    )
    return (HEAD + text).encode()


def _entries(article: Article) -> Iterator[dict[str, Any]]:
    approved = Comment.objects.approved().filter(thread__article=article).order_by("number")
    numbers = dict(approved.values_list("pk", "number"))
    above = dict(Comment.objects.filter(thread__article=article).values_list("pk", "parent"))
    for comment in approved:
        parent = comment.parent_id
        while parent is not None and parent not in numbers:
            parent = above[parent]
        entry = {
            "key": key_of(comment),
            "number": comment.number,
            "parent": numbers.get(parent) if parent is not None else None,
            "name": comment.name,
            "date": _written(comment.created_at),
            "edited": _written(comment.edited_at) if comment.edited_at else None,
            "by_editors": comment.is_by_editors,
            "section": comment.section,
            "section_title": comment.section_title,
            "section_digest": comment.section_digest,
            "text": comment.text,
        }
        yield {name: value for name, value in entry.items() if value or name in REQUIRED}


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def load(folder: Path) -> Tally:
    """Store the comments of every file in a folder. Runs inside a transaction.

    Raises LibraryError with every fault of every file; nothing may be kept then.
    """
    tally, faults = Tally(), list[Fault]()
    for path in sorted(folder.glob("*.yaml")):
        try:
            article = Article.objects.filter(slug=path.stem).first()
            if article is None:
                raise LibraryError([Fault(path.name, 1, f"there is no guide {path.stem}")])
            arrivals = _arrivals(path, folder, article)
        except LibraryError as error:
            faults += error.faults
            continue
        tally += take_in(article, arrivals)
    if faults:
        raise LibraryError(faults)
    return tally


def _arrivals(path: Path, folder: Path, article: Article) -> list[Arrival]:
    items = read_items(path, root=folder, required=REQUIRED, optional=OPTIONAL)
    keys = {item.data["number"]: item.data["key"] for item in items if _is_hashable(item)}
    elsewhere = Comment.objects.exclude(thread__article=article)
    taken = set(elsewhere.exclude(imported_from="").values_list("imported_from", flat=True))
    arrivals, faults, seen = [], list[Fault](), dict[object, int]()
    for item in items:
        try:
            arrival = _arrival(item, keys)
            for name in (arrival.key, arrival.number):
                if name in seen:
                    raise ValueError(f"{name} stands in line {seen[name]} already")
            if arrival.key in taken:
                raise ValueError(f"the comment {arrival.key} stands under another guide here")
            seen |= {arrival.key: item.line, arrival.number: item.line}
            arrivals.append(arrival)
        except ValueError as error:
            faults.append(item.fault(str(error)))
    if faults:
        raise LibraryError(faults)
    return arrivals


def _is_hashable(item: Item) -> bool:
    return isinstance(item.data["number"], int)


def _arrival(item: Item, keys: dict[int, str]) -> Arrival:
    """Return a comment ready to be stored. Raises ValueError with what is wrong with it."""
    data = {"parent": None, "edited": None, "by_editors": False, **item.data}
    texts = {name: _text(data, name) for name in (*LENGTHS, "text")}
    number, parent = data["number"], data["parent"]
    if not isinstance(number, int) or not 1 <= number <= MOST:
        raise ValueError(f"the number must be one from 1 to {MOST}")
    if parent is not None and (parent not in keys or parent >= number):
        raise ValueError(f"there is no earlier comment {parent} that it could answer")
    if not isinstance(data["by_editors"], bool):
        raise ValueError("by_editors must be true or false")
    if not says_something(texts["text"]):
        raise ValueError("the text says nothing")
    return Arrival(
        key=texts["key"],
        number=number,
        parent=keys[parent] if parent is not None else "",
        name=texts["name"],
        text=texts["text"],
        written_at=_date(data["date"]),
        edited_at=_date(data["edited"]) if data["edited"] is not None else None,
        by_editors=data["by_editors"],
        section=texts["section"],
        section_title=texts["section_title"],
        section_digest=texts["section_digest"],
    )


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise ValueError(f"the {name} must be text; put it in quotation marks")
    if name in REQUIRED and not value.strip():
        raise ValueError(f"the {name} is empty")
    if len(value) > LENGTHS.get(name, len(value)):
        raise ValueError(f"the {name} has more than {LENGTHS[name]} characters")
    return value


def _date(value: object) -> datetime:
    """Return a moment with its zone. Raises ValueError for anything else, and for the future."""
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError as error:
        raise ValueError(f"“{value}” is no date") from error
    if moment.tzinfo is None:
        raise ValueError(f"“{value}” has no time zone")
    if moment > timezone.now():
        raise ValueError(f"“{value}” lies ahead")
    return moment
