"""Reading the guides in `content/guides/`: what each file says, and where it is wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from articles.content import Content, Question
from articles.models import Article, Revision, Shelf
from articles.models.shelf import address_problem
from core.frontmatter import FrontMatterError
from core.frontmatter import split as split_front_matter
from core.library import Fault, LibraryError, digest, read_text

TEXTS = {"title", "slug", "category", "level", "standfirst"}
LISTS = {"tags", "authors", "takeaways"}
REQUIRED = {*TEXTS, *LISTS, "position", "published", "next_review"}
OPTIONAL_TEXTS = {"reviewer", "note", "shelf"}
OPTIONAL = {*OPTIONAL_TEXTS, "related", "faq", "reviewed"}
DATES = ("published", "next_review", "reviewed")
KEY = re.compile(r"([A-Za-z_]+):")


@dataclass
class GuideFile:
    """One guide as its file has it."""

    path: str
    slug: str
    shelf: str
    position: int
    published_at: datetime
    note: str
    content: Content
    head: list[str]
    body_line: int

    def fault(self, message: str, *, key: str = "") -> Fault:
        """Return a fault in this file, at the line of a key of its front matter."""
        return Fault(self.path, line_of(self.head, key), message)

    def fault_at(self, line: int, message: str) -> Fault:
        """Return a fault in a line of this file."""
        return Fault(self.path, line, message)

    def digest(self) -> str:
        """Return a fingerprint of all that a load writes."""
        return guide_digest(self.content, self.position, self.shelf)


def guide_digest(content: Content, position: int, shelf: str) -> str:
    """Return a fingerprint of the text of a guide, its place in the category and its shelf.

    The usual shelf is left out: fingerprints from before there were two must stay the same.
    """
    other_shelf = {} if shelf == Shelf.GUIDES else {"shelf": str(shelf)}
    return digest({"content": content.as_json(), "position": position, **other_shelf})


def read_guides(root: Path) -> list[GuideFile]:
    """Return all guides of the library. Raises LibraryError with every fault of every file."""
    guides, faults = [], []
    for path in sorted((root / "guides").glob("*.md")):
        try:
            guides.append(_read_guide(path, path.relative_to(root).as_posix()))
        except LibraryError as error:
            faults += error.faults
    if faults:
        raise LibraryError(faults)
    return guides


def line_of(head: list[str], key: str, words: str = "") -> int:
    """Return the line of a key of the front matter, or below it the line that holds the words."""
    start = 1
    for number, text in enumerate(head, start=1):
        match = KEY.match(text)
        if match and match[1] == key:
            start = number
            break
    if words:
        for number, text in enumerate(head[start - 1 :], start=start):
            if words in text:
                return number
    return start


def _read_guide(path: Path, name: str) -> GuideFile:
    text = read_text(path, name)
    try:
        data, body, body_line = split_front_matter(text)
    except FrontMatterError as error:
        raise LibraryError([Fault(name, error.line, error.message)]) from error
    head = text.splitlines()[: body_line - 1]
    found = list(_faults_of(data, path.stem))
    if not found:
        found = list(_field_faults(data))
    if found:
        raise LibraryError(Fault(name, line_of(head, key), message) for key, message in found)
    return GuideFile(
        path=name,
        slug=data["slug"],
        shelf=data.get("shelf", Shelf.GUIDES),
        position=data["position"],
        published_at=datetime.combine(_day(data["published"]), time(), UTC),
        note=data.get("note", ""),
        content=_content(data, body),
        head=head,
        body_line=body_line + len(body) - len(body.lstrip("\n")),
    )


def _faults_of(data: dict[str, Any], stem: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the front matter, with the key it is about."""
    if lacking := sorted(REQUIRED - data.keys()):
        yield "", f"the front matter lacks: {', '.join(lacking)}"
    for key in sorted(data.keys() - REQUIRED - OPTIONAL):
        yield key, f"the front matter has a key nobody knows: {key}"
    if data.get("slug", stem) != stem:
        yield "slug", f"slug is {data['slug']!r}, but the file is called {stem!r}"
    yield from _type_faults(data)


def _type_faults(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key in sorted((TEXTS | OPTIONAL_TEXTS) & data.keys()):
        if not isinstance(data[key], str):
            yield key, f"{key} must be text; put it into quotation marks"
    for key in sorted((LISTS | {"related"}) & data.keys()):
        if not _is_list_of_texts(data[key]):
            yield key, f"{key} must be a list of texts"
    position = data.get("position", 0)
    if not isinstance(position, int) or isinstance(position, bool):
        yield "position", "position must be a whole number"
    for key in DATES:
        if key in data and not _is_date(data[key]):
            yield key, f"{key} must be a date like 2026-11-22"
    if not _are_questions(data.get("faq", [])):
        yield "faq", "each entry of faq needs a question and an answer, and nothing else"


def _field_faults(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what the columns of a guide refuse: a text that is too long, an unknown level."""
    checked = {"title", "slug", "standfirst", "level", "position", *({"shelf"} & data.keys())}
    article = Article(**{name: data[name] for name in checked})
    others = {field.name for field in Article._meta.get_fields()} - checked
    try:
        article.clean_fields(exclude=others)
    except ValidationError as error:
        for key, texts in error.message_dict.items():
            for text in texts:
                yield key, f"{key}: {text}"
    if problem := address_problem(article.shelf, article.slug):
        yield "slug", f"slug: {problem}"
    if len(data.get("note", "")) > (limit := Revision._meta.get_field("note").max_length or 0):
        yield "note", f"note: at most {limit} characters"


def _content(data: dict[str, Any], body: str) -> Content:
    return Content(
        title=data["title"].strip(),
        category=data["category"],
        standfirst=data["standfirst"].strip(),
        body=body.strip() + "\n",
        level=data["level"],
        takeaways=[text.strip() for text in data["takeaways"]],
        faq=[
            Question(entry["question"].strip(), entry["answer"].strip())
            for entry in data.get("faq", [])
        ],
        tags=sorted(data["tags"]),
        authors=list(data["authors"]),
        reviewer=data.get("reviewer", ""),
        related=list(data.get("related", [])),
        reviewed_on=_iso(data.get("reviewed")),
        next_review_on=_iso(data["next_review"]),
    )


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _are_questions(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(entry, dict)
        and set(entry) == {"question", "answer"}
        and all(isinstance(text, str) for text in entry.values())
        for entry in value
    )


def _is_date(value: Any) -> bool:
    try:
        _day(value)
    except ValueError:
        return False
    return True


def _iso(value: Any) -> str:
    return _day(value).isoformat() if value else ""


def _day(value: Any) -> date:
    return date.fromisoformat(str(value))
