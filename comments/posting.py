"""The way of a comment from the form to its place: received, confirmed, placed, edited, deleted.

What stands against it is in `admission`.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from comments import limits, notifications
from comments.admission import (
    Refused,
    check_changeable,
    check_editable,
    check_open,
    check_person,
    check_public,
    in_words,
)
from comments.identity import Visitor, commenter_at, commenter_of, hold_account
from comments.models import Comment, Commenter, ModerationAct, Policy, Thread
from comments.models.threads import Mode
from comments.moderation import SYSTEM, WRITER, decide, locked
from comments.placing import locked_thread, place_in_thread
from comments.rendering import render_comment
from comments.screening import Facts, Signal, screen
from comments.sections import section_digest, section_title
from comments.states import Action, ActorKind, Reason, State
from comments.trust import Level, standing_of
from core.client import keyed_hash

SCREENED = ["signals", "score", "score_words", "words_digest"]  # what `screen` finds out
FOR_GOOD = (Reason.AUTOMATIC,)
CLOSED_MEANWHILE = "The comments closed before the address was confirmed."
EDITED_ELSEWHERE = "Edited in a browser that has not confirmed the address."
ADDRESS_KEPT = timedelta(days=30)  # how long the keyed hash of a network address is kept


@dataclass
class Draft:
    """What somebody sent, checked by the form but not stored."""

    article: Article
    text: str
    visitor: Visitor
    name: str = ""
    email: str = ""  # of a guest
    parent: Comment | None = None
    section: str = ""
    wants_replies: bool = False
    submission: UUID = field(default_factory=uuid4)
    network: str = ""
    facts: Facts = field(default_factory=Facts)

    @property
    def user(self) -> User | None:
        """Return the account it is sent from."""
        return self.visitor.user


@transaction.atomic
def post(draft: Draft) -> Comment:
    """Store a comment and place it, or let it wait for its writer's confirmation.

    The same submission twice returns the comment that the first one made. Raises Refused where the
    thread is closed, the comment answered is locked or gone, the writer may not comment, or too
    much came from one place in a short time.
    """
    author = commenter_of(draft.user) if draft.user else commenter_at(draft.email)
    if not hold_account(author):
        raise Refused("left", "This account has been deleted, so nobody can comment with it.")
    thread = locked_thread(draft.article)
    made = Comment.objects.filter(submission=draft.submission).first()
    if made is not None:
        return made
    policy = Policy.current()
    check_open(thread, policy, draft.parent)
    is_proven = draft.user is not None or draft.visitor.has_confirmed(author)
    if is_proven:
        check_person(author)
    _check_limit(draft)
    comment = _store(draft, thread, author)
    signals = _screen(comment, draft.facts, policy)
    if is_proven:
        _place(comment, signals, policy)
    else:
        reason = Reason.CONFIRM_ADDRESS
        decide(comment, State.UNCONFIRMED, actor=SYSTEM, reason=reason)
        notifications.confirm_address(comment)
    return comment


def _check_limit(draft: Draft) -> None:
    who = f"user {draft.user.pk}" if draft.user else f"net {draft.network}"
    wait = limits.take("comment", keyed_hash(who, purpose="limit"))
    if wait is not None:
        raise Refused(
            "limit",
            f"That is a lot in a short time. Send it again in {in_words(wait)}; "
            "your words are kept in the form.",
            wait=wait,
        )


def _store(draft: Draft, thread: Thread, author: Commenter) -> Comment:
    number, path, depth = place_in_thread(thread, draft.parent)
    title = section_title(draft.article, draft.section)
    section = draft.section if title else ""
    revision = draft.article.live_revision if section else None  # it is a long text
    now = timezone.now()
    user = draft.user
    network = keyed_hash(draft.network, purpose="address") if draft.network else ""
    return Comment.objects.create(
        thread=thread,
        number=number,
        parent=draft.parent,
        path=path,
        depth=depth,
        author=author,
        name=(user.display_name if user and user.display_name else draft.name).strip(),
        is_by_editors=user is not None and user.is_staff,
        text=draft.text,
        html=render_comment(draft.text),
        revision_id=draft.article.live_revision_id,
        section=section,
        section_title=title[:200],
        section_digest=section_digest(revision, section) if revision else "",
        created_at=now,
        wants_replies=draft.wants_replies,
        submission=draft.submission,
        browser=draft.visitor.browser if user is None else "",
        address_hash=network,
        address_until=now + ADDRESS_KEPT if network else None,
    )


def _screen(comment: Comment, facts: Facts, policy: Policy) -> list[Signal]:
    """Return what speaks for a hold, and store it. How the form was filled in speaks for good."""
    kept = [Signal(Reason(why), detail) for why, detail in comment.signals if why in FOR_GOOD]
    signals = [*kept, *screen(comment, facts, policy)]
    comment.signals = [[signal.reason.value, signal.detail] for signal in signals]
    comment.save(update_fields=SCREENED)
    return signals


def verdict(comment: Comment, signals: list[Signal], policy: Policy) -> tuple[State, Reason, str]:
    """Return where a comment of a proven writer goes, why, and the detail for moderators."""
    author = comment.author
    if comment.is_by_editors:  # written signed in: a link in a letter does not make an editor
        return State.APPROVED, Reason.STAFF, ""
    if author.always_hold:
        return State.PENDING, Reason.ALWAYS_HELD, ""
    if signals:
        detail = " · ".join(signal.detail for signal in signals if signal.detail)
        return State.PENDING, signals[0].reason, detail
    mode = comment.thread.mode_under(policy)
    if mode == Mode.NONE:
        return State.APPROVED, Reason.OPEN_MODE, ""
    if mode == Mode.FIRST:
        if standing_of(author, policy).level >= Level.KNOWN:
            return State.APPROVED, Reason.TRUSTED, ""
        return State.PENDING, Reason.FIRST_COMMENTS, ""
    return State.PENDING, Reason.ALL_HELD, ""


def _place(comment: Comment, signals: list[Signal], policy: Policy) -> None:
    state, reason, detail = verdict(comment, signals, policy)
    decide(comment, state, actor=SYSTEM, reason=reason, detail=detail)


@transaction.atomic
def confirm(comment: Comment) -> Comment:
    """The owner of the address says that the comment is theirs: place it.

    A comment that was confirmed before is returned as it is. Where the thread was closed in the
    meantime, a moderator decides: it was open when they wrote. Raises Refused where the person may
    not comment, or the guide is gone; the comment then keeps waiting.
    """
    stored = locked(comment)
    if stored.state != State.UNCONFIRMED:
        return stored
    policy = Policy.current()
    check_public(stored.thread)
    check_person(stored.author)
    stored.confirmed_at = timezone.now()
    stored.save(update_fields=["confirmed_at"])
    signals = _screen(stored, Facts(), policy)
    if stored.thread.is_open(policy):
        _place(stored, signals, policy)
    else:
        decide(stored, State.PENDING, actor=SYSTEM, reason=Reason.RULE, detail=CLOSED_MEANWHILE)
    return stored


def confirm_rest(comment: Comment, browser: str) -> list[Comment]:
    """Place what else one browser wrote under an address that has just been confirmed in it.

    Not each comment has a letter: few go to one address in an hour. Returns what was confirmed;
    what cannot be, because its guide is gone, keeps waiting.
    """
    if not browser:
        return []
    waiting = Comment.objects.filter(
        author_id=comment.author_id, browser=browser, state=State.UNCONFIRMED
    )
    confirmed = []
    for other in waiting.order_by("pk"):
        with suppress(Refused):
            confirmed.append(confirm(other))
    return confirmed


def disown(comment: Comment) -> ModerationAct:
    """The owner of the address says that the comment is not theirs: it goes."""
    return decide(comment, State.DELETED, actor=WRITER, reason=Reason.NOT_THE_WRITER)


@transaction.atomic
def edit(comment: Comment, text: str, *, is_proven: bool = True) -> Comment:
    """Change the words of a comment, by its writer, and place it anew as if it came now.

    So a moderator's approval holds for the words that the moderator read. `is_proven` is False
    where the browser has not shown whose address it is: what was confirmed elsewhere then waits.
    Raises Refused after 15 minutes, once it was answered or rejected, and where the person may not
    comment.
    """
    stored = locked(comment)
    check_changeable(stored)
    if text == stored.text:
        return stored
    policy = Policy.current()
    stored.text = text
    stored.html = render_comment(text)
    stored.edited_at = timezone.now()
    stored.save(update_fields=["text", "html", "edited_at"])
    signals = _screen(stored, Facts(), policy)
    ModerationAct.objects.create(
        comment=stored, action=Action.EDIT, actor_kind=ActorKind.AUTHOR, reason=Reason.WRITER
    )
    notifications.of_edit(stored)
    state, reason, detail = verdict(stored, signals, policy)
    if state == State.APPROVED and not is_proven:
        state, reason, detail = State.PENDING, Reason.RULE, EDITED_ELSEWHERE
    if stored.state == State.APPROVED and state == State.PENDING:
        decide(stored, state, actor=SYSTEM, reason=reason, detail=detail)
    return stored


@transaction.atomic
def delete(comment: Comment) -> ModerationAct:
    """Delete a comment, by its writer. Raises Refused as `edit` does."""
    stored = locked(comment)
    check_editable(stored)
    return decide(stored, State.DELETED, actor=WRITER, reason=Reason.WRITER)
