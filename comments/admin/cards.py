"""What a moderator sees of a comment: what it says, who wrote it, how it came, what was decided.

Everything is fetched for all cards of a page together, so that fifty cost as many queries as one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

from django.db.models import Count, Prefetch
from django.utils.functional import cached_property

from comments.models import Comment, Commenter, Flag, ModerationAct, Policy
from comments.states import HELD_BY_RULE, Action, Reason, State
from comments.trust import Level, Standing, standings_of
from core import moments

HREF = re.compile(r'<a href="([^"]*)"')

LEVELS = {
    Level.NEW: "New here",
    Level.KNOWN: "Known",
    Level.TRUSTED: "Trusted",
}


@dataclass
class Written:
    """How many comments a person has written, by their state."""

    counts: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """Return how many there are in all."""
        return self.counts.total()

    def __str__(self) -> str:
        """Return the numbers in words, the telling ones first."""
        words = {
            "public": self.counts[State.APPROVED],
            "rejected": self.counts[State.REJECTED],
            "waiting": self.counts[State.PENDING] + self.counts[State.HIDDEN],
            "deleted": self.counts[State.DELETED],
            "unconfirmed": self.counts[State.UNCONFIRMED],
        }
        return ", ".join(f"{count} {word}" for word, count in words.items() if count)


@dataclass
class Person:
    """The writer of a comment, as far as moderators need to know."""

    row: Commenter
    standing: Standing
    written: Written

    @property
    def level(self) -> str:
        """Return the step of the ladder in words."""
        if self.row.stands_for_leavers:
            return "Has left"
        return LEVELS[self.standing.level]

    @property
    def step(self) -> str:
        """Return the numbers behind the step."""
        standing = self.standing
        if self.row.stands_for_leavers:
            return "what follows counts everybody who left"
        if standing.level == Level.NEW:
            return f"{standing.approved} of {standing.approvals_to_post} approved"
        if standing.level == Level.KNOWN:
            return f"{standing.approved} approved, posts at once where the mode allows it"
        return f"{standing.approved} approved, reports carry weight"

    @property
    def came_as(self) -> str:
        """Return whether an account or a guest stands behind the comments."""
        if self.row.stands_for_leavers:
            return "nobody any more"
        if self.row.user is None:
            return "guest"
        return "editor of this site" if self.row.user.is_staff else "account"

    @property
    def restrictions(self) -> list[str]:
        """Return what moderators decided about the person and what holds now."""
        return restrictions_of(self.row)


def restrictions_of(row: Commenter) -> list[str]:
    """Return in words what holds for a person now."""
    found = []
    if row.is_banned:
        found.append("Banned")
    if row.is_suspended():
        assert row.suspended_until is not None
        found.append(f"Suspended until {moments.in_words(row.suspended_until)}")
    if row.always_hold:
        found.append("Always held")
    return found


@dataclass
class Card:
    """A comment on the desk, with the words that a moderator has typed beside it."""

    comment: Comment
    person: Person
    acts: list[ModerationAct]  # decisions and edits, the oldest first
    flags: list[Flag]
    reason: str = ""
    statement: str = ""
    problem: str = ""
    is_chosen: bool = False
    can_undo: bool = False  # `around.offer_undo` finds it out
    next_place: str = "end"  # where "Skip" leads

    @property
    def latest(self) -> ModerationAct | None:
        """Return the decision that holds."""
        decisions = [act for act in self.acts if act.action == Action.STATE]
        return decisions[-1] if decisions else None

    @property
    def seen(self) -> int:
        """Return the last change that the moderator sees, to notice who was quicker."""
        return self.acts[-1].pk if self.acts else 0

    @property
    def held_because(self) -> list[tuple[str, str]]:
        """Return what spoke for holding it, as (reason, detail) pairs; nothing once decided."""
        latest = self.latest
        if latest is None or not self.comment.is_waiting:
            return []
        if latest.reason in HELD_BY_RULE and self.comment.signals:
            return [(Reason(reason).label, detail) for reason, detail in self.comment.signals]
        return [(Reason(latest.reason).label, latest.detail)]

    @property
    def came(self) -> str:
        """Return how the comment came to us."""
        if self.comment.imported_from:
            return "imported"
        if self.person.row.user is not None or self.person.row.stands_for_leavers:
            return self.person.came_as
        if self.comment.confirmed_at is not None:
            return "guest, address confirmed"
        if self.comment.state == State.UNCONFIRMED:
            return "guest, address not confirmed"
        return "guest, address confirmed before"

    @cached_property
    def hosts(self) -> list[str]:
        """Return where its links lead."""
        hosts = [_host(unescape(href)) for href in HREF.findall(self.comment.html)]
        return list(dict.fromkeys(hosts))

    def may(self, state: str) -> bool:
        """Return whether the comment is in one of the states, written "pending hidden"."""
        return self.comment.state in state.split()

    @property
    def can_approve(self) -> bool:
        """Return whether a moderator may make it public."""
        return self.may("pending hidden rejected")

    @property
    def can_reject(self) -> bool:
        """Return whether a moderator may reject or remove it."""
        return self.may("pending hidden approved")

    @property
    def can_keep(self) -> bool:
        """Return whether readers' reports of a public comment wait for an answer."""
        return self.may("approved") and bool(self.flags)


def _host(href: str) -> str:
    try:
        parts = urlsplit(href)
    except ValueError:
        return href[:80]
    return parts.hostname or parts.scheme or href[:80]


def people_of(rows: Iterable[Commenter], policy: Policy) -> dict[int, Person]:
    """Return what is known about people, by their keys, in two queries."""
    by_key = {row.pk: row for row in rows}
    written: dict[int, Written] = defaultdict(Written)
    counts = Comment.objects.filter(author__in=by_key).values_list("author", "state")
    for author, state, count in counts.annotate(count=Count("pk")).order_by():
        written[author].counts[state] = count
    standings = standings_of(list(by_key), policy)
    return {pk: Person(row, standings[pk], written[pk]) for pk, row in by_key.items()}


def cards_of(keys: Sequence[int]) -> list[Card]:
    """Return the cards of comments in this order, at a fixed number of queries."""
    open_flags = Flag.objects.filter(resolved_by=None).order_by("pk")
    found = (
        Comment.objects.filter(pk__in=keys)
        .select_related("thread__article", "parent", "author__user")
        .defer("thread__article__body_html", "thread__article__search_text")
        .prefetch_related(Prefetch("flags", open_flags, to_attr="open_flags"))
        .in_bulk()
    )
    comments = [found[key] for key in keys if key in found]
    acts = changes_of(comments)
    people = people_of((comment.author for comment in comments), Policy.current())
    return [
        Card(
            comment=comment,
            person=people[comment.author_id],
            acts=acts[comment.pk],
            flags=comment.open_flags,
        )
        for comment in comments
    ]


def changes_of(comments: Sequence[Comment]) -> dict[int, list[ModerationAct]]:
    """Return what changed comments, by comment, the oldest first, in one query."""
    acts: dict[int, list[ModerationAct]] = defaultdict(list)
    changes = ModerationAct.objects.filter(
        comment__in=comments, action__in=[Action.STATE, Action.EDIT]
    )
    for act in changes.select_related("actor").order_by("pk"):
        acts[act.comment_id].append(act)  # type: ignore[index]
    return acts
