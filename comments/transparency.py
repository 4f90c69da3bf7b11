"""Public figures of moderation. Each is a query of the log, and nothing else is kept for them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    Min,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.functions import TruncMonth

from comments.counting import FEWEST, Line, Span, Waits, by_span, spans_before
from comments.models import Appeal, Comment, ModerationAct, Notice
from comments.states import HELD_BY_RULE, HOLDS, Action, ActorKind, Reason, State

Row = dict[str, Any]


@dataclass(frozen=True)
class Judgement:
    """What became of comments that a program held."""

    reason: Reason
    held: int
    decided: int
    approved: int  # of the decided: where the program was wrong

    @property
    def is_telling(self) -> bool:
        """Return whether enough were decided to say how often the program was wrong."""
        return self.decided >= FEWEST


@dataclass
class Figures:
    """Everything that the page shows."""

    counted_at: datetime
    begins: datetime | None  # the first row of the log; None where nothing was received yet
    spans: list[Span]
    lines: list[Line]
    held: list[tuple[Reason, int]]
    rejected: dict[str, int]  # by reason, of the year; empty where too few
    first_decision: Waits
    appeals: Waits
    notices: Waits
    programs: list[Judgement]
    waiting: int
    waiting_since: datetime | None
    by_key: dict[str, Line] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_key = {line.key: line for line in self.lines}


def _is_system(row: Row) -> bool:
    return row["actor_kind"] == ActorKind.SYSTEM


def _stands(row: Row) -> bool:
    """Return whether a moderator decided it and did not take it back."""
    return bool(row["is_final"]) and row["actor_kind"] == ActorKind.MODERATOR


def _is_new(row: Row) -> bool:
    return row["from_state"] in {State.RECEIVED, State.UNCONFIRMED} and _is_system(row)


# Key, label, which acts; in the order of the page.
COUNTED: tuple[tuple[str, str, Callable[[Row], bool]], ...] = (
    ("received", "Comments received", lambda row: row["from_state"] == State.RECEIVED),
    (
        "unconfirmed",
        "never confirmed, or disowned by the owner of the address",
        lambda row: row["from_state"] == State.UNCONFIRMED and row["to_state"] == State.DELETED,
    ),
    ("at_once", "Public at once", lambda row: _is_new(row) and row["to_state"] == State.APPROVED),
    ("held", "Held for a moderator", lambda row: _is_system(row) and row["reason"] in HOLDS),
    (
        "approved",
        "Approved by a moderator",
        lambda row: _stands(row) and row["to_state"] == "approved",
    ),
    ("rejected", "Rejected", lambda row: _stands(row) and row["to_state"] == State.REJECTED),
    (
        "removed",
        "removed after they had been public",
        lambda row: _stands(row) and row["to_state"] == State.REJECTED and row["was_public"],
    ),
    ("hidden", "Hidden by readers’ reports", lambda row: row["actor_kind"] == ActorKind.READERS),
    (
        "restored",
        "made public again by a moderator",
        lambda row: _stands(row) and (row["from_state"], row["to_state"]) == ("hidden", "approved"),
    ),
    (
        "deleted",
        "Deleted by their writers",
        lambda row: row["to_state"] == State.DELETED and row["reason"] == Reason.WRITER,
    ),
    (
        "restricted",
        "People held, suspended or banned",
        lambda row: row["action"] in {Action.HOLD_ALWAYS, Action.SUSPEND, Action.BAN},
    ),
)


# What each line counts, for whom its label is too short.
DEFINITIONS = {
    "received": "Comments that arrived, whatever became of them. What came from another site is "
    "not counted.",
    "unconfirmed": "Their writers never confirmed the address that they gave, or its owner said "
    "that they had not written.",
    "at_once": "Comments that appeared without a moderator’s look, by the ladder or the mode of "
    "the guide.",
    "held": "Comments that a rule of the site or a program put before a moderator.",
    "approved": "Decisions of moderators to make a comment public. One that was taken back at "
    "once is left out.",
    "rejected": "Decisions of moderators to reject a comment, or to remove one that was public. "
    "One that was taken back at once is left out.",
    "removed": "Rejections of comments that readers had been able to see.",
    "hidden": "Comments that enough trusted readers reported, hidden until a moderator has looked.",
    "restored": "Hidden comments that a moderator made public again.",
    "deleted": "Comments that their writers deleted themselves.",
    "restricted": "Decisions of moderators that a person is always held, suspended or banned.",
    "appeals": "Appeals of writers against a decision about their comment or themselves.",
    "appeals_decided": "Appeals that another moderator has decided.",
    "reversed": "Appeals after which the decision did not stand.",
    "notices": "Notices of illegal content that arrived.",
    "notices_decided": "Notices that a moderator has decided.",
    "taken_down": "Notices after which the content was removed.",
}
# Lines that are a part of the one before them.
PARTS = {"unconfirmed", "removed", "restored", "reversed", "taken_down"}


def figures(now: datetime) -> Figures:
    """Return what was decided in the twelve months up to a moment, in seven queries."""
    spans = spans_before(now)
    rows = _rows(spans)
    counts: dict[str, list[int]] = {key: [0] * len(spans) for key, _, _ in COUNTED}
    held: Counter[str] = Counter()
    rejected: Counter[str] = Counter()
    for row in rows:
        place = next(at for at, span in enumerate(spans) if span.start <= row["month"] < span.end)
        for key, _, belongs in COUNTED:
            if belongs(row):
                counts[key][place] += row["count"]
        if _is_system(row) and row["reason"] in HOLDS:
            held[row["reason"]] += row["count"]
        if _stands(row) and row["to_state"] == State.REJECTED:
            rejected[row["reason"]] += row["count"]
    appeals, appeal_lines = _answers(Appeal, "Appeals", spans, Appeal.Outcome.REVERSED)
    notices, notice_lines = _answers(Notice, "Notices", spans, Notice.Outcome.REMOVED)
    lines = [Line(key, label, counts[key], key in PARTS) for key, label, _ in COUNTED]
    now_waiting = Comment.objects.filter(state__in=(State.PENDING, State.HIDDEN))
    waits = now_waiting.aggregate(count=Count("pk"), since=Min("created_at"))
    return Figures(
        counted_at=now,
        begins=ModerationAct.objects.aggregate(first=Min("at"))["first"],
        spans=spans,
        lines=[*lines, *appeal_lines, *notice_lines],
        held=[(reason, held[reason]) for reason in HOLDS if held[reason]],
        rejected=dict(rejected) if rejected.total() >= FEWEST else {},
        first_decision=_first_decisions(spans),
        appeals=appeals,
        notices=notices,
        programs=_programs(spans),
        waiting=waits["count"],
        waiting_since=waits["since"],
    )


def _within(spans: Sequence[Span], name: str = "at") -> Q:
    return Q(**{f"{name}__gte": spans[0].start, f"{name}__lt": spans[-1].end})


def _rows(spans: Sequence[Span]) -> list[Row]:
    """Return the acts of the year, counted by what they did and by month. Imports do not count."""
    earlier = ModerationAct.objects.filter(
        comment=OuterRef("comment"), to_state=State.APPROVED, pk__lt=OuterRef("pk")
    )
    rows = (
        ModerationAct.objects.filter(_within(spans))
        .exclude(reason=Reason.IMPORTED)
        .annotate(
            month=TruncMonth("at", tzinfo=UTC),
            was_public=Exists(earlier),
            is_final=ExpressionWrapper(Q(undoes=None, undone_by=None), BooleanField()),
        )
        .values(
            "month",
            "action",
            "actor_kind",
            "from_state",
            "to_state",
            "reason",
            "is_final",
            "was_public",
        )
        .annotate(count=Count("pk"))
        .order_by()
    )
    return [dict(row) for row in rows]


def _first_decisions(spans: Sequence[Span]) -> Waits:
    """Return how long comments waited: from confirmation or receipt to the first decision."""
    by_moderators = ModerationAct.objects.filter(
        actor_kind=ActorKind.MODERATOR, action=Action.STATE, undoes=None, undone_by=None
    )
    before = by_moderators.filter(comment=OuterRef("comment"), pk__lt=OuterRef("pk"))
    hold = ModerationAct.objects.filter(
        comment=OuterRef("comment"),
        actor_kind=ActorKind.SYSTEM,
        to_state=State.PENDING,
        from_state__in=(State.RECEIVED, State.UNCONFIRMED),
    )
    pairs = (
        by_moderators.filter(_within(spans), ~Exists(before))
        .annotate(began=Subquery(hold.values("at")[:1]))
        .exclude(began=None)
    )
    return Waits.of(list(pairs.values_list("began", "at")))


def _answers(
    model: type[Appeal] | type[Notice], label: str, spans: Sequence[Span], success: str
) -> tuple[Waits, list[Line]]:
    """Return how long appeals or notices waited, and how many came and were decided how."""
    found = list(
        model._default_manager.filter(
            _within(spans, "created_at") | _within(spans, "decided_at")
        ).values_list("created_at", "decided_at", "outcome")
    )
    decided = [
        (came, went, outcome)
        for came, went, outcome in found
        if went is not None and spans[0].start <= went < spans[-1].end
    ]
    key = label.lower()
    part, words = {
        "appeals": ("reversed", "the decision was reversed"),
        "notices": ("taken_down", "the content was removed"),
    }[key]
    won = [went for _, went, outcome in decided if outcome == success]
    lines = [
        Line(key, f"{label} received", by_span(spans, [came for came, _, _ in found])),
        Line(f"{key}_decided", f"{label} decided", by_span(spans, [row[1] for row in decided])),
        Line(part, words, by_span(spans, won), is_part=True),
    ]
    return Waits.of([(came, went) for came, went, _ in decided]), lines


def _programs(spans: Sequence[Span]) -> list[Judgement]:
    """Return, for each kind of program, how many comments it held and how many were fine."""
    holds = ModerationAct.objects.filter(
        _within(spans), actor_kind=ActorKind.SYSTEM, reason__in=HELD_BY_RULE
    )
    states: dict[str, Counter[str]] = {}
    rows = holds.values_list("reason", "comment__state").annotate(count=Count("pk")).order_by()
    for reason, state, count in rows:
        states.setdefault(reason, Counter())[state] += count
    return [
        Judgement(
            Reason(reason),
            held=found.total(),
            decided=found[State.APPROVED] + found[State.REJECTED],
            approved=found[State.APPROVED],
        )
        for reason, found in sorted(states.items())
    ]
