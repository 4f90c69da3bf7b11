"""Where a person is signed in, and how sessions end.

A session is a row of Django's, bound to the password and the security stamp of the person. allauth
keeps a row beside it that says on which device and since when; both are kept in step here. A new
stamp ends every session, also one that nothing lists.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.models.user import new_stamp
from accounts.security.devices import describe


@dataclass(frozen=True)
class Device:
    """A session as the person sees it."""

    pk: int
    name: str
    network: str
    since: datetime
    last_seen: datetime
    is_current: bool


def devices(request: HttpRequest) -> list[Device]:
    """Return where the person of a request is signed in, this session first, then the latest."""
    assert isinstance(request.user, User)
    rows = UserSession.objects.purge_and_list(request.user)
    found = [
        Device(
            pk=row.pk,
            name=describe(row.user_agent),
            network=f"{row.ip}/{48 if ':' in row.ip else 24}",
            since=row.created_at,
            last_seen=row.last_seen_at,
            is_current=row.session_key == request.session.session_key,
        )
        for row in rows
    ]
    return sorted(found, key=lambda device: (device.is_current, device.last_seen), reverse=True)


def count(user: User) -> int:
    """Return on how many devices a person is signed in; one query."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return UserSession.objects.filter(user=user, session_key__in=alive).count()


def end_one(user: User, pk: int) -> bool:
    """End one session of a person; return whether there was one."""
    row = UserSession.objects.filter(user=user, pk=pk).first()
    if row is None:
        return False
    _forget([row.session_key])
    return True


@transaction.atomic
def end_all(user: User, *, keep: HttpRequest | None = None) -> None:
    """End every session of a person, except that of the request in `keep`.

    The session that is kept gets a new key: whoever knew the old one is out.
    """
    user.security_stamp = new_stamp()
    User.objects.filter(pk=user.pk).update(security_stamp=user.security_stamp)
    rows = UserSession.objects.filter(user=user)
    if keep is not None and keep.user.pk == user.pk:
        old = keep.session.session_key
        _renew(keep, user)
        rows = rows.exclude(session_key__in=[old, keep.session.session_key])
    _forget(list(rows.values_list("session_key", flat=True)))


def renew(request: HttpRequest) -> None:
    """Give the session of a request a new key, and keep it in the list of devices."""
    assert isinstance(request.user, User)
    _renew(request, request.user)


def _renew(request: HttpRequest, user: User) -> None:
    """Do as `renew`; `user` may be another copy of the same person, with a newer stamp."""
    old = request.session.session_key
    assert isinstance(request.user, User)
    request.user.security_stamp = user.security_stamp
    update_session_auth_hash(request, user)
    rows = UserSession.objects.filter(user=user, session_key=old)
    if not rows.update(session_key=request.session.session_key):
        UserSession.objects.create_from_request(request)


def end_others_of_changed_password(request: HttpRequest, user: User) -> None:
    """Tidy up after a new password, which has ended all other sessions already."""
    rows = UserSession.objects.filter(user=user)
    others = rows.exclude(session_key=request.session.session_key)
    _forget(list(others.values_list("session_key", flat=True)))


def _forget(keys: Iterable[str]) -> None:
    """Delete sessions, and the rows that list them."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in keys:
        store().delete(key)
    UserSession.objects.filter(session_key__in=list(keys)).delete()
