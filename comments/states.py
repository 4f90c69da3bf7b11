"""The life of a comment: its states, who may change them, and the reasons that are given.

A comment is received, and from then on every change of state is one row of the log
(`models.ModerationAct`) with a reason and an actor. The database holds both to it.
"""

from django.db import models


class State(models.TextChoices):
    RECEIVED = "received", "Received"  # only inside the transaction that stores it
    UNCONFIRMED = "unconfirmed", "Waits for its writer's confirmation"
    PENDING = "pending", "Waits for a moderator"
    APPROVED = "approved", "Public"
    HIDDEN = "hidden", "Hidden after readers' reports"
    REJECTED = "rejected", "Rejected"
    DELETED = "deleted", "Deleted by its writer"


class ActorKind(models.TextChoices):
    AUTHOR = "author", "The writer"
    MODERATOR = "moderator", "A moderator"
    READERS = "readers", "Readers"
    SYSTEM = "system", "The site, by its rules"


class Action(models.TextChoices):
    """What an act does. Only `STATE` changes the state of a comment."""

    STATE = "state", "Decide"
    EDIT = "edit", "Edit"
    KEEP = "keep", "Keep after reports"
    PIN = "pin", "Pin"
    UNPIN = "unpin", "Unpin"
    LOCK = "lock", "Lock against replies"
    UNLOCK = "unlock", "Unlock"
    HOLD_ALWAYS = "hold-always", "Always hold"
    SUSPEND = "suspend", "Suspend"
    BAN = "ban", "Ban"
    LIFT = "lift", "Lift restrictions"
    CLOSE_THREAD = "close-thread", "Close the thread"
    OPEN_THREAD = "open-thread", "Open the thread"


ON_COMMENT = (
    Action.STATE,
    Action.EDIT,
    Action.KEEP,
    Action.PIN,
    Action.UNPIN,
    Action.LOCK,
    Action.UNLOCK,
)
ON_COMMENTER = (Action.HOLD_ALWAYS, Action.SUSPEND, Action.BAN, Action.LIFT)
ON_THREAD = (Action.CLOSE_THREAD, Action.OPEN_THREAD)

_AUTHOR, _MODERATOR = ActorKind.AUTHOR, ActorKind.MODERATOR
_READERS, _SYSTEM = ActorKind.READERS, ActorKind.SYSTEM

# From a state to a state: who may do it. What is missing here cannot happen.
TRANSITIONS: dict[tuple[State, State], frozenset[ActorKind]] = {
    (State.RECEIVED, State.UNCONFIRMED): frozenset({_SYSTEM}),
    (State.RECEIVED, State.PENDING): frozenset({_SYSTEM}),
    (State.RECEIVED, State.APPROVED): frozenset({_SYSTEM}),
    (State.UNCONFIRMED, State.PENDING): frozenset({_SYSTEM}),
    (State.UNCONFIRMED, State.APPROVED): frozenset({_SYSTEM}),
    (State.UNCONFIRMED, State.DELETED): frozenset({_AUTHOR, _SYSTEM}),
    (State.PENDING, State.APPROVED): frozenset({_MODERATOR}),
    (State.PENDING, State.REJECTED): frozenset({_MODERATOR}),
    (State.PENDING, State.DELETED): frozenset({_AUTHOR}),
    (State.PENDING, State.HIDDEN): frozenset({_MODERATOR}),  # by undo alone
    (State.APPROVED, State.PENDING): frozenset({_MODERATOR, _SYSTEM}),
    (State.APPROVED, State.HIDDEN): frozenset({_READERS, _MODERATOR}),  # moderators: by undo alone
    (State.APPROVED, State.REJECTED): frozenset({_MODERATOR}),
    (State.APPROVED, State.DELETED): frozenset({_AUTHOR}),
    (State.HIDDEN, State.APPROVED): frozenset({_MODERATOR}),
    (State.HIDDEN, State.REJECTED): frozenset({_MODERATOR}),
    (State.HIDDEN, State.DELETED): frozenset({_AUTHOR}),
    (State.REJECTED, State.APPROVED): frozenset({_MODERATOR}),
    (State.REJECTED, State.DELETED): frozenset({_AUTHOR}),  # by leaving; see comments.personal
    (State.REJECTED, State.PENDING): frozenset({_MODERATOR}),  # by undo alone
    (State.REJECTED, State.HIDDEN): frozenset({_MODERATOR}),  # by undo alone
}
# A moderator takes these steps only by taking back one that led the other way.
BY_UNDO_ALONE = frozenset(
    {
        (State.PENDING, State.HIDDEN),
        (State.APPROVED, State.HIDDEN),
        (State.REJECTED, State.PENDING),
        (State.REJECTED, State.HIDDEN),
    }
)


