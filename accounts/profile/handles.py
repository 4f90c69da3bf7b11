"""Addresses of public pages: which words may be one, and what becomes of one that is given up."""

import re
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import RetiredHandle, User
from core.cleaning import is_our_name, skeleton
from core.client import keyed_hash

HELD = timedelta(days=90)
SHORTEST = 3

# Words that would speak for the site, or that software takes for something else.
OFFICE = frozenset(
    {"admin", "administrator", "administration", "moderator", "moderation", "mod", "staff"}
    | {"official", "team", "root", "sysadmin", "superuser", "system", "support", "helpdesk"}
)
RESERVED = frozenset(
    {"about", "abuse", "account", "accounts", "all", "anonymous", "api", "author", "authors"}
    | {"contact", "deleted", "desk", "editor", "editors", "everybody", "guest", "help"}
    | {"hostmaster", "info", "login", "logout", "me", "member", "members", "moderators", "new"}
    | {"nobody", "noreply", "none", "null", "operator", "owner", "page", "postmaster", "privacy"}
    | {"profile", "register", "reserved", "search", "security", "self", "settings", "signin"}
    | {"signout", "signup", "site", "somebody", "terms", "undefined", "user", "users"}
    | {"webmaster", "you"}
)
# Digits that stand in for letters, beside those that `skeleton` knows.
LEET = str.maketrans("345789", "easbbg")
PAIRS = re.compile("rn|vv")


def _looks(word: str) -> set[str]:
    """Return what a word may be read as: its digits as letters, or left away."""
    plain = word.replace("-", "")
    readings = (
        skeleton(plain),
        skeleton(plain.translate(LEET)),
        skeleton(plain.rstrip("0123456789")),
    )
    return {PAIRS.sub(lambda pair: "m" if pair[0] == "rn" else "w", one) for one in readings} - {""}


OFFICE_LOOKS = frozenset(look for word in OFFICE for look in _looks(word))
RESERVED_LOOKS = OFFICE_LOOKS | frozenset(look for word in RESERVED for look in _looks(word))


def check_word(handle: str) -> None:
    """Raise ValidationError for an address that nobody can have, in words for its writer."""
    if len(handle) < SHORTEST:
        raise ValidationError(f"Use at least {SHORTEST} letters or digits.")
    parts = {look for part in handle.split("-") for look in _looks(part)}
    is_taken_for_us = is_our_name(handle) or is_our_name(handle.translate(LEET))
    if is_taken_for_us or _looks(handle) & RESERVED_LOOKS or parts & OFFICE_LOOKS:
        raise ValidationError(
            "This address could be taken for one of the site itself. Please choose another."
        )


def check_free(handle: str, user: User) -> None:
    """Raise ValidationError where somebody else has an address, or gave it up not long ago."""
    taken = User.objects.filter(handle=handle).exclude(pk=user.pk)
    held = RetiredHandle.objects.held().filter(digest=digest(handle)).exclude(owner=user)
    if taken.exists() or held.exists():
        raise ValidationError("Somebody has this address, or had it not long ago.")


def digest(handle: str) -> str:
    """Return the hash under which a given-up address is remembered."""
    return keyed_hash(handle, purpose="handle")


@transaction.atomic
def change(user: User, handle: str | None) -> None:
    """Give a person another address, or none; the old one is held for 90 days.

    Sets the field; the caller saves the user. Raises nothing: check first.
    """
    before = User.objects.filter(pk=user.pk).values_list("handle", flat=True).first()
    if before and before != handle:
        retire(before, user)
    if handle:
        RetiredHandle.objects.filter(digest=digest(handle)).delete()
    user.handle = handle


def retire(handle: str, owner: User | None) -> None:
    """Hold an address back for 90 days; `owner` alone may take it again."""
    RetiredHandle.objects.update_or_create(
        digest=digest(handle), defaults={"owner": owner, "until": timezone.now() + HELD}
    )


def forget(now: datetime) -> int:
    """Free the addresses whose time is over at a moment; return how many."""
    return RetiredHandle.objects.filter(until__lte=now).delete()[0]
