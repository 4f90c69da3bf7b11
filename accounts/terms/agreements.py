"""What people agreed to, and what they are still to be asked.

Agreeing is asked where somebody arrives at their account, and said on its pages until it is
answered. It never stands in the way: reading, commenting, exporting and deleting go on. Whoever
comments keeps to the community rules as every guest does, who agrees to nothing either; asking
signed-in people for more than strangers would only make an account worth less.
"""

from typing import Any
from urllib.parse import urlencode

from allauth.account.signals import user_signed_up
from django.db import transaction
from django.dispatch import receiver
from django.urls import reverse

from accounts.models import Consent, Document, DocumentVersion, User
from accounts.registries.banners import Banner

NAMES = {
    Document.TERMS: "terms",
    Document.PRIVACY: "privacy page",
    Document.COMMUNITY_RULES: "community rules",
}


def asked(user: User) -> list[DocumentVersion]:
    """Return the versions that a person has not agreed to since they changed notably."""
    found = DocumentVersion.objects.asked_of(user).defer("text", "html", "keepings")
    return sorted(found, key=lambda version: list(Document).index(version.kind))


@transaction.atomic
def agree(user: User, versions: list[DocumentVersion]) -> None:
    """Record that a person agrees to versions, or takes note of them. Once is enough."""
    Consent.objects.bulk_create(
        [Consent(user=user, version=version) for version in versions], ignore_conflicts=True
    )


def agree_to_all(user: User) -> None:
    """Record that somebody who signs up agrees to what is in force."""
    agree(user, list(DocumentVersion.objects.current().defer("text", "html")))


def page_after_sign_in(user: Any, usual: str) -> str:
    """Return where to go after signing in: to the question, if there is one, and from there on."""
    if not DocumentVersion.objects.asked_of(user).exists():
        return usual
    return f"{reverse('accounts:agreements')}?{urlencode({'next': usual})}"


def banner(user: User) -> Banner | None:
    """Return what the account's pages say while a question is open. One query."""
    names = [NAMES[version.kind] for version in asked(user)]
    if not names:
        return None
    text = f"We ask you to look at our {_listed(names)}."
    return Banner(text, "Read and answer", "accounts:agreements")


@receiver(user_signed_up, dispatch_uid="accounts.agreements")
def note_sign_up(sender: Any, user: User, **kwargs: Any) -> None:
    """Record what the sign-up form says: that signing up agrees."""
    agree_to_all(user)


def _listed(names: list[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
