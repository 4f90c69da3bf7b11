"""What is known about how a comment came, and what speaks for holding it."""

from dataclasses import dataclass

from comments.states import Reason


@dataclass(frozen=True)
class Facts:
    """How a form was filled in."""

    is_trap_filled: bool = False  # a field that people do not see
    seconds: float | None = None  # from showing the form to sending it; None where unknown


@dataclass(frozen=True)
class Signal:
    """One thing that speaks for holding a comment until a moderator has read it."""

    reason: Reason
    detail: str = ""
