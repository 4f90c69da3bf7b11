"""One page of a thread: its comments in reading order, and what the page says about each.

Three queries, however many comments there are: the thread, the site's policy, the rows.
"""

import math
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Substr
from django.urls import reverse

from articles.models import Article, Revision
from comments.models import Comment, ModerationAct, Policy, Thread
from comments.models.comment import DEEPEST, SEGMENT
from comments.sections import are_known, section_digests
from comments.states import REJECTIONS, Action, Reason, State

PER_PAGE = 40

SHOWN_FIELDS = (
    *("number", "parent", "path", "depth", "name", "is_by_editors", "html", "revision", "section"),
    *("section_title", "section_digest", "state", "created_at", "published_at", "edited_at"),
    *("is_pinned", "is_locked", "thread"),
    *("parent__name", "parent__state", "revision__number"),
)

GONE = {
    State.DELETED: "Deleted by its writer.",
    State.HIDDEN: "Hidden after readers’ reports; a moderator will look at it.",
    State.PENDING: "Not shown while a moderator looks at it again.",
}


class NoSuchPageError(LookupError):
    """Raised for a page that the thread does not have."""


@dataclass(frozen=True)
class Shown:
    """A comment as its page shows it; `notice` stands in for the words of one that is gone."""

    comment: Comment
    notice: str = ""
    href: str = ""  # where it stands, from the page that shows it
    answers: str = ""  # the name of whoever is answered; empty where that comment is gone
    answers_href: str = ""
    has_section: bool = False  # whether the guide still has the section that it is about
    earlier_href: str = ""  # the version of the guide that it is about, where the text has changed
    may_answer: bool = False
    locked_because: str = ""  # in words; empty where no reason can be told in public


