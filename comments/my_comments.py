"""What a person has written, what became of it, and where they stand: for their own page."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from comments.identity import Visitor, known_commenter
from comments.models import Comment, Commenter, Flag, ModerationAct, Policy
from comments.models.comment import CommentQuerySet
from comments.restrictions import RESTRICTIONS, until_of
from comments.statements import ACTIONS
from comments.states import Action, Reason, State
from comments.trust import Level, Standing, standings_of
from core import moments

PER_PAGE = 20
REPLIES_SHOWN = 5
# States in which a reply can still come, so that a letter about it makes sense.
MAY_BE_ANSWERED = (State.UNCONFIRMED, State.PENDING, State.APPROVED, State.HIDDEN)


@dataclass
class Mine:
    """One's own comment, as it stands."""

    comment: Comment
    act: ModerationAct | None  # the latest decision
    meant: ModerationAct | None  # the one that gives the reason
    replies: list[Comment]  # public ones
    is_owned: bool  # by this browser or account, so that it can be changed from here

    @property
    def why(self) -> str:
        """Return the reason, where the state alone does not say it."""
        if self.meant is None or self.comment.state == State.DELETED:
            return ""
        return Reason(self.meant.reason).label

    @property
    def is_editable(self) -> bool:
        """Return whether it can be changed or deleted now, from here."""
        return self.is_owned and self.comment.is_fresh() and not self.replies

    @property
    def is_unanswered(self) -> bool:
        """Return whether a moderator rejected it or took it down, and nobody has appealed."""
        act = self.act
        return act is not None and act.is_appealable and not hasattr(act, "appeal")

    @property
    def takes_letters(self) -> bool:
        """Return whether one can ask for letters about replies."""
        return self.comment.state in MAY_BE_ANSWERED

    @property
    def more_replies(self) -> int:
        """Return how many replies are not shown."""
        return max(0, len(self.replies) - REPLIES_SHOWN)


@dataclass
class Restriction:
    """What a moderator decided about the person, and holds."""

    act: ModerationAct

    @property
    def title(self) -> str:
        """Return it in words."""
        until = until_of(self.act)
        if until is not None:
            return f"You cannot comment until {moments.in_words(until, moments.LONG)}"
        return ACTIONS[Action(self.act.action)][0]


@dataclass
class Person:
    """Somebody whom the visitor has shown to be, on the ladder."""

    row: Commenter
    name: str  # as the latest comment is signed
    standing: Standing
    restrictions: list[Restriction] = field(default_factory=list)
    reports: int = 0
    reports_followed: int = 0  # after which the comment was removed

    @property
    def step(self) -> int:
        """Return the step of the ladder, counted from one."""
        return self.standing.level + 1

    @property
    def is_new(self) -> bool:
        """Return whether comments of the person are read first."""
        return self.standing.level == Level.NEW

    @property
    def is_known(self) -> bool:
        """Return whether comments appear at once, and reports have no weight yet."""
        return self.standing.level == Level.KNOWN


def people_of(visitor: Visitor) -> list[Commenter]:
    """Return whom a visitor has shown to be, an account first, then addresses of a guest.

    Each comes with what `standings` needs; one query for whoever has commented by the account.
    """
    condition = Q(pk__in=visitor.confirmed)
    if visitor.user is not None:
        condition |= Q(user=visitor.user)
    rows = {row.pk: row for row in _told().filter(condition)}
    account = [row for row in rows.values() if visitor.user and row.user_id == visitor.user.pk]
    if visitor.user is not None and not account:
        known = known_commenter(visitor)  # a guest with the address of the account
        account = [] if known is None else [rows.get(known.pk) or _told().get(pk=known.pk)]
    confirmed = [rows[key] for key in visitor.confirmed if key in rows]
    return list({row.pk: row for row in (*account, *confirmed)}.values())


def _told() -> QuerySet[Commenter]:
    """Return people with how they signed last, and how their reports went."""
    latest = Comment.objects.filter(author=OuterRef("pk")).newest_first()
    made = Flag.objects.filter(reporter=OuterRef("pk")).order_by().values("reporter")
    removed = Q(resolved_by__to_state=State.REJECTED)
    return Commenter.objects.annotate(
        signed=Subquery(latest.values("name")[:1]),
        reports=Subquery(made.annotate(total=Count("pk")).values("total")),
        followed=Subquery(made.annotate(total=Count("pk", filter=removed)).values("total")),
    )


def own_comments(visitor: Visitor, people: Iterable[Commenter]) -> CommentQuerySet:
    """Return what a visitor wrote, here or as one of these people, newest first."""
    keys = [row.pk for row in people]
    guests = Q(author__in=keys, author__user=None, author__stands_for_leavers=False)
    written = visitor.own_comments() | guests
    return Comment.objects.filter(written).newest_first()


def details(keys: Sequence[int], visitor: Visitor) -> list[Mine]:
    """Return what became of some comments, in three queries however many they are."""
    decisions = ModerationAct.objects.decisions().select_related("appeal")
    public = Comment.objects.approved().in_reading_order()
    found = (
        Comment.objects.filter(pk__in=keys)
        .select_related("thread__article", "author")
        .defer("thread__article__body_html", "thread__article__search_text")
        .prefetch_related(
            Prefetch("acts", decisions.order_by("pk"), to_attr="decisions"),
            Prefetch("replies", public, to_attr="public_replies"),
        )
        .in_bulk()
    )
    rows = (found[key] for key in keys if key in found)
    return [_mine(comment, visitor) for comment in rows]


def _mine(comment: Comment, visitor: Visitor) -> Mine:
    decisions: list[ModerationAct] = comment.decisions  # type: ignore[attr-defined]
    replies: list[Comment] = comment.public_replies  # type: ignore[attr-defined]
    act = decisions[-1] if decisions else None
    meant = act
    if act is not None and (act.reason, act.to_state) == (Reason.UNDONE, State.REJECTED):
        rejections = [one for one in decisions if one.to_state == State.REJECTED]
        meant = next((one for one in reversed(rejections) if one.reason != Reason.UNDONE), act)
    return Mine(comment, act, meant, replies, visitor.owns(comment))


def standings(people: Sequence[Commenter], policy: Policy) -> list[Person]:
    """Return where people of `people_of` stand: in one query, in two where somebody is restricted.

    For nobody in none.
    """
    if not people:
        return []
    found = standings_of([row.pk for row in people], policy)
    restricted = [
        row.pk for row in people if row.is_banned or row.is_suspended() or row.always_hold
    ]
    restrictions = _restrictions(restricted) if restricted else {}
    return [
        Person(
            row,
            row.signed or "",  # type: ignore[attr-defined]
            found[row.pk],
            restrictions.get(row.pk, []),
            row.reports or 0,  # type: ignore[attr-defined]
            row.followed or 0,  # type: ignore[attr-defined]
        )
        for row in people
    ]


def _restrictions(commenters: Iterable[int]) -> dict[int, list[Restriction]]:
    """Return what holds, by person: what was neither lifted nor has run out."""
    held: dict[int, list[Restriction]] = defaultdict(list)
    acts = ModerationAct.objects.filter(
        commenter__in=list(commenters), action__in=(*RESTRICTIONS, Action.LIFT)
    )
    for act in acts.select_related("undone_by").order_by("pk"):
        assert act.commenter_id is not None
        until = until_of(act)
        if act.action == Action.LIFT:
            if act.undoes_id is None:
                held[act.commenter_id].clear()
        elif not hasattr(act, "undone_by") and (until is None or until > timezone.now()):
            held[act.commenter_id].append(Restriction(act))
    return held
