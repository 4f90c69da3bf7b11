"""Comments and people who write them, for tests: made by the functions that the site calls."""

from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import User
from accounts.roles import MODERATOR
from articles.models import Article
from articles.tests.factories import create_live_guide
from comments.identity import Visitor, commenter_at
from comments.models import Comment, Commenter, Policy
from comments.moderation import READERS, SYSTEM, WRITER, decide, moderator
from comments.posting import Draft, post
from comments.states import Reason, State

_numbers = count(1)


def create_reader(*, name: str = "Rana Reader", email: str = "", **fields: Any) -> User:
    """Return an account with a confirmed address."""
    email = email or f"reader-{next(_numbers)}@example.org"
    user = User.objects.create_user(email, display_name=name, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def create_moderator(*, name: str = "Mo Derator") -> User:
    """Return somebody who may decide about comments at the desk."""
    user = create_reader(name=name, is_staff=True)
    user.groups.add(Group.objects.get(name=MODERATOR))
    return user


def set_policy(**fields: Any) -> Policy:
    """Store the site's policy with these fields changed."""
    policy = Policy.current()
    for name, value in fields.items():
        setattr(policy, name, value)
    policy.save()
    return policy


def create_comment(
    article: Article | None = None,
    *,
    state: State = State.APPROVED,
    text: str = "A thought about this guide.",
    name: str = "Gus Guest",
    author: Commenter | None = None,
    user: User | None = None,
    email: str = "",
    browser: str = "",
    parent: Comment | None = None,
    by: User | None = None,
    reason: Reason = Reason.OFF_TOPIC,
    **fields: Any,
) -> Comment:
    """Return a comment that went its way to a state, decided by `by` (default: a new moderator).

    By a guest with a confirmed address, or by the account `user`. Limits of rate do not count.
    """
    if author is not None:
        user, email = author.user, author.guest_email
    draft = Draft(
        article=(parent.thread.article if parent else article) or create_live_guide(),
        text=text,
        name=name,
        email="" if user else email or f"guest-{next(_numbers)}@example.org",
        visitor=Visitor(user=user, browser=browser),
        parent=parent,
        network=f"198.51.100.{next(_numbers)}",
        **fields,
    )
    if user is None and state != State.UNCONFIRMED:
        draft.visitor.confirmed = [commenter_at(draft.email).pk]  # before: no letter asks again
    comment = post(draft)
    if draft.visitor.confirmed:
        comment.confirmed_at = timezone.now()
        comment.save(update_fields=["confirmed_at"])
    _take_to(comment, state, by, reason)
    return comment


def _take_to(comment: Comment, state: State, by: User | None, reason: Reason) -> None:
    comment.refresh_from_db()
    if comment.state == state:
        return
    if state == State.PENDING:  # it was approved at once, by trust
        decide(comment, state, actor=SYSTEM, reason=Reason.ALL_HELD)
        return
    if state == State.REJECTED:
        actor = moderator(by or create_moderator())
        decide(comment, state, actor=actor, reason=reason)
        return
    if comment.state == State.PENDING:
        actor = moderator(by or create_moderator())
        decide(comment, State.APPROVED, actor=actor, reason=Reason.FITS)
    if state == State.HIDDEN:
        decide(comment, state, actor=READERS, reason=Reason.REPORTED)
    elif state == State.DELETED:
        decide(comment, state, actor=WRITER, reason=Reason.WRITER)