class Reason(models.TextChoices):
    """Why something was done. The words are those that the writer reads."""

    # Held or waiting, by the site
    CONFIRM_ADDRESS = "confirm-address", "The address has to be confirmed first."
    ALL_HELD = "all-held", "Every comment here is read by a moderator first."
    FIRST_COMMENTS = "first-comments", "First comments of a person are read by a moderator."
    ALWAYS_HELD = "always-held", "Comments of this person are read by a moderator first."
    RULE = "rule", "A rule of the site asks that a moderator reads it first."
    SCORE = "score", "It resembles comments that were rejected as advertising."
    DUPLICATE_TEXT = "duplicate-text", "The same words were sent before."
    AUTOMATIC = "automatic", "It looked as if a program had filled in the form."
    REPORTED = "reported", "Several readers reported it."
    # Public
    OPEN_MODE = "open-mode", "Comments here appear at once."
    TRUSTED = "trusted", "Earlier comments of this person were approved."
    STAFF = "staff", "Written by the editors of this site."
    FITS = "fits", "It fits the rules of the house."
    # Rejected, by a moderator
    SPAM = "spam", "It is advertising."
    OFF_TOPIC = "off-topic", "It is not about the guide or the comment that it answers."
    ABUSE = "abuse", "It attacks or demeans people."
    PERSONAL_DATA = "personal-data", "It gives away details about a private person."
    ILLEGAL = "illegal", "We believe that the law forbids it."
    MISLEADING = "misleading", "It states as fact what is known to be wrong, in a harmful way."
    REPEATED = "repeated", "It repeats what was said before."
    OTHER = "other", "For the reason given below."
    # Afterwards
    UNDONE = "undone", "The moderator took the decision back."
    SECOND_LOOK = "second-look", "A moderator wants to look at it again."
    APPEAL = "appeal", "Another moderator looked at it again after an appeal."
    WRITER = "writer", "The writer asked for it."
    NOT_THE_WRITER = "not-the-writer", "The owner of the address says that it is not theirs."
    NEVER_CONFIRMED = "never-confirmed", "The address was never confirmed."
    IMPORTED = "imported", "It was public on the site that it came from."
    WAITED = "waited", "It waited for a moderator on the site that it came from."
    ORDER = "order", "To keep the thread readable."


REJECTIONS = (
    Reason.SPAM,
    Reason.OFF_TOPIC,
    Reason.ABUSE,
    Reason.PERSONAL_DATA,
    Reason.ILLEGAL,
    Reason.MISLEADING,
    Reason.REPEATED,
    Reason.OTHER,
)
HOLDS = (
    Reason.ALL_HELD,
    Reason.FIRST_COMMENTS,
    Reason.ALWAYS_HELD,
    Reason.RULE,
    Reason.SCORE,
    Reason.DUPLICATE_TEXT,
    Reason.AUTOMATIC,
)
# Held because of what it says or how it came, not because of who wrote it or of the site's mode.
HELD_BY_RULE = (Reason.RULE, Reason.SCORE, Reason.DUPLICATE_TEXT, Reason.AUTOMATIC)


def may_change(before: str, after: str, actor_kind: str, *, is_undo: bool = False) -> bool:
    """Return whether an actor of this kind may take a comment from one state to another."""
    step = (State(before), State(after))
    kind = ActorKind(actor_kind)
    if kind == ActorKind.MODERATOR and step in BY_UNDO_ALONE and not is_undo:
        return False
    return kind in TRANSITIONS.get(step, frozenset())
