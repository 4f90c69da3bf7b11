"""How long saved and read guides are kept, and the purge of what was taken off a list."""

from datetime import datetime

from core.retention import Keeping
from learning.models import PUT_BACK_FOR, ReadGuide, SavedGuide


def forget_taken_off(now: datetime) -> int:
    """Forget what was taken off a list a day ago; return how many rows that were."""
    return sum(model.objects.due(now).delete()[0] for model in (SavedGuide, ReadGuide))


KEEPINGS = (
    Keeping(
        key="learning.saved",
        what="Guides that you saved, when, and which revision was public then",
        why="So that you find them again, and see what changed in them.",
        until="you take them off your list or delete your account",
    ),
    Keeping(
        key="learning.read",
        what="Guides that you marked as read, when, and in which revision",
        why="So that you see how far you have come, and what changed since.",
        until="you take the mark back, forget your progress or delete your account",
    ),
    Keeping(
        key="learning.taken-off",
        what="Guides that you took off one of these lists",
        why="So that you can put them back.",
        period=PUT_BACK_FOR,
        since="you took them off",
        purge=forget_taken_off,
    ),
)
