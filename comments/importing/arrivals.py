"""Comments that arrive from elsewhere take their place in a thread, through the domain.

Each becomes a comment with its own date and name, goes through the log like every other, and keeps
the key that it came with, so that the same file twice brings nothing twice. No mail is sent, and
whether a thread is open plays no part: nobody is writing.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from articles.models import Article
from comments.identity import commenter_at
from comments.models import Comment, Commenter
from comments.moderation import SYSTEM, decide
from comments.placing import locked_thread, place_in_thread
from comments.rendering import render_comment
from comments.states import Reason, State

EXPORTED = "comment"  # what our own keys are derived for


@dataclass(frozen=True)
class Arrival:
    """A comment from elsewhere. `key` names it for good, `parent` is the key of what it answers."""

    key: str
    name: str
    text: str
    written_at: datetime
    is_approved: bool = True
    parent: str = ""
    email: str = ""
    number: int | None = None
    edited_at: datetime | None = None
    by_editors: bool = False
    section: str = ""
    section_title: str = ""
    section_digest: str = ""


@dataclass
class Tally:
    """How many comments found their place."""

    approved: int = 0
    waiting: int = 0
    unchanged: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.approved + other.approved,
            self.waiting + other.waiting,
            self.unchanged + other.unchanged,
        )


def key_of(comment: Comment) -> str:
    """Return what names a comment on every site: the key it came with, or one of its own.

    Its own is derived from the number of its submission, which stays secret.
    """
    return comment.imported_from or str(uuid.uuid5(comment.submission, EXPORTED))


@transaction.atomic
def take_in(article: Article, arrivals: Iterable[Arrival]) -> Tally:
    """Store the comments that a thread does not have yet, in the order of their dates."""
    thread = locked_thread(article)
    stored = Comment.objects.filter(thread=thread).defer("text", "html")
    here = {key_of(comment): comment for comment in stored}
    numbers = {comment.number for comment in here.values()}
    tally = Tally()
    for arrival in in_order(arrivals):
        if arrival.key in here:
            tally.unchanged += 1
            continue
        parent = here.get(arrival.parent)
        number = None if arrival.number in numbers else arrival.number
        comment = Comment(thread=thread, parent=parent, **_fields(arrival))
        comment.number, comment.path, comment.depth = place_in_thread(thread, parent, number)
        comment.author = commenter_at(arrival.email) if arrival.email else _somebody()
        comment.save()
        _decide(comment, arrival)
        here[arrival.key] = comment
        numbers.add(comment.number)
        tally.approved += arrival.is_approved
        tally.waiting += not arrival.is_approved
    return tally


def _somebody() -> Commenter:
    return Commenter.objects.create()


def _fields(arrival: Arrival) -> dict[str, object]:
    return {
        "imported_from": arrival.key,
        "name": arrival.name,
        "text": arrival.text,
        "html": render_comment(arrival.text),
        "created_at": arrival.written_at,
        "published_at": arrival.written_at if arrival.is_approved else None,
        "edited_at": arrival.edited_at,
        "is_by_editors": arrival.by_editors,
        "section": arrival.section,
        "section_title": arrival.section_title,
        "section_digest": arrival.section_digest,
    }


def _decide(comment: Comment, arrival: Arrival) -> None:
    if arrival.is_approved:
        decide(comment, State.APPROVED, actor=SYSTEM, reason=Reason.IMPORTED)
    else:
        decide(comment, State.PENDING, actor=SYSTEM, reason=Reason.WAITED)


def in_order(arrivals: Iterable[Arrival]) -> Iterator[Arrival]:
    """Yield comments by date, each behind what it answers, whatever the clocks said."""
    by_key = {arrival.key: arrival for arrival in arrivals}
    done: set[str] = set()
    for arrival in sorted(
        by_key.values(), key=lambda one: (one.written_at, one.number or 0, one.key)
    ):
        chain = [arrival]
        while (above := by_key.get(chain[-1].parent)) and above.key not in done:
            if above in chain:  # a circle of answers; the earliest stands by itself
                break
            chain.append(above)
        for one in reversed(chain):
            if one.key not in done:
                done.add(one.key)
                yield one


def _date_and_number(arrival: Arrival) -> tuple[datetime, int, str]:
    return arrival.written_at, arrival.number or 0, arrival.key
