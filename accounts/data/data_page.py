"""How "Your data" hangs in the account: its entry, the banner of a deletion, what is kept."""

from django.utils.timesince import timeuntil

from accounts.data import erasure
from accounts.models import User
from accounts.models.deletion import GRACE
from accounts.registries import banners, menu
from accounts.registries.banners import Banner
from accounts.registries.menu import AccountPage
from core import moments, retention
from core.retention import Keeping


def register() -> None:
    """Register all of it."""
    menu.register(
        AccountPage(
            "data",
            "Your data",
            "accounts:data",
            70,
            _summary,
            within=("accounts:delete", "accounts:agreements"),
        )
    )
    banners.register("deletion", _banner)
    retention.register(
        Keeping(
            "accounts-to-be-deleted",
            "Accounts that their owner asked to have deleted, with everything that hangs on them",
            "You can take it back for a day, also if somebody else asked for it in your name.",
            period=GRACE,
            since="you asked for it",
            purge=erasure.erase_due,
        )
    )
    retention.register(
        Keeping(
            "erasures",
            "That an account was deleted: when, what became of its comments, and how many entries "
            "of each kind that were, but not whose",
            "We can show that we delete what we promise to delete.",
            until="the site is closed",
        )
    )


def _summary(user: User) -> str:
    wish = erasure.pending(user)
    if wish is None:
        return "Take all that we hold about you with you, or have it deleted."
    return f"Your account will be deleted in {timeuntil(wish.due_at, depth=1)}."


def _banner(user: User) -> Banner | None:
    wish = erasure.pending(user)
    if wish is None:
        return None
    when = moments.in_words(wish.due_at, moments.LONG)
    text = f"Your account will be deleted after {when}."
    return Banner(text, "Keep my account", "accounts:data", is_urgent=True)
