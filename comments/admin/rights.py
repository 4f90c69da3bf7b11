"""Who may do what at the desk of comments, and how people are named there."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User
from comments.models import Commenter, ModerationAct
from comments.states import ActorKind

LOOK = "comments.view_comment"
DECIDE = "comments.moderate_comment"
RESTRICT = "comments.restrict_commenter"
ANSWER = "comments.decide_appeal"  # appeals and notices
THREADS = "comments.change_thread"
NOTES = "comments.add_note"


def user_of(request: HttpRequest) -> User:
    """Return who sits at the desk; only views behind its door ask."""
    return cast("User", request.user)


def require(request: HttpRequest, right: str) -> None:
    """Raise PermissionDenied for who lacks a right."""
    if not user_of(request).has_perm(right):
        raise PermissionDenied


def name_of(user: User | None) -> str:
    """Return how a colleague is called. An account without a name is a number, not an address."""
    if user is None:
        return "a moderator who has left"
    return user.display_name or f"colleague {user.pk}"


def who_did(act: ModerationAct) -> str:
    """Return who stands behind a row of the log."""
    if act.actor_kind == ActorKind.MODERATOR:
        return name_of(act.actor)
    return ActorKind(act.actor_kind).label


def name_of_person(person: Commenter) -> str:
    """Return how somebody who comments is called where no comment of theirs stands beside it."""
    if person.stands_for_leavers:
        return "people who left"
    if person.user is None:
        return f"guest {person.pk}"
    return person.user.display_name or f"account {person.pk}"
