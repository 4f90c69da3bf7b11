"""What waits at the desk, and in which order."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Case, Count, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from comments.models import Appeal, Comment, Flag, ModerationAct, Notice
from comments.models.comment import CommentQuerySet
from comments.states import HELD_BY_RULE, Action, Reason, State

PENDING, REPORTED, RULE, RECENT, ALL = "pending", "reported", "rule", "recent", "all"
QUEUES = {
    PENDING: "Pending",
    REPORTED: "Reported",
    RULE: "Held by rule",
    RECENT: "Recently decided by me",
    ALL: "All",
}
EMPTY = {
    PENDING: "Nobody waits for a decision.",
    REPORTED: "No report of a reader waits for an answer.",
    RULE: "No rule and no score holds a comment back.",
    RECENT: "You have decided nothing yet. What you decide will stand here, to be taken back.",
    ALL: "No comment fits what you look for.",
}
SIZES = (50, 100)
SHOWN_STATES = [state for state in State if state != State.RECEIVED]


@dataclass(frozen=True)
class Search:
    """What the address of the desk asks for; whatever it does not know, it leaves out."""

    queue: str = PENDING
    words: str = ""
    state: str = ""
    reason: str = ""
    guide: int = 0
    person: int = 0
    size: int = SIZES[0]

    @classmethod
    def of(cls, query: QueryDict) -> "Search":
        """Return what a query says."""
        queue = query.get("queue", PENDING)
        size = query.get("size", "")
        return cls(
            queue=queue if queue in QUEUES else PENDING,
            words=query.get("q", "").replace("\0", "").strip()[:200],
            state=query.get("state", "") if query.get("state") in SHOWN_STATES else "",
            reason=query.get("reason", "") if query.get("reason") in Reason.values else "",
            guide=_number(query.get("guide", "")),
            person=_number(query.get("person", "")),
            size=int(size) if size in map(str, SIZES) else SIZES[0],
        )

    def query(self, **changes: object) -> str:
        """Return the query of an address that asks for this, with some of it changed."""
        own = {
            "queue": self.queue,
            "q": self.words,
            "state": self.state,
            "reason": self.reason,
            "guide": self.guide,
            "person": self.person,
            "size": "" if self.size == SIZES[0] else self.size,
        }
        return urlencode({key: value for key, value in {**own, **changes}.items() if value})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


@dataclass
class Tab:
    """One queue among the others."""

    label: str
    url: str
    count: int | None = None
    is_current: bool = False
    key: str = field(default="")


def latest_reason() -> Subquery:
    """Return the reason of the latest decision about a comment, to annotate comments with."""
    acts = ModerationAct.objects.filter(comment=OuterRef("pk"), action=Action.STATE)
    return Subquery(acts.order_by("-pk").values("reason")[:1])


def reported() -> CommentQuerySet:
    """Return what readers reported and nobody has answered, what is hidden first."""
    hidden_first = Case(When(state=State.HIDDEN, then=Value(0)), default=Value(1))
    found = Comment.objects.filter(_is_reported())
    return found.order_by(hidden_first, "created_at", "pk")


def _is_reported() -> Q:
    is_open = Flag.objects.filter(resolved_by=None).values("comment")
    return Q(state=State.HIDDEN) | Q(state=State.APPROVED, pk__in=is_open)


def waiting() -> CommentQuerySet:
    """Return what waits for a moderator, the oldest first."""
    return Comment.objects.filter(state=State.PENDING).order_by("created_at", "pk")


def comments_in(search: Search) -> CommentQuerySet:
    """Return the comments of a queue in its order; `recent_by` has those of a moderator."""
    if search.queue == REPORTED:
        return reported()
    if search.queue == RULE:
        return waiting().alias(why=latest_reason()).filter(why__in=HELD_BY_RULE)
    if search.queue == ALL:
        return _found(search).newest_first()
    return waiting()


def _found(search: Search) -> CommentQuerySet:
    found = Comment.objects.filter(state__in=SHOWN_STATES)
    for word in search.words.split():
        found = found.filter(
            Q(text__icontains=word)
            | Q(name__icontains=word)
            | Q(thread__article__title__icontains=word)
        )
    if search.state:
        found = found.filter(state=search.state)
    if search.guide:
        found = found.filter(thread__article=search.guide)
    if search.person:
        found = found.filter(author=search.person)
    if search.reason:
        found = found.alias(why=latest_reason()).filter(why=search.reason)
    return found


def recent_by(user: User) -> QuerySet:
    """Return keys of the comments that a moderator decided about, the latest decision first."""
    acts = ModerationAct.objects.filter(actor=user).decisions()
    return acts.values("comment").annotate(last=Max("pk")).order_by("-last")


def waiting_count() -> int:
    """Return how much waits for a moderator: what the first queues and the answers count, together.

    A comment is counted once, however many readers reported it; an appeal or a notice about it is
    work of its own. One query, because every page of the desk shows it.
    """
    comments = Comment.objects.filter(Q(state=State.PENDING) | _is_reported()).values("pk")
    waiting_answers = [
        model._default_manager.filter(outcome="").order_by().values("pk")
        for model in (Appeal, Notice)
    ]
    return comments.union(*waiting_answers, all=True).count()


def tabs(current: str) -> list[Tab]:
    """Return all queues with what waits in each, in four queries."""
    desk = reverse("admin:comments_comment_changelist")
    held = Count("pk", filter=Q(why__in=HELD_BY_RULE))
    pending = waiting().order_by().annotate(why=latest_reason())
    counts = pending.aggregate(pending=Count("pk"), rule=held)
    counts["reported"] = reported().order_by().count()
    found = [
        Tab(label, f"{desk}?queue={key}", counts.get(key), key == current, key)
        for key, label in QUEUES.items()
    ]
    appeals = Appeal.objects.filter(outcome="").count()
    notices = Notice.objects.filter(outcome="").count()
    answers = [
        Tab("Appeals", reverse("admin:comments_appeals"), appeals, current == "appeals"),
        Tab("Notices", reverse("admin:comments_notices"), notices, current == "notices"),
    ]
    return [*found[:3], *answers, *found[3:]]
