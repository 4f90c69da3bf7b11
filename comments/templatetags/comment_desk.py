"""Words of the desk of comments: who did something, and how much waits."""

from django import template
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from comments.admin.queues import waiting_count
from comments.admin.rights import DECIDE, name_of, name_of_person, who_did
from comments.models import Commenter, ModerationAct

register = template.Library()


@register.filter
def who(act: ModerationAct) -> str:
    """Return who stands behind a row of the log."""
    return who_did(act)


@register.filter
def colleague(user: User | None) -> str:
    """Return how a moderator is called, never by an address."""
    return name_of(user)


@register.filter
def changed_by(user: User | None) -> str:
    """Return who stands behind an entry of a history of the desk, never by an address."""
    return "a program, or somebody who has left" if user is None else name_of(user)


@register.filter
def person_name(person: Commenter) -> str:
    """Return how somebody who comments is called where no name of theirs stands."""
    return name_of_person(person)


@register.filter
def counted_word(pair: tuple[str, float]) -> str:
    """Return a word that counted for the spam score, with its weight: "followers +3.1"."""
    word, weight = pair
    return f"{word} {weight:+.1f}"


@register.simple_tag
def waiting_comments(user: User | AnonymousUser) -> int | None:
    """Return how many comments wait for a moderator; None for who may not decide."""
    return waiting_count() if user.has_perm(DECIDE) else None
