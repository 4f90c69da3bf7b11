"""All signals of a comment."""

from comments.models import Comment, Policy
from comments.screening.facts import Facts, Signal
from comments.states import Reason

TOO_FAST = 2.0  # seconds in which nobody has read a preview


def screen(comment: Comment, facts: Facts, policy: Policy) -> list[Signal]:
    """Return what speaks for holding a comment, the strongest first; nothing where nothing does.

    Stores the score and its words on the comment object (not in the database).
    """
    signals = []
    if facts.is_trap_filled:
        signals.append(Signal(Reason.AUTOMATIC, "A field that people do not see was filled in."))
    if facts.seconds is not None and facts.seconds < TOO_FAST:
        signals.append(Signal(Reason.AUTOMATIC, f"Sent after {facts.seconds:.1f} seconds."))
    return signals
