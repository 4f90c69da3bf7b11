"""How long what an account leaves behind is kept; printed on the privacy page."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.filebased import FileBasedCache
from django.db import transaction
from django.db.models import Exists, OuterRef, TextField
from django.db.models.functions import Cast

from accounts.models import User
from accounts.models.deletion import CommentsChoice
from core.retention import DAY, Keeping

UNVERIFIED_KEPT = 7 * DAY
LOG_KEPT = 365 * DAY
SESSION_KEPT = timedelta(seconds=settings.SESSION_COOKIE_AGE)


def forget_unverified(now: datetime) -> int:
    """Erase sign-ups whose address nobody confirmed; return how many.

    Whoever signed in once has proven it. Accounts that staff made have no such address until
    somebody types their password or signs up with it; staff waits for those people, so they stay.
    """
    from accounts.data import erasure  # noqa: PLC0415  it knows the holdings of all apps

    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    kind = ContentType.objects.get_for_model(User)
    number = Cast(OuterRef("pk"), TextField())
    made = LogEntry.objects.filter(content_type=kind, object_id=number, action_flag=ADDITION)
    never = User.objects.filter(
        ~Exists(made),
        Exists(addresses),
        ~Exists(addresses.filter(verified=True)),
        date_joined__lte=now - UNVERIFIED_KEPT,
        last_login=None,
        is_staff=False,
        is_superuser=False,
    )
    erased = 0
    for pk in list(never.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():  # somebody may confirm the address at this moment
            user = never.select_for_update().filter(pk=pk).first()
            if user is not None:
                erasure.erase(user, CommentsChoice.ANONYMISE, tell=False)
                erased += 1
    return erased


def forget_sessions(now: datetime) -> int:
    """Delete sessions that have run out; return how many."""
    return Session.objects.filter(expire_date__lte=now).delete()[0]


def forget_devices(now: datetime) -> int:
    """Delete rows of the list of devices whose session is gone; return how many."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    return UserSession.objects.filter(~Exists(alive)).delete()[0]


def forget_log(now: datetime) -> int:
    """Delete old lines of the desk's log; return how many."""
    return LogEntry.objects.filter(action_time__lte=now - LOG_KEPT).delete()[0]


def forget_limits(now: datetime) -> int:
    """Delete what has run out of a cache of files, which would else stay until it is full.

    Other caches forget by themselves. Returns how many entries of any kind that were.
    """
    count = 0
    cache = caches["default"]
    if isinstance(cache, FileBasedCache):
        for name in cache._list_cache_files():  # type: ignore[attr-defined]  # private
            try:
                with open(name, "rb") as file:  # noqa: PTH123  as the cache names it
                    count += cache._is_expired(file)  # type: ignore[attr-defined]
            except FileNotFoundError:
                continue
    return count


KEEPINGS = (
    Keeping(
        key="accounts.account",
        what="Your account: e-mail addresses, name, a hash of your password, time zone, when you "
        "joined and last signed in",
        why="It is what an account is. We cannot read the password.",
        until="you delete your account",
    ),
    Keeping(
        key="accounts.profile",
        what="What you say about yourself: a few lines, links, the address of your page",
        why="To show it, if you want a public page. All of it is your choice.",
        until="you empty it or delete your account",
    ),
    Keeping(
        key="accounts.choices",
        what="Which letters you want",
        why="To send you those and no others.",
        until="you delete your account",
    ),
    Keeping(
        key="accounts.second-factors",
        what="Passkeys, the secret of your authenticator app (encrypted), recovery codes",
        why="To know that it is you.",
        until="you remove them or delete your account",
    ),
    Keeping(
        key="accounts.other-sites",
        what="Your account at another site, if you sign in with it: its number, name and address",
        why="To know you when you come from there.",
        until="you disconnect it or delete your account",
    ),
    Keeping(
        key="accounts.consents",
        what="Which version of the terms and rules you agreed to, and when",
        why="To be able to show it, and to ask you only about what is new.",
        until="you delete your account",
    ),
    Keeping(
        key="accounts.unverified",
        what="Sign-ups whose e-mail address nobody confirmed",
        why="Somebody may have mistyped the address, or typed that of another person.",
        period=UNVERIFIED_KEPT,
        since="the sign-up",
        purge=forget_unverified,
    ),
    Keeping(
        key="accounts.sessions",
        what="That you are signed in, and what a form in several steps must remember. The cookie "
        "of signing in belongs to it",
        why="So that you need not sign in on every page.",
        period=SESSION_KEPT,
        since="you signed in or it was renewed; at once when you sign out",
        purge=forget_sessions,
    ),
    Keeping(
        key="accounts.form-cookie",
        what="A random number in a cookie that guards forms, in your browser only",
        why="So that no other site can send a form in your name. It says nothing about you.",
        until="a year after you last opened a form, or you delete it",
    ),
    Keeping(
        key="accounts.messages-cookie",
        what="A sentence in a cookie that tells what you have just done, such as “Your profile is "
        "saved.” It may name an address of yours, and stands in your browser only",
        why="So that the next page can say that it worked.",
        until="the next page that says it, or you close the browser",
    ),
    Keeping(
        key="accounts.devices",
        what="On which devices you are signed in: browser, shortened network address, last seen",
        why="So that you can see a stranger’s, and sign it out.",
        period=SESSION_KEPT,
        since="you signed in there or it was renewed; within an hour when you sign out",
        purge=forget_devices,
    ),
    Keeping(
        key="accounts.limits",
        what="When your network or address last tried to sign in, sign up or have a code sent",
        why="To stop who tries passwords or floods mailboxes.",
        period=DAY,
        since="the try, at the latest",
        purge=forget_limits,
        is_in_database=False,
    ),
    Keeping(
        key="accounts.desk-log",
        what="What staff did at the desk, when and with what",
        why="To find out who changed something.",
        period=LOG_KEPT,
        since="it was done",
        purge=forget_log,
    ),
)
