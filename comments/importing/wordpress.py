"""Comments of a WordPress site become comments of guides here, all of a file or none."""

import html
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from articles.models import Article
from comments.importing.arrivals import Arrival, Tally, take_in
from comments.importing.from_html import to_markdown
from comments.importing.wordpress_file import Post, WordPressComment, WordPressFile
from comments.models.comment import MAX_LENGTH
from core.cleaning import clean_name, clean_text, is_address, says_something
from core.library import Fault, LibraryError

APPROVED = {"1", "approve", "approved"}
WAITING = {"0", "hold"}
LEFT_OUT = {"spam": "spam", "trash": "in the bin", "post-trashed": "in the bin"}
NAMELESS = "Anonymous"
LONGEST_NAME = 80
LONGEST_KEY = 200


@dataclass(frozen=True)
class Unmatched:
    """A post whose guide is not here."""

    line: int
    slug: str
    title: str
    count: int


@dataclass
class Outcome:
    """What an import did, in numbers."""

    tally: Tally = field(default_factory=Tally)
    guides: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    unmatched: list[Unmatched] = field(default_factory=list)


def import_file(path: Path, moved: Mapping[str, str]) -> Outcome:
    """Store the comments of an export file. Runs inside a transaction.

    `moved` says which guide a post of another name became. Raises LibraryError with every fault of
    every comment; nothing may be kept then.
    """
    return _Import(path, moved).run()


class _Import:
    """One run over one file."""

    def __init__(self, path: Path, moved: Mapping[str, str]) -> None:
        self.source = WordPressFile(path)
        self.moved = moved
        self.outcome = Outcome()
        self.faults: list[Fault] = []
        self.lines: dict[str, int] = {}  # where each number of a comment stands

    def run(self) -> Outcome:
        for post in self.source.posts():
            slug = self.moved.get(post.slug, post.slug)
            article = Article.objects.filter(slug=slug).first()
            if article is None:
                missing = Unmatched(post.line, post.slug, post.title, len(post.comments))
                self.outcome.unmatched.append(missing)
                continue
            arrivals = list(self._arrivals(post))
            if not self.faults:
                self.outcome.tally += take_in(article, arrivals)
                self.outcome.guides += 1
        if self.faults:
            raise LibraryError(self.faults)
        return self.outcome

    def _arrivals(self, post: Post) -> Iterator[Arrival]:
        """Yield the comments of a post, ready to be stored; the others leave a fault."""
        texts = self._texts(post)
        kept = {number for number, _ in texts.values()}
        above = {comment["id"]: comment["parent"] for comment in post.comments}
        for comment in post.comments:
            if comment.line not in texts:
                continue
            try:
                self._check(comment)
                parent = self._parent(comment, above, kept)
                yield self._arrival(comment, parent, texts[comment.line][1])
            except ValueError as error:
                self.faults.append(Fault(self.source.path.name, comment.line, str(error)))

    def _texts(self, post: Post) -> dict[int, tuple[str, str]]:
        """Return number and words of what people wrote and nobody threw away, by line."""
        texts = {}
        for comment in post.comments:
            reason = _reason_to_leave_out(comment)
            text = "" if reason else clean_text(to_markdown(comment["content"]))
            if not reason and not says_something(text):
                reason = "without a word"
            if reason:
                self.outcome.left_out[reason] += 1
            else:
                texts[comment.line] = comment["id"], text
        return texts

    def _check(self, comment: WordPressComment) -> None:
        """Raise ValueError for a comment that is not what WordPress writes."""
        number, state = comment["id"], comment["approved"]
        if not number.isdecimal():
            raise ValueError("the comment has no number")
        if number in self.lines:
            raise ValueError(f"comment {number} stands in line {self.lines[number]} already")
        self.lines[number] = comment.line
        if state not in APPROVED | WAITING:
            raise ValueError(f"nobody knows what the state “{state}” means")

    def _arrival(self, comment: WordPressComment, parent: str, text: str) -> Arrival:
        if len(text) > MAX_LENGTH:
            self._note("longer than the form takes, and kept whole")
        return Arrival(
            key=self._key(comment["id"]),
            parent=parent,
            name=self._name(comment),
            email=self._email(comment),
            text=text,
            written_at=self._date(comment),
            is_approved=comment["approved"] in APPROVED,
        )

    def _note(self, what: str) -> None:
        self.outcome.notes[what] += 1

    def _key(self, number: str) -> str:
        return f"wordpress:{self.source.site}/{number}"[-LONGEST_KEY:]

    def _parent(self, comment: WordPressComment, above: dict[str, str], kept: set[str]) -> str:
        """Return the key of the nearest comment above that comes along; empty at the head."""
        number, passed = comment["parent"], set[str]()
        while number not in {"", "0"} and number not in kept and number not in passed:
            passed.add(number)
            number = above.get(number, "")
        if passed:
            self._note("answers to a comment that does not come along: they stand higher")
        return self._key(number) if number in kept else ""

    def _name(self, comment: WordPressComment) -> str:
        name = clean_name(html.unescape(comment["author"]))[:LONGEST_NAME].strip()
        if is_address(name):
            self._note("signed with a mail address, which stays secret")
            return NAMELESS
        return name or NAMELESS

    def _email(self, comment: WordPressComment) -> str:
        address = comment["author_email"].lower()
        try:
            if address:
                validate_email(address)
        except ValidationError:
            self._note("with a mail address that is none")
            return ""
        return address

    def _date(self, comment: WordPressComment) -> datetime:
        """Return when it was written. Raises ValueError for no date, or one that lies ahead."""
        value = comment["date_gmt"]
        if not value or value.startswith("0000"):
            value = comment["date"]
            self._note("without a date in UTC: the local one counts")
        try:
            written_at = datetime.strptime(value, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
        except ValueError as error:
            raise ValueError(f"“{value}” is no date") from error
        if written_at > timezone.now():
            raise ValueError(f"its date, {value}, lies ahead")
        return written_at


def _reason_to_leave_out(comment: WordPressComment) -> str:
    if comment["type"] not in {"", "comment"}:
        return "pingbacks, trackbacks and the like"
    return LEFT_OUT.get(comment["approved"], "")