@dataclass(frozen=True)
class ThreadPage:
    """What `comments/_thread.html` shows. `total` counts the tombstones too, `count` does not."""

    article: Article
    thread: Thread
    number: int
    total: int
    is_open: bool
    closes_at: datetime | None
    closed_because: str = ""  # by a moderator, in words; empty where none can be told in public
    comments: list[Shown] = field(default_factory=list)
    pinned: list[Shown] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Return how many public comments the thread has."""
        return self.thread.comment_count

    @property
    def pages(self) -> int:
        """Return how many pages the thread has; at least one."""
        return max(1, math.ceil(self.total / PER_PAGE))

    @property
    def is_closed_by_age(self) -> bool:
        """Return whether the moment in `closes_at` has closed it, and not a moderator."""
        return not self.is_open and self.closes_at is not None

    @property
    def previous_url(self) -> str:
        """Return the address of the page before this one; empty on the first."""
        return page_url(self.article, self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        """Return the address of the page behind this one; empty on the last."""
        return page_url(self.article, self.number + 1) if self.number < self.pages else ""

    @property
    def words(self) -> list[Shown]:
        """Return each comment whose words the page shows, once: those of the list, then pins."""
        listed = [shown for shown in self.comments if not shown.notice]
        known = {shown.comment.pk for shown in listed}
        return [*listed, *(shown for shown in self.pinned if shown.comment.pk not in known)]


def page_url(article: Article, number: int) -> str:
    """Return where a page of the thread stands: the first one is part of the guide."""
    if number == 1:
        return f"{article.get_absolute_url()}#comments"
    return f"{reverse('comments:thread', args=[article.slug])}?page={number}"


def load_page(article: Article, number: int = 1) -> ThreadPage:
    """Return a page of the comments on a public guide, in three queries; two if nobody commented.

    The guide comes with its live revision. Raises NoSuchPageError beyond the last page.
    """
    thread = _thread_of(article)
    policy = Policy.current()
    rows: list[Any] = list(_rows(thread, number)) if thread.last_number else []
    listed = [row for row in rows if row.is_listed]
    if number > 1 and not listed:
        raise NoSuchPageError(number)
    here = {row.pk for row in listed}
    page = ThreadPage(
        article=article,
        thread=thread,
        number=number,
        total=rows[0].total if rows else 0,
        is_open=thread.is_open(policy),
        closes_at=thread.closes_at(policy),
        closed_because=_in_public(getattr(thread, "closed_for", None)),
    )
    page.comments.extend(_shown(row, page, here) for row in listed)
    if number == 1:
        pinned = (row for row in rows if row.is_pinned and row.is_public)
        page.pinned.extend(_shown(row, page, here) for row in pinned)
    return page


def page_of(comment: Comment) -> int | None:
    """Return the number of the page on which a comment stands; None where it stands on none."""
    shown = Comment.objects.in_thread(comment.thread)
    if not shown.filter(pk=comment.pk).exists():
        return None
    return 1 + shown.filter(path__lt=comment.path).count() // PER_PAGE


def _thread_of(article: Article) -> Thread:
    """Return the thread; where the fingerprints of the guide are not known yet, read its text."""
    closings = ModerationAct.objects.filter(thread=OuterRef("pk"), action=Action.CLOSE_THREAD)
    closed_for = Subquery(closings.newest_first().values("reason")[:1])
    threads = Thread.objects.filter(article=article).annotate(closed_for=closed_for)
    live = article.live_revision
    needs_text = live is not None and not are_known(live)
    if needs_text:
        threads = threads.annotate(live_body=F("article__live_revision__content__body"))
    thread = threads.first()
    if thread is None:
        return Thread(article=article)
    if needs_text and live is not None:
        section_digests(live, thread.live_body)  # type: ignore[attr-defined]
    thread.article = article
    return thread


def _rows(thread: Thread, number: int) -> QuerySet[Comment]:
    """Return the comments of a page, and on the first page those that are pinned besides.

    The keys of the page are found first, so that a page far behind does not read the words of
    those before it.
    """
    in_thread = Comment.objects.in_thread(thread)
    first = (number - 1) * PER_PAGE
    listed = Q(pk__in=in_thread.values("pk")[first : first + PER_PAGE])
    pinned = Q(is_pinned=True, state=State.APPROVED) if number == 1 else Q(pk__in=[])
    total = in_thread.order_by().values("thread").annotate(n=Count("pk")).values("n")
    acts = ModerationAct.objects.filter(comment=OuterRef("pk")).newest_first().values("reason")
    rejections = acts.filter(to_state=State.REJECTED, reason__in=REJECTIONS)
    above = [Substr(OuterRef("path"), 1, SEGMENT * level) for level in range(1, DEEPEST + 2)]
    locked = Comment.objects.filter(thread=thread, is_locked=True, path__in=above)
    return (
        Comment.objects.filter(thread=thread)
        .filter(listed | pinned)
        .annotate(
            is_listed=ExpressionWrapper(listed, BooleanField()),
            total=Subquery(total),
            removed_for=Subquery(rejections[:1]),
            locked_for=Subquery(acts.filter(action=Action.LOCK)[:1]),
            is_under_lock=Exists(locked),
        )
        .select_related("parent", "revision")
        .only(*SHOWN_FIELDS)
        .in_reading_order()
    )


def _shown(row: Any, page: ThreadPage, here: set[int]) -> Shown:
    notice = _notice(row)
    if notice:
        return Shown(row, notice)
    parent: Comment | None = row.parent
    return Shown(
        row,
        href=_href(row, here),
        answers=parent.name if parent is not None and parent.is_public else "",
        answers_href=_href(parent, here) if parent is not None else "",
        has_section=any(item["id"] == row.section for item in page.article.outline),
        earlier_href=_earlier_href(row, page.article),
        may_answer=page.is_open and not row.is_under_lock,
        locked_because=_in_public(row.locked_for),
    )


def _href(comment: Comment, here: set[int]) -> str:
    """Return the way to a comment: on this page if it stands here."""
    return f"#{comment.anchor}" if comment.pk in here else comment.get_absolute_url()


def _notice(row: Any) -> str:
    """Return what stands in place of the words of a comment that is gone; empty for a public one.

    The reason of a removal is the one that the writer was given.
    """
    state = State(row.state)
    if state == State.APPROVED:
        return ""
    if state != State.REJECTED:
        return GONE.get(state, "Not shown.")
    because = _in_public(row.removed_for)
    if not because:
        return "Removed by a moderator, who told the writer why."
    return f"Removed by a moderator: {because}"


def _in_public(reason: str | None) -> str:
    """Return a reason in words; none for words that were not written for everybody."""
    return "" if reason in {None, Reason.OTHER} else Reason(reason).label


def _earlier_href(row: Comment, article: Article) -> str:
    """Return the address of the version that a comment is about; empty where it is the live one."""
    revision = row.revision
    if revision is None or not is_about_earlier(row, article):
        return ""
    address = article.address_of("revision", revision.number)
    return f"{address}#{row.section}" if row.section else address


def is_about_earlier(comment: Comment, article: Article) -> bool:
    """Return whether the text that a comment is about has changed since it was written.

    Of a section, its words decide. A comment on the whole guide is about an earlier version once
    the guide says so itself: after a notable change. An answer is about the comment above it, and
    that one says it.
    """
    live: Revision | None = article.live_revision
    if live is None or comment.revision_id is None or comment.revision_id == live.pk:
        return False
    if comment.section:
        return section_digests(live).get(comment.section) != comment.section_digest
    if comment.parent_id is not None:
        return False
    return article.modified_at is not None and article.modified_at > comment.created_at
