"""The statement of reasons of a decision, for whom it concerns (EU Digital Services Act, Art. 17).

What was decided, why, on which ground, whether a program took part, and what can be done about it.
All of it is read from the log.
"""

from dataclasses import dataclass

from comments.models import Appeal, ModerationAct
from comments.restrictions import until_of
from comments.states import HELD_BY_RULE, Action, ActorKind, Reason, State

# Acts that concern a writer; what they did themselves, and what concerns a thread, has no page.
EXPLAINED = tuple(set(Action) - {Action.EDIT, Action.CLOSE_THREAD, Action.OPEN_THREAD})

_WAITS = "Nobody else reads it until a moderator has decided. That decision is explained as well."
_OUT = "Nobody but you and the moderators can read it, in any country, until this is reversed."
TITLES = {
    State.UNCONFIRMED: "Your comment waits for you to confirm it",
    State.PENDING: "Your comment waits for a moderator",
    State.APPROVED: "Your comment was made public",
    State.HIDDEN: "Your comment is hidden until a moderator has looked",
    State.REJECTED: "Your comment was rejected",
    State.DELETED: "Your comment was deleted",
}
EFFECTS = {
    State.UNCONFIRMED: "Nobody else reads it until you have opened the link in our letter.",
    State.PENDING: _WAITS,
    State.APPROVED: "Everybody can read it.",
    State.HIDDEN: _WAITS,
    State.REJECTED: _OUT,
    State.DELETED: "Its words are gone from the site. Answers to it keep their place.",
}
ACTIONS = {
    Action.KEEP: ("Your comment stays public", "Reports of it were looked at and answered."),
    Action.PIN: ("Your comment was pinned", "It stands at the head of the thread as well."),
    Action.UNPIN: ("Your comment is no longer pinned", "It stands in its place in the thread."),
    Action.LOCK: ("Replies to your comment were closed", "It stays public; nobody can answer it."),
    Action.UNLOCK: ("Replies to your comment are open again", "Everybody can answer it."),
    Action.HOLD_ALWAYS: (
        "A moderator reads each of your comments first",
        "You can write as before; a comment appears once it was approved. This has no end by "
        "itself.",
    ),
    Action.SUSPEND: ("You cannot comment for some time", ""),
    Action.BAN: (
        "You cannot comment here any more",
        "What you wrote before stays as it is. This has no end by itself.",
    ),
    Action.LIFT: ("A restriction on your commenting was lifted", "It holds no more."),
}
PROGRAMS = {
    Reason.RULE: "a rule that moderators wrote found something in it that asks for a look",
    Reason.SCORE: "it was given a score, from words of comments that were rejected as advertising "
    "here before",
    Reason.DUPLICATE_TEXT: "it was compared with earlier comments, and the same words were found",
    Reason.AUTOMATIC: "how the form was filled in was looked at: too fast, or in a field that "
    "people do not see",
    Reason.ALL_HELD: "every comment here is put before a moderator, whatever it says",
    Reason.FIRST_COMMENTS: "the first comments of each person are put before a moderator, "
    "whatever they say",
    Reason.ALWAYS_HELD: "each comment of yours is put before a moderator, because one decided so",
    Reason.CONFIRM_ADDRESS: "each comment from an address that was not confirmed in this browser "
    "waits for its owner",
    Reason.OPEN_MODE: "comments appear at once here",
    Reason.TRUSTED: "earlier comments of yours were approved and counted",
    Reason.STAFF: "you are one of the editors",
    Reason.NEVER_CONFIRMED: "its address was not confirmed in time",
    Reason.IMPORTED: "it was public on the site that it came from",
    Reason.WAITED: "it waited for a moderator on the site that it came from",
}


@dataclass(frozen=True)
class Statement:
    """A decision, explained."""

    act: ModerationAct
    title: str
    effect: str
    reason: str
    statement: str  # the moderator's own words, if there are any
    cause: str  # how it came before whoever decided
    means: str  # whether a program took part
    ground: str
    since: list[ModerationAct]  # what was decided about the same thing afterwards
    appeal: Appeal | None

    @property
    def is_by_law(self) -> bool:
        """Return whether the law is the ground, and not a rule of the house."""
        return self.act.reason == Reason.ILLEGAL

    @property
    def is_waiting(self) -> bool:
        """Return whether a moderator has yet to decide about the comment."""
        waits = self.act.to_state in {State.PENDING, State.HIDDEN}
        return waits and self.act.comment is not None and self.act.comment.is_waiting


