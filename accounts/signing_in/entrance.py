"""What must hold when somebody comes in, whichever way they took, and which ways there are."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.password_reset_by_code import (
    PASSWORD_RESET_VERIFICATION_SESSION_KEY,
)
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, password_reset
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from accounts.models.user import new_stamp
from accounts.signing_in import half_way, letters

# What a provider tells beyond this is not kept: it is shown nowhere.
KEPT_OF_PROVIDERS = frozenset(
    {"login", "username", "name", "displayName", "email", "mail"}  # the last of each: Microsoft
)
DROPPED = (
    "A password had been chosen for this address before anybody confirmed it. It could have been "
    "a stranger's, so it no longer works. Set one of your own, or go on signing in by code."
)
UNTIED = (
    "An account at another site had been connected before anybody confirmed this address. It could "
    "have been a stranger's, so it was disconnected."
)
# After a password reset: whoever added an address can still come in by a code to it.
STILL_OPEN = (
    "Codes to these addresses of the account still let somebody in: {addresses}. Sign in and "
    "remove each that is not yours."
)


@receiver(email_confirmed, dispatch_uid="accounts-drop-ways-in-of-stranger")
def drop_ways_in_of_stranger(
    request: HttpRequest, email_address: EmailAddress, **kwargs: Any
) -> None:
    """Drop a password, and ties to other sites, of somebody who never proved the address.

    Whoever signs up with the address of another person cannot confirm it, but could wait until
    the owner comes in by an e-mailed code, and then use the way in that they chose themselves.
    """
    user = email_address.user
    methods = {record["method"] for record in get_authentication_records(request, user)}
    if user.last_login is not None or "password" in methods:
        return
    if "code" not in methods and not _came_by_reset(request, email_address):
        return
    if SocialAccount.objects.filter(user=user).delete()[0]:
        messages.warning(request, UNTIED)
    if user.has_usable_password():
        user.set_unusable_password()
        user.security_stamp = new_stamp()
        user.save(update_fields=["password", "security_stamp"])
        half_way.go_on(request, user)
        messages.warning(request, DROPPED)


@receiver(email_confirmed, dispatch_uid="accounts-tell-of-added-address")
def tell_of_added_address(request: HttpRequest, email_address: EmailAddress, **kwargs: Any) -> None:
    """Tell the main address of a further one: it is a way in that outlives a new password."""
    user = email_address.user
    others = EmailAddress.objects.filter(user=user, verified=True).exclude(pk=email_address.pk)
    if email_address.primary or not others.exists():
        return
    about = {"user": user, "added_email": email_address.email}
    get_adapter(request).send_notification_mail(letters.ADDRESS_ADDED, user, about)


@receiver(password_reset, dispatch_uid="accounts-name-other-addresses")
def name_other_addresses(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Name the other addresses that open an account, where its password was just reset.

    Shortened: whoever reset it has shown one mailbox, and no second factor yet.
    """
    others = EmailAddress.objects.filter(user=user, verified=True).exclude(email__iexact=user.email)
    found = [shortened(email) for email in others.order_by("email").values_list("email", flat=True)]
    if found:
        messages.warning(request, STILL_OPEN.format(addresses=", ".join(found)))


def shortened(email: str) -> str:
    """Return an address so that its owner knows it again, and others cannot write to it."""
    name, _, host = email.partition("@")
    return f"{name[:1]}…@{host}"


def _came_by_reset(request: HttpRequest, email_address: EmailAddress) -> bool:
    """Return whether the address is confirmed by a code for a new password."""
    state = request.session.get(PASSWORD_RESET_VERIFICATION_SESSION_KEY) or {}
    return bool(state.get("code_confirmed")) and state.get("email") == email_address.email


@receiver(pre_save, sender=SocialAccount, dispatch_uid="accounts-keep-little-of-providers")
def keep_little(instance: SocialAccount, **kwargs: Any) -> None:
    """Keep of a provider's data only what tells people which account of theirs this is."""
    instance.extra_data = {
        key: value
        for key, value in (instance.extra_data or {}).items()
        if key in KEPT_OF_PROVIDERS and isinstance(value, str)
    }
