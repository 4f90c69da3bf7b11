"""Another look at the decision that took a public page down: asked for once, always answered."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import SecondLook, User
from accounts.models.second_look import LONGEST_REQUEST
from accounts.profile import member_pages
from accounts.profile.member_pages import NotPossibleError
from core.cleaning import clean_text, says_something
from core.retention import DAY, Keeping

KEPT = 365 * DAY
SAY = "Say what we should know: what you changed, or where we are wrong."


def of(user: User) -> SecondLook | None:
    """Return the request about the decision that stands now; None where there is none."""
    if user.profile_blocked_at is None:
        return None
    return SecondLook.objects.filter(user=user, down_at=user.profile_blocked_at).first()


def clean_request(raw: str) -> str:
    """Return a request as it is stored. Raises ValidationError for none, or one too long."""
    text = clean_text(raw).strip()
    if not says_something(text):
        raise ValidationError(SAY)
    if len(text) > LONGEST_REQUEST:
        raise ValidationError(
            f"There is room for {LONGEST_REQUEST} characters; this has {len(text)}."
        )
    return text


@transaction.atomic
def ask(user: User, text: str) -> SecondLook:
    """Have a person at the desk look again; return the request.

    Raises NotPossibleError where the page is not down, or this was asked before.
    """
    stored = User.objects.select_for_update().get(pk=user.pk)
    if stored.profile_blocked_at is None:
        raise NotPossibleError("Your page is not taken down any more.")
    look, is_new = SecondLook.objects.get_or_create(
        user=stored, down_at=stored.profile_blocked_at, defaults={"text": clean_request(text)}
    )
    if not is_new:
        raise NotPossibleError("You have asked for another look at this decision before.")
    return look


@transaction.atomic
def answer(person: User, words: str, *, puts_back: bool) -> SecondLook:
    """Answer the open request of a person, and put the page back where they were right.

    A letter tells them. Raises ValidationError without words, and NotPossibleError where nothing
    is open.
    """
    words = member_pages.clean_reason(words)
    stored = User.objects.select_for_update().get(pk=person.pk)
    look = of(stored)
    if look is None or look.answered_at is not None:
        raise NotPossibleError("Nobody waits for an answer about this page.")
    look.answer, look.answered_at = words, timezone.now()
    look.save(update_fields=["answer", "answered_at"])
    member_pages.tell_answer(stored, words, puts_back=puts_back)
    return look


def forget(now: datetime) -> int:
    """Delete requests that were answered long ago; return how many."""
    return SecondLook.objects.filter(answered_at__lte=now - KEPT).delete()[0]


KEEPING = Keeping(
    key="accounts.second-looks",
    what="Your request for another look at your public page, if it was taken down, and our answer",
    why="To decide again, and to be able to explain it.",
    period=KEPT,
    since="we answered",
    purge=forget,
)