def statement_of(act: ModerationAct) -> Statement:
    """Return the explanation of an act; one of those in `EXPLAINED`."""
    title, effect = _what(act)
    meant = meant_by(act)
    return Statement(
        act=act,
        title=title,
        effect=effect,
        reason=Reason(meant.reason).label,
        statement=meant.statement,
        cause=_cause(act),
        means=_means(act),
        ground=_ground(act),
        since=_since(act),
        appeal=getattr(act, "appeal", None),
    )


def _what(act: ModerationAct) -> tuple[str, str]:
    if act.action != Action.STATE:
        title, effect = ACTIONS[Action(act.action)]
        until = until_of(act)
        if until is not None:
            effect = f"Until {until:%-d %B %Y, %H:%M} UTC. What you wrote before stays as it is."
        return title, effect
    state = State(act.to_state)
    if act.is_appealable and act.takes_down:
        return "Your comment was taken down until a moderator has decided", EFFECTS[state]
    if state == State.REJECTED and act.undoes is not None:
        return "Your comment stays rejected", EFFECTS[state]
    if state == State.REJECTED and act.from_state in {State.APPROVED, State.HIDDEN}:
        note = " Where it stood, a note says that it was removed, if anybody had answered it."
        return "Your comment was removed", EFFECTS[state] + note
    return TITLES[state], EFFECTS[state]


def meant_by(act: ModerationAct) -> ModerationAct:
    """Return the act that gives the reason: undoing an approval makes a rejection stand again."""
    if act.reason != Reason.UNDONE or act.to_state != State.REJECTED or act.comment is None:
        return act
    earlier = act.comment.acts.filter(pk__lt=act.pk, to_state=State.REJECTED)
    return earlier.exclude(reason=Reason.UNDONE).newest_first().first() or act


def _cause(act: ModerationAct) -> str:
    """Return how it came to be looked at. Names nobody."""
    if act.actor_kind != ActorKind.MODERATOR:
        return ""
    if act.undoes is not None:
        return "The moderator took an own decision back."
    if act.reason == Reason.APPEAL:
        return "You appealed, and a moderator who had not taken the decision looked at it."
    if act.notices.exists():
        return "Somebody sent us a notice that it is against the law, and a moderator looked at it."
    if act.flags.exists():
        return "Readers reported it, and a moderator looked at it."
    if act.from_state == State.PENDING:
        return "It waited for a moderator, who read it."
    return "A moderator looked at it, without a notice or a report."


def _means(act: ModerationAct) -> str:
    """Return whether and how a program took part."""
    if act.actor_kind == ActorKind.AUTHOR:
        return "No. You did this yourself."
    if act.actor_kind == ActorKind.READERS:
        return (
            "Yes, by counting: reports of readers who have earned that theirs carry weight reached "
            "the number at which the site hides a comment. A person decides whether that was right."
        )
    if act.actor_kind == ActorKind.SYSTEM:
        how = PROGRAMS.get(Reason(act.reason), "a rule of the site asks for it")
        return f"Yes. The site did this by itself: {how}. No program here can reject a comment."
    held = _held_by_program(act)
    if held is None:
        return "No. A person decided, and no program had judged the words."
    return f"A person decided. A program had put it before them: {PROGRAMS[Reason(held.reason)]}."


def _held_by_program(act: ModerationAct) -> ModerationAct | None:
    if act.comment is None:
        return None
    before = act.comment.acts.filter(pk__lt=act.pk, to_state=State.PENDING)
    held = before.filter(actor_kind=ActorKind.SYSTEM).newest_first().first()
    return held if held is not None and held.reason in HELD_BY_RULE else None


def _ground(act: ModerationAct) -> str:
    if act.reason == Reason.ILLEGAL:
        return (
            "The law. The words of the moderator say which one we believe it breaks, and how."
            if act.statement
            else "The law."
        )
    return "The rules of the house."


def _since(act: ModerationAct) -> list[ModerationAct]:
    if act.comment is not None:
        return list(act.comment.acts.decisions().filter(pk__gt=act.pk).order_by("pk"))
    if act.commenter is None or act.action == Action.LIFT:
        return []
    lifted = act.commenter.acts.filter(action=Action.LIFT, pk__gt=act.pk)
    return [later for later in lifted.order_by("pk") if later.undoes_id in {None, act.pk}]
