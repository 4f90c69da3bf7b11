"""Who is writing, as far as this browser shows: an account, or a signed cookie of a guest.

The cookie goes to /comments/ alone, so the pages of guides never see it and stay the same bytes for
everyone. It holds a random key of the browser and the guests whose address was confirmed in it.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from comments.models import Comment, Commenter
from comments.states import State

COOKIE = "commenter"
SALT = "comments.identity"
REMEMBERED = timedelta(days=90)
PATH = "/comments/"


@dataclass
class Visitor:
    """Who stands behind a request, with what the browser's cookie says."""

    user: User | None = None
    browser: str = ""
    confirmed: list[int] = field(default_factory=list)

    def owns(self, comment: Comment) -> bool:
        """Return whether the visitor wrote a comment.

        A browser that confirmed a guest's address owns what that guest has confirmed, wherever it
        was written; not what somebody else may have typed the address under.
        """
        if self.user is not None and comment.author.user_id == self.user.pk:
            return True
        if comment.state != State.UNCONFIRMED and self.has_confirmed(comment.author):
            return True
        return bool(self.browser) and comment.browser == self.browser

    def has_confirmed(self, commenter: Commenter) -> bool:
        """Return whether this browser has shown that a guest's address is theirs.

        Somebody with an account signs in instead: a link in a letter opens no account.
        """
        is_guest = commenter.user_id is None and not commenter.stands_for_leavers
        return is_guest and commenter.pk in self.confirmed

    def is_proven_to_be(self, commenter: Commenter) -> bool:
        """Return whether the visitor is signed in as a person, or has confirmed their address."""
        is_account = self.user is not None and commenter.user_id == self.user.pk
        return is_account or self.has_confirmed(commenter)

    def own_comments(self) -> Q:
        """Return the condition for comments that the visitor wrote; nothing for a stranger."""
        condition = Q(pk__in=[])
        if self.user is not None:
            condition |= Q(author__user=self.user)
        if self.browser:
            condition |= Q(browser=self.browser)
        if self.confirmed:
            guests = Q(
                author__in=self.confirmed, author__user=None, author__stands_for_leavers=False
            )
            condition |= guests & ~Q(state=State.UNCONFIRMED)
        return condition


def visitor_of(request: HttpRequest) -> Visitor:
    """Return who stands behind a request. A cookie that we did not sign is no cookie."""
    user = request.user if request.user.is_authenticated else None
    try:
        held = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=REMEMBERED)
    except signing.BadSignature:
        held = {}
    return Visitor(user, str(held.get("b", "")), [int(pk) for pk in held.get("c", [])])


def new_browser_key() -> str:
    """Return a random key for a browser that has none."""
    return secrets.token_hex(16)


def remember(response: HttpResponse, visitor: Visitor, confirmed: Iterable[Commenter] = ()) -> None:
    """Give the browser its signed cookie."""
    keys = list(dict.fromkeys([*visitor.confirmed, *(person.pk for person in confirmed)]))[-20:]
    value = signing.dumps({"b": visitor.browser or new_browser_key(), "c": keys}, salt=SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=REMEMBERED,
        path=PATH,
        secure=settings.SITE_IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )


def known_commenter(visitor: Visitor, email: str = "") -> Commenter | None:
    """Return whom a visitor has shown to be; None for a stranger. Stores nothing.

    `email` is what a guest has typed: it counts only where this browser has confirmed it.
    """
    if visitor.user is not None:
        return _stored_commenter(visitor.user)
    address = email.strip().lower()
    confirmed = Commenter.objects.select_related("user").filter(pk__in=visitor.confirmed)
    return next((person for person in confirmed if person.email.lower() == address), None)


def _stored_commenter(user: User) -> Commenter | None:
    """Return the commenter of an account, or the guest who has its confirmed address."""
    found = Commenter.objects.filter(user=user).first()
    if found is not None:
        return found
    is_confirmed = EmailAddress.objects.filter(
        user=user, email__iexact=user.email, verified=True
    ).exists()
    if not is_confirmed:
        return None
    return Commenter.objects.filter(guest_email=user.email.lower(), user=None).first()


@transaction.atomic
def commenter_of(user: User) -> Commenter:
    """Return the commenter of an account, made on the first call.

    What the person wrote as a guest becomes theirs, once the account's address is confirmed.
    """
    found = _stored_commenter(user)
    if found is None:
        return Commenter.objects.get_or_create(user=user)[0]
    if found.user_id is None:
        found.user = user
        found.guest_email = ""
        found.save(update_fields=["user", "guest_email"])
    return found


def hold_account(person: Commenter) -> bool:
    """Hold the account of a person until the transaction ends; return False where it is gone.

    Its erasure waits for that, or has been. Like an erasure, do it before locking a thread.
    """
    if person.user_id is None:
        return True
    account = User.objects.select_for_update(no_key=True).filter(pk=person.user_id)
    return account.values_list("pk", flat=True).first() is not None


@transaction.atomic
def commenter_at(email: str) -> Commenter:
    """Return whom an address belongs to: an account that has confirmed it, or a guest.

    The caller does not know yet whether the visitor owns the address, and must not tell them what
    is found here.
    """
    address = email.strip().lower()
    confirmed = EmailAddress.objects.filter(email__iexact=address, verified=True).first()
    if confirmed is not None and confirmed.user.email.lower() == address:
        return commenter_of(confirmed.user)
    return Commenter.objects.get_or_create(guest_email=address)[0]
