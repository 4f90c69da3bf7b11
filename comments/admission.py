"""Who may write where, and change what: each refusal has a code and words for the person."""

import math
from datetime import timedelta

from articles.models import Article
from comments.models import Comment, Commenter, Policy, Thread
from comments.models.comment import SEGMENT
from comments.states import State


class Refused(Exception):  # noqa: N818  it is an answer to a person, not a fault
    """Raised where a comment is not taken. Nothing was stored; the caller gives the words back."""

    def __init__(self, code: str, message: str, *, wait: timedelta | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.wait = wait


def check_public(thread: Thread) -> None:
    """Raise Refused where the guide is not public any more."""
    if not Article.objects.published().filter(pk=thread.article_id).exists():
        raise Refused("gone", "This guide is not public any more, so nobody can comment on it.")


def check_open(thread: Thread, policy: Policy, parent: Comment | None = None) -> None:
    """Raise Refused where nobody can comment here, or answer this comment."""
    check_public(thread)
    if not thread.is_open(policy):
        raise Refused("closed", "The comments on this guide are closed.")
    if parent is None:
        return
    if parent.thread_id != thread.pk or parent.state != State.APPROVED:
        raise Refused("parent-gone", "The comment that you answer is no longer public.")
    above = [parent.path[:end] for end in range(SEGMENT, len(parent.path) + 1, SEGMENT)]
    if Comment.objects.filter(thread=thread, path__in=above, is_locked=True).exists():
        raise Refused("locked", "A moderator has closed this conversation for further replies.")


def check_person(author: Commenter) -> None:
    """Raise Refused where a person may not comment now."""
    if author.is_banned:
        raise Refused("banned", "A moderator has decided that you cannot comment here any more.")
    if author.is_suspended() and author.suspended_until is not None:
        until = f"{author.suspended_until:%-d %B %Y, %H:%M} UTC"
        raise Refused("suspended", f"A moderator has suspended you from commenting until {until}.")


def check_editable(comment: Comment) -> None:
    """Raise Refused where a comment can no longer be changed or deleted by its writer."""
    if comment.is_editable():
        return
    if comment.state == State.DELETED:
        raise Refused("deleted", "The comment was deleted before.")
    if comment.is_answered():
        raise Refused("answered", "Somebody has answered the comment, so it stays as it is.")
    if comment.state in {State.REJECTED, State.HIDDEN}:
        raise Refused("decided", "The comment was decided about, so it stays as it is.")
    raise Refused("too-late", "A comment can be changed for 15 minutes; they have passed.")


def check_changeable(comment: Comment) -> None:
    """Raise Refused where a comment cannot get other words, by its age, state or writer."""
    check_editable(comment)
    if comment.state != State.UNCONFIRMED:  # before that nobody knows whose address it is
        check_person(comment.author)


def in_words(wait: timedelta) -> str:
    """Return a waiting time in words, rounded up: "a minute", "12 minutes", "3 hours"."""
    minutes = max(1, math.ceil(wait.total_seconds() / 60))
    if minutes == 1:
        return "a minute"
    return f"{minutes} minutes" if minutes < 90 else f"{math.ceil(minutes / 60)} hours"
