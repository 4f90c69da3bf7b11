"""What the account itself puts into the registries: its pages, kinds of letters, next steps."""

from allauth.mfa.models import Authenticator
from django.urls import reverse

from accounts.data.handle_holdings import HOLDING
from accounts.models import User
from accounts.profile import handles
from accounts.registries import holdings, menu, next_steps, notices
from accounts.registries.next_steps import NextStep
from accounts.security import second_factor
from core import retention

SECURITY = notices.NoticeKind(
    "account",
    "Your account and its security",
    "Codes to sign in with, changes of your password, address or second factor, and what is "
    "decided about your public page. You need them to notice when somebody else is at your "
    "account.",
    is_required=True,
)
RETIRED_HANDLES = retention.Keeping(
    "retired-handles",
    "The address of a public page that you gave up, as a keyed hash",
    "So that nobody else can take it and pass for you.",
    period=handles.HELD,
    since="you gave it up",
    purge=handles.forget,
)


def register() -> None:
    """Fill the registries with what belongs to the account itself."""
    menu.register(
        menu.AccountPage(
            "profile",
            "Profile",
            "accounts:profile",
            40,
            profile_summary,
            within=("accounts:another-look",),
        )
    )
    menu.register(
        menu.AccountPage(
            "notifications", "Notifications", "accounts:notifications", 50, letters_summary
        )
    )
    notices.register(SECURITY)
    next_steps.register("recovery-codes", _make_codes, order=5)
    next_steps.register("name", _choose_name, order=10)
    next_steps.register("passkey", _add_passkey, order=20)
    retention.register(RETIRED_HANDLES)
    holdings.register(HOLDING)


def profile_summary(user: User) -> str:
    """Say under which name the person writes, and who can read about them."""
    name = f"You write as {user.display_name}." if user.display_name else "You have no name yet."
    if user.profile_blocked_at is not None:
        return f"{name} Your public page was taken down."
    if user.is_profile_public:
        return f"{name} Your public page is at {reverse('accounts:member', args=[user.handle])}."
    return f"{name} You have no public page."


def letters_summary(user: User) -> str:
    """Say how many kinds of letters are on."""
    chosen = notices.choices(user).values()
    on = sum(chosen)
    if not chosen or on == len(chosen):
        return "Every kind of letter is on."
    if not on:
        return "Every kind of letter that you can choose is off."
    return f"{on} of {len(chosen)} kinds of letters that you can choose are on."


def _make_codes(user: User) -> NextStep | None:
    if not second_factor.lacks_codes(user):
        return None
    return NextStep(
        "If you lose the device with your second factor, nothing else lets you in. Recovery codes "
        "on paper do.",
        "Make recovery codes",
        reverse("mfa_generate_recovery_codes"),
    )


def _choose_name(user: User) -> NextStep | None:
    if user.display_name:
        return None
    return NextStep(
        "Choose the name that stands beside what you write, and your time zone.",
        "Fill in your profile",
        reverse("accounts:profile"),
    )


def _add_passkey(user: User) -> NextStep | None:
    if Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists():
        return None
    return NextStep(
        "With a passkey you sign in by your fingerprint, your face or the PIN of your device. "
        "Nobody can guess it or talk you out of it.",
        "Add a passkey",
        reverse("mfa_add_webauthn"),
    )
