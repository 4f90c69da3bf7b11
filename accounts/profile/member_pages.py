"""Taking a public page down at the desk, and putting it back: always with a reason, always told."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import SecondLook, User
from core.cleaning import clean_text, says_something
from mailing import outbox

LONGEST_REASON = 300
PUT_BACK = "The decision was taken back."


class NotPossibleError(Exception):
    """The page is not in the state for this; the message says so to whoever tried."""


def clean_reason(raw: str) -> str:
    """Return a reason as it is stored. Raises ValidationError for none, or one that is too long."""
    reason = clean_text(raw).strip()
    if not says_something(reason):
        raise ValidationError("Say why: the person reads it, and can only change what they know.")
    if len(reason) > LONGEST_REASON:
        raise ValidationError(
            f"There is room for {LONGEST_REASON} characters; this has {len(reason)}."
        )
    return reason


@transaction.atomic
def take_down(person: User, reason: str) -> User:
    """Hide a page from everybody, and tell its owner why; return the person as stored.

    What they wrote stays in their profile. Raises ValidationError without a reason, and
    NotPossibleError where the page is down already.
    """
    reason = clean_reason(reason)
    stored = User.objects.select_for_update().get(pk=person.pk)
    if stored.profile_blocked_at is not None:
        raise NotPossibleError("This page is down already.")
    stored.profile_blocked_at = timezone.now()
    stored.profile_blocked_reason = reason
    stored.save(update_fields=["profile_blocked_at", "profile_blocked_reason"])
    _tell(stored, "accounts/mail/page_taken_down.txt", _key(stored, "page-down"))
    return stored


@transaction.atomic
def put_back(person: User) -> User:
    """Let a page be shown again, if its owner still wants one; tell them.

    Raises NotPossibleError where the page is not down.
    """
    stored = User.objects.select_for_update().get(pk=person.pk)
    if stored.profile_blocked_at is None:
        raise NotPossibleError("This page is not down.")
    key = _key(stored, "page-back")
    open_request = SecondLook.objects.filter(user=stored, answered_at=None)
    open_request.update(answer=PUT_BACK, answered_at=timezone.now())
    _unblock(stored)
    _tell(stored, "accounts/mail/page_put_back.txt", key)
    return stored


def tell_answer(person: User, words: str, *, puts_back: bool) -> None:
    """Tell a person what came of another look at their page, and put it back where it did that."""
    key = _key(person, "page-looked-at")
    if puts_back:
        _unblock(person)
    _tell(person, "accounts/mail/page_looked_at.txt", key, answer=words, is_back=puts_back)


def _unblock(person: User) -> None:
    person.profile_blocked_at = None
    person.profile_blocked_reason = ""
    person.save(update_fields=["profile_blocked_at", "profile_blocked_reason"])


def _key(person: User, step: str) -> str:
    """Return the key of a letter: one for each time that a page goes down."""
    assert person.profile_blocked_at is not None
    return f"{step}-{person.pk}-{person.profile_blocked_at:%Y%m%d%H%M%S%f}"


def _tell(person: User, template: str, key: str, **more: Any) -> None:
    if not person.is_active:
        return
    page = reverse("accounts:member", args=[person.handle]) if person.handle else ""
    outbox.queue(
        to=person.email,
        template=template,
        context={
            "name": person.display_name,
            "reason": person.profile_blocked_reason,
            "is_shown": person.has_public_page,
            "path": page,
            "profile": reverse("accounts:profile"),
            "another_look": reverse("accounts:another-look"),
            "contact": settings.SITE_CONTACT,
            **more,
        },
        key=key,
    )
