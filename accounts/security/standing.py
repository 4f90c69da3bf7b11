"""How an account is protected, and what its person should do next about it."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.registries.menu import AccountPage

FEW_CODES = 3


@dataclass(frozen=True)
class Passkey:
    """A passkey in the list of its person."""

    pk: int
    name: str
    added_at: datetime
    last_used_at: datetime | None
    is_enough_alone: bool


@dataclass(frozen=True)
class RecoveryCodes:
    """What is left of the recovery codes. `left` is None where they cannot be read."""

    left: int | None
    were_seen: bool


@dataclass(frozen=True)
class Protection:
    """Everything that keeps strangers out of an account."""

    user: User
    addresses: list[EmailAddress]
    passkeys: list[Passkey]
    app: Authenticator | None
    codes: RecoveryCodes | None

    @property
    def has_password(self) -> bool:
        """Return whether the person can sign in with a password."""
        return self.user.has_usable_password()

    @property
    def has_factor(self) -> bool:
        """Return whether something is asked for beyond a password or an e-mailed code."""
        return bool(self.passkeys or self.app)

    @property
    def must_have_factor(self) -> bool:
        """Return whether the desk asks this person for one."""
        return self.user.is_staff and settings.STAFF_SECOND_FACTOR

    @property
    def unconfirmed(self) -> list[EmailAddress]:
        """Return the addresses that nobody has proven to be theirs."""
        return [address for address in self.addresses if not address.verified]


@dataclass(frozen=True)
class Step:
    """What to do next: the state in a sentence, the advice, and where. Without a link all is done.

    `level` is one of "success", "warning" and "info", which the page also says in words.
    """

    level: str
    state: str
    advice: str
    url_name: str = ""
    label: str = ""


def protection_of(user: User) -> Protection:
    """Return how an account is protected; two queries."""
    factors = list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))
    by_type = {factor.type: factor for factor in factors}
    codes = by_type.get(Authenticator.Type.RECOVERY_CODES)
    return Protection(
        user=user,
        addresses=list(EmailAddress.objects.filter(user=user).order_by("-primary", "email")),
        passkeys=[
            _passkey(factor) for factor in factors if factor.type == Authenticator.Type.WEBAUTHN
        ],
        app=by_type.get(Authenticator.Type.TOTP),
        codes=_recovery_codes(codes) if codes else None,
    )


def _passkey(factor: Authenticator) -> Passkey:
    wrapped = factor.wrap()
    return Passkey(
        pk=factor.pk,
        name=wrapped.name,
        added_at=factor.created_at,
        last_used_at=factor.last_used_at,
        is_enough_alone=wrapped.is_passwordless is not False,
    )


def _recovery_codes(factor: Authenticator) -> RecoveryCodes:
    codes = factor.wrap()
    try:
        left = len(codes.get_unused_codes())
    except ValidationError:
        left = None
    return RecoveryCodes(left=left, were_seen=codes.did_view)


def next_step(protection: Protection) -> Step:
    """Return the one thing that would help this account most now."""
    if not protection.has_factor:
        return _without_factor(protection)
    codes = protection.codes
    if codes is None or not codes.left:
        return Step(
            "warning",
            "Your account asks for a second factor, and there is no way around it for you.",
            "If the device with it is lost, so is the way in. Recovery codes are that way: make "
            "some and keep them on paper or in a password manager.",
            "mfa_generate_recovery_codes",
            "Make recovery codes",
        )
    if not codes.were_seen:
        return Step(
            "warning",
            "Your recovery codes wait to be written down.",
            "They are the way in when the device with your second factor is lost.",
            "mfa_view_recovery_codes",
            "See the recovery codes",
        )
    if codes.left <= FEW_CODES:
        return Step(
            "warning",
            f"Only {codes.left} of your recovery codes {'is' if codes.left == 1 else 'are'} left.",
            "Make new ones while you can sign in. The old ones stop working.",
            "mfa_generate_recovery_codes",
            "Make new recovery codes",
        )
    return Step(
        "success",
        "Your account is well protected.",
        "Whoever has only your password or only your mailbox cannot sign in. "
        "There is nothing to do.",
    )


def _without_factor(protection: Protection) -> Step:
    if protection.unconfirmed:
        return Step(
            "warning",
            "One of your e-mail addresses is not confirmed.",
            "Confirm or remove it. A second factor can be added after that.",
            "account_email",
            "Go to your addresses",
        )
    if protection.must_have_factor:
        return Step(
            "warning",
            "The desk is closed to you until you have a second factor.",
            "A passkey is the simplest: your device asks for fingerprint, face or PIN.",
            "mfa_add_webauthn",
            "Add a passkey",
        )
    if protection.has_password:
        state = "Your password, or your mailbox, is all that a stranger needs."
    else:
        state = "Your mailbox is all that a stranger needs."
    return Step(
        "info",
        state,
        "A passkey closes both ways: signing in then needs your device too, with fingerprint, face "
        "or PIN. It takes half a minute.",
        "mfa_add_webauthn",
        "Add a passkey",
    )


def summary(user: User) -> str:
    """Return the state of an account in a line, for its overview; one query."""
    types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    if not types - {Authenticator.Type.RECOVERY_CODES.value}:
        return "No second factor yet."
    named = [
        label
        for kind, label in (
            (Authenticator.Type.WEBAUTHN.value, "passkey"),
            (Authenticator.Type.TOTP.value, "authenticator app"),
        )
        if kind in types
    ]
    return f"Protected by {' and '.join(named)}."


PAGE = AccountPage(
    "security",
    "Security",
    "accounts:security",
    60,
    summary,
    within=(
        "accounts:devices",
        "accounts:second-factor",
        "accounts:set-password",
        "account_change_password",
        "account_email",
        "account_reauthenticate",
        "account_set_password",
        "mfa_",
        "socialaccount_connections",
        "usersessions_",
    ),
)
