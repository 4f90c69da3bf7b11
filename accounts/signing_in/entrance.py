"""What must hold when somebody comes in, whichever way they took."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.password_reset_by_code import (
    PASSWORD_RESET_VERIFICATION_SESSION_KEY,
)
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models.user import new_stamp
from accounts.signing_in import half_way

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
