"""The letters of allauth in our words: which there are, and how long each is of use."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.security.devices import describe
from core.client import keyed_hash
from mailing import outbox

CODE = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
ANSWER = timedelta(hours=1)
ACCOUNT = "account:"  # how the key of each of these letters begins
# What a template may know of what allauth passes on. Everything else stays behind.
KNOWN = ("code", "from_email", "to_email", "added_email", "deleted_email", "provider")


@dataclass(frozen=True)
class Kind:
    """A kind of letter: its template, and how long it is of use; notices stay of use."""

    template: str
    lasts: timedelta | None = None

    @property
    def is_answer(self) -> bool:
        """Return whether it answers a form that anybody can send, and not a change of an account.

        Of these neither address nor words are kept after sending.
        """
        return self.lasts is not None


ADDRESS_ADDED = "account/email/email_added"
RECOVERY_CODE_USED = "mfa/email/recovery_code_used"
# Notices that allauth knows nothing of: we have them sent ourselves.
OURS = frozenset({ADDRESS_ADDED, RECOVERY_CODE_USED})
KINDS = {
    "account/email/email_confirmation_signup": Kind("confirm_sign_up", CODE),
    "account/email/email_confirmation": Kind("confirm_address", CODE),
    "account/email/login_code": Kind("sign_in_code", CODE),
    "account/email/password_reset_code": Kind("reset_code", CODE),
    "account/email/unknown_account": Kind("no_account", ANSWER),
    "account/email/account_already_exists": Kind("account_exists", ANSWER),
    "account/email/password_changed": Kind("password_changed"),
    "account/email/password_reset": Kind("password_reset"),
    "account/email/password_set": Kind("password_set"),
    ADDRESS_ADDED: Kind("address_added"),
    "account/email/email_changed": Kind("address_changed"),
    "account/email/email_deleted": Kind("address_removed"),
    "mfa/email/totp_activated": Kind("authenticator_added"),
    "mfa/email/totp_deactivated": Kind("authenticator_removed"),
    "mfa/email/recovery_codes_generated": Kind("recovery_codes_new"),
    RECOVERY_CODE_USED: Kind("recovery_code_used"),
    "mfa/email/webauthn_added": Kind("passkey_added"),
    "mfa/email/webauthn_removed": Kind("passkey_removed"),
    "socialaccount/email/account_connected": Kind("provider_connected"),
    "socialaccount/email/account_disconnected": Kind("provider_disconnected"),
}


def queue(prefix: str, email: str, context: Mapping[str, Any], request: HttpRequest | None) -> None:
    """Put a letter of allauth into the outbox. Raises KeyError for a kind that is not known here.

    A code, or an answer about an unknown address, is a new letter for each request; whoever asks
    again from the same browser takes the earlier one back if it still waits, because only the last
    code works. A notice of the same change within the same minute is told once.
    """
    kind, now = KINDS[prefix], timezone.now()
    known = {name: context[name] for name in KNOWN if name in context}
    key = _key(kind, email, context.get("user"), known, now)
    if kind.is_answer:
        _supersede(kind, key, request)
    outbox.queue(
        to=email,
        template=f"accounts/mail/{kind.template}.txt",
        context={**known, **_facts(email, now), "device": describe(context.get("user_agent", ""))},
        key=key,
        expires_at=now + kind.lasts if kind.lasts else None,
        is_secret=kind.is_answer,
    )


def _facts(email: str, now: datetime) -> dict[str, Any]:
    """Return what every letter may say. Addresses come from the settings, never from a request."""
    pages = {
        "sign_in": "account_login",
        "sign_up": "account_signup",
        "reset": "account_reset_password",
        "security": "accounts:security",
        "addresses": "account_email",
    }
    urls = {name: settings.SITE_URL + reverse(page) for name, page in pages.items()}
    minutes = int(CODE.total_seconds() // 60)
    return {"address": email, "at": now, "minutes": minutes, "urls": urls}


def keys_of(user: User) -> str:
    """Return how the keys of letters about this account begin; says nothing of whom it is."""
    return f"{ACCOUNT}{keyed_hash(str(user.pk), purpose='letters of')[:16]}:"


def _key(kind: Kind, email: str, user: User | None, known: Mapping[str, Any], now: datetime) -> str:
    """Return a key that says nothing of whom the letter is for."""
    start = (keys_of(user) if user and user.pk else ACCOUNT) + kind.template
    if kind.is_answer:
        return f"{start}:{secrets.token_hex(12)}"
    told = "\n".join([email.lower(), f"{now:%Y-%m-%d %H:%M}", *map(str, known.values())])
    return f"{start}:{keyed_hash(told, purpose='letter')[:24]}"


def _supersede(kind: Kind, key: str, request: HttpRequest | None) -> None:
    """Take back what the same browser asked for before.

    A stranger cannot take back anything: the key of a letter is known to one session only.
    """
    session = getattr(request, "session", None)
    if session is None:
        return
    name = f"letter:{kind.template}"
    if earlier := session.get(name):
        outbox.cancel(earlier)
    session[name] = key
