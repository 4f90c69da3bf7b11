"""What the site holds about a person by having an account for them, and how it lets go of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Count

from accounts.models import (
    Consent,
    DeletionRequest,
    NotificationChoice,
    ProfileLink,
    SecondLook,
    User,
)
from accounts.registries import holdings
from accounts.registries.holdings import CommentsChoice, Holding, Person, Section

MODELS = (
    "accounts.User",
    "accounts.User_groups",
    "accounts.User_user_permissions",
    "accounts.ProfileLink",
    "accounts.NotificationChoice",
    "accounts.Consent",
    "accounts.DeletionRequest",
    "accounts.SecondLook",
    "account.EmailAddress",
    "account.EmailConfirmation",
    "mfa.Authenticator",
    "socialaccount.SocialAccount",
    "socialaccount.SocialToken",
)

FACTORS = {
    Authenticator.Type.WEBAUTHN: "Passkey",
    Authenticator.Type.TOTP: "Authenticator app",
    Authenticator.Type.RECOVERY_CODES: "Recovery codes",
}


def register() -> None:
    """Register what this app holds."""
    holdings.register(Holding("account", MODELS, export, erase, order=100))


def export(person: Person) -> Iterable[Section]:
    """Return the account, its addresses, ways to sign in, choices and agreements."""
    user = person.user
    yield Section(
        "account",
        "Your account",
        "What you told us about yourself, and what the account may do. The password is kept as a "
        "hash only; it is not in here, because whoever got hold of this archive could attack it.",
        [_account(user)],
    )
    yield _addresses(user)
    yield _ways_in(user)
    yield _elsewhere(user)
    yield Section(
        "profile-links",
        "Links of your profile",
        "The links that you show on your page.",
        [{"label": link.label, "url": link.url} for link in ProfileLink.objects.filter(user=user)],
    )
    yield Section(
        "notifications",
        "Letters you chose",
        "Where you said whether you want letters of a kind. Without a row, our default holds.",
        [
            {"kind": choice.kind, "wanted": choice.is_on}
            for choice in NotificationChoice.objects.filter(user=user).order_by("kind")
        ],
    )
    yield _agreements(user)
    yield _second_looks(user)
    yield _wish(user)


def _second_looks(user: User) -> Section:
    return Section(
        "second-looks",
        "Requests for another look at your page",
        "What you wrote when your public page had been taken down, and what we answered.",
        [
            {
                "page_taken_down_at": look.down_at,
                "asked_at": look.asked_at,
                "your_words": look.text,
                "answered_at": look.answered_at,
                "answer": look.answer,
            }
            for look in SecondLook.objects.filter(user=user).order_by("pk")
        ],
    )


def _wish(user: User) -> Section:
    return Section(
        "deletion",
        "Your wish to be deleted",
        "Stands here from the moment you ask until it is done or taken back.",
        [
            {
                "asked_at": wish.requested_at,
                "due_at": wish.due_at,
                "comments": wish.get_comments_display(),
            }
            for wish in DeletionRequest.objects.filter(user=user)
        ],
    )


def _account(user: User) -> dict[str, Any]:
    own = user.user_permissions.select_related("content_type").order_by("pk")
    return {
        "number": user.pk,
        "e-mail": user.email,
        "display_name": user.display_name,
        "about_you": user.bio,
        "time_zone": user.time_zone,
        "page_address": user.handle,
        "page_is_public": user.is_profile_public,
        "page_taken_down_at": user.profile_blocked_at,
        "page_taken_down_because": user.profile_blocked_reason,
        "has_a_password": user.has_usable_password(),
        "joined_at": user.date_joined,
        "last_signed_in_at": user.last_login,
        "is_active": user.is_active,
        "may_open_the_desk": user.is_staff,
        "may_do_everything": user.is_superuser,
        "roles": list(user.groups.order_by("name").values_list("name", flat=True)),
        "own_rights": [f"{right.content_type.app_label}.{right.codename}" for right in own],
    }


def _addresses(user: User) -> Section:
    rows = EmailAddress.objects.filter(user=user).order_by("pk")
    return Section(
        "addresses",
        "E-mail addresses",
        "The addresses of your account. Only confirmed ones count as yours.",
        [
            {
                "address": row.email,
                "confirmed": row.verified,
                "main": row.primary,
                "confirmations_sent_at": [
                    sent.sent
                    for sent in sorted(row.emailconfirmation_set.all(), key=lambda sent: sent.pk)
                ],
            }
            for row in rows.prefetch_related("emailconfirmation_set")
        ],
    )


def _ways_in(user: User) -> Section:
    rows = Authenticator.objects.filter(user=user).order_by("pk")
    return Section(
        "second-factors",
        "Passkeys, authenticator app, recovery codes",
        "What proves that it is you. The secrets themselves stay with us, because whoever had them "
        "could sign in as you.",
        [
            {
                "kind": FACTORS.get(row.type, row.type),
                "name": row.data.get("name", ""),
                "added_at": row.created_at,
                "last_used_at": row.last_used_at,
            }
            for row in rows
        ],
    )


def _elsewhere(user: User) -> Section:
    rows = SocialAccount.objects.filter(user=user).order_by("pk")
    rows = rows.annotate(key_count=Count("socialtoken"))
    return Section(
        "other-sites",
        "Accounts at other sites",
        "With which other sites you can sign in here, and what they told us when you connected "
        "them. Keys that they gave us are not included; they are like passwords.",
        [
            {
                "site": row.provider,
                "number_there": row.uid,
                "connected_at": row.date_joined,
                "last_used_at": row.last_login,
                "told_us": row.extra_data,
                "keys_kept": row.key_count,
            }
            for row in rows
        ],
    )


def _agreements(user: User) -> Section:
    rows = Consent.objects.filter(user=user).select_related("version").order_by("given_at", "pk")
    return Section(
        "agreements",
        "What you agreed to",
        "Which version of our terms and rules you agreed to, or took note of, and when.",
        [
            {
                "document": row.version.get_document_display(),
                "version": row.version.number,
                "agreed_at": row.given_at,
            }
            for row in rows
        ],
    )


def erase(person: Person, choice: CommentsChoice) -> Mapping[str, int]:
    """Delete everything that hangs on the account. The account itself goes last, elsewhere."""
    user = person.user
    counts: dict[str, int] = {}
    for model in (
        SocialAccount,
        Authenticator,
        EmailAddress,
        Consent,
        NotificationChoice,
        ProfileLink,
        SecondLook,
        DeletionRequest,
    ):
        _, deleted = model._default_manager.filter(user=user).delete()
        for label, count in deleted.items():
            counts[label] = counts.get(label, 0) + count
    user.groups.clear()
    user.user_permissions.clear()
    return counts
