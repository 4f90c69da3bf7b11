"""What people are told by mail, and when. Nothing is sent from here: letters go to the outbox.

A writer is told once of each state that they do not see for themselves: what happens while they
post, confirm, edit or delete stands on their page. Letters about decisions wait for three minutes,
and a later decision takes an unsent letter back; if the comment is then as its writer knows it,
nothing is told. A reply is told when its words can no longer be changed.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import count

from django.db.models import QuerySet
from django.utils import timezone

from comments import letters, limits, wanted
from comments.models import Appeal, Comment, Commenter, ModerationAct, Notice
from comments.states import Action, ActorKind, Reason, State
from core.client import keyed_hash
from mailing import outbox
from mailing.models import Fate

SETTLES = timedelta(minutes=3)  # time in which a decision can be taken back untold
SEEN_ON_PAGE = (ActorKind.AUTHOR, ActorKind.SYSTEM)
TEMPLATES = {
    State.APPROVED: "comments/mail/approved.txt",
    State.REJECTED: "comments/mail/rejected.txt",
    State.HIDDEN: "comments/mail/hidden.txt",
    State.PENDING: "comments/mail/held.txt",
}


def act_key(act: ModerationAct) -> str:
    """Return the key of the letter about an act."""
    return f"act-{act.pk}"


def reply_key(comment: Comment) -> str:
    """Return the key of the letter that tells of a reply."""
    return f"reply-{comment.pk}"


# Is it yours?


def confirm_address(comment: Comment) -> timedelta | None:
    """Ask the owner of the address whether the comment is theirs.

    Asked again, another letter follows the one that was sent. Returns None, or how long to wait
    where too many such letters went to the address: the comment waits, and nothing is sent.
    """
    to = comment.author.email
    wait = limits.take("confirm", keyed_hash(to.lower(), purpose="confirm"))
    if wait is not None:
        return wait
    words = letters.excerpt(comment.text)
    quoted = letters.without_addresses(words)
    outbox.queue(
        to=to,
        template="comments/mail/confirm.txt",
        context={
            **letters.about(comment),
            "confirm_url": letters.confirm_link(comment),
            "words": quoted,
            "has_links": quoted != words,
        },
        key=next(key for key, fate in _confirm_letters(comment) if fate != Fate.SENT),
    )
    return None


def _confirm_letters(comment: Comment) -> Iterator[tuple[str, Fate | None]]:
    """Yield the keys of the letters that ask about a comment, and of one that can be written."""
    for number in count(1):
        key = f"confirm-{comment.pk}-{number}"
        fate = outbox.fate_of(key)
        yield key, fate
        if fate is None:
            return


def confirm_letter_fate(comment: Comment) -> Fate | None:
    """Return what became of the last letter that asked about a comment; None without one."""
    return next(
        (fate for _, fate in reversed(list(_confirm_letters(comment))) if fate is not None), None
    )


# Decisions about a comment


def of_decision(act: ModerationAct) -> None:
    """Tell the writer of a decision about a comment, and whoever is answered of the answer."""
    comment = act.comment
    assert comment is not None
    if act.to_state == State.APPROVED:
        if act.reason != Reason.IMPORTED and _is_news(act):
            _tell_answered(comment)
    elif act.from_state == State.APPROVED:
        outbox.cancel(reply_key(comment))
    earlier = list(comment.acts.decisions().filter(pk__lt=act.pk).newest_first())
    outbox.cancel_all(act_key(other) for other in earlier if not _is_known_already(other))
    if act.to_state == State.DELETED:
        _leave_in_peace(comment)
    if _is_known_already(act):
        return
    known = known_state(earlier)
    if known == act.to_state:
        return
    if wanted.is_optional(act, known) and not wanted.wants(comment.author, wanted.APPROVALS):
        return
    _tell_writer(act, comment)


def _is_known_already(act: ModerationAct) -> bool:
    """Return whether an act has no letter: it is seen on a page, or an appeal's letter tells it."""
    return act.actor_kind in SEEN_ON_PAGE or act.reason == Reason.APPEAL


def known_state(earlier: Iterable[ModerationAct]) -> str:
    """Return the state that the writer knows: seen on a page, or told in a letter that is out.

    `earlier` are decisions about one comment, the latest first.
    """
    for act in earlier:
        if _is_known_already(act) or outbox.fate_of(act_key(act)) in {Fate.SENT, Fate.WAITING}:
            return act.to_state
    return ""


def _tell_writer(act: ModerationAct, comment: Comment) -> None:
    outbox.queue(
        to=letters.address_of(comment.author),
        template=TEMPLATES[State(act.to_state)],
        context={
            **letters.about(comment),
            **letters.of_act(act),
            "was_public": comment.published_at is not None and comment.published_at < act.at,
            "by_readers": act.actor_kind == ActorKind.READERS,
            "tells_replies": comment.wants_replies and wanted.wants(comment.author, wanted.REPLIES),
        },
        key=act_key(act),
        not_before=timezone.now() + SETTLES,
    )


def _leave_in_peace(comment: Comment) -> None:
    """Take back every question and every reply that still waits for a comment that is gone."""
    outbox.cancel_all(key for key, fate in _confirm_letters(comment) if fate == Fate.WAITING)
    outbox.cancel_all(reply_key(reply) for reply in comment.replies.all())


def withdraw(act: ModerationAct) -> None:
    """Take back what has not been sent yet about an act that was undone."""
    outbox.cancel(act_key(act))


# Replies


def _is_news(act: ModerationAct) -> bool:
    """Return whether a comment is public for the first time, or nobody was told of it before."""
    comment = act.comment
    assert comment is not None
    before = comment.acts.filter(to_state=State.APPROVED, pk__lt=act.pk, undone_by=None)
    return not before.exists() or outbox.fate_of(reply_key(comment)) == Fate.TAKEN_BACK


def _tell_answered(comment: Comment) -> None:
    """Tell the writer of the comment that is answered, if they want to know and may answer."""
    answered = comment.parent
    if answered is None or not answered.wants_replies or answered.state != State.APPROVED:
        return
    person = answered.author
    if person.pk == comment.author_id or person.is_banned or person.is_suspended():
        return
    if not wanted.wants(person, wanted.REPLIES):
        return
    stop = letters.unsubscribe_link(answered)
    outbox.queue(
        to=letters.address_of(person),
        template="comments/mail/reply.txt",
        context={
            **letters.about(comment),
            "name": letters.name_of(person, answered),
            "words": letters.excerpt(comment.text),
            "unsubscribe_url": stop,
        },
        key=reply_key(comment),
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        not_before=max(timezone.now() + SETTLES, comment.edit_until()),
    )


def of_edit(comment: Comment) -> None:
    """Have an unsent letter about a reply quote the words as they are now."""
    if outbox.cancel(reply_key(comment)):
        _tell_answered(comment)


def stop_replies(comments: QuerySet[Comment]) -> int:
    """Tell no more replies to these comments, also none that waits; return to how many."""
    replies = Comment.objects.filter(parent__in=comments)
    outbox.cancel_all(reply_key(reply) for reply in replies)
    return comments.filter(wants_replies=True).update(wants_replies=False)


# Decisions about a person


def of_restriction(act: ModerationAct) -> None:
    """Tell a person that they are held, suspended, banned, or free again."""
    person = act.commenter
    if person is None or act.reason == Reason.APPEAL:
        return
    if act.action == Action.LIFT and not _heard_of_a_restriction(person, act):
        return
    outbox.queue(
        to=letters.address_of(person),
        template="comments/mail/restriction.txt",
        context={
            "name": letters.name_of(person),
            "person": person,
            "is_suspended": person.is_suspended(),
            **letters.of_act(act),
        },
        key=act_key(act),
        not_before=timezone.now() + SETTLES,
    )


def _heard_of_a_restriction(person: Commenter, lifting: ModerationAct) -> bool:
    """Return whether a letter about what is lifted is out; those that wait are taken back."""
    if lifting.undoes is not None:
        lifted = [lifting.undoes]
    else:
        lifted = list(person.acts.exclude(action=Action.LIFT).filter(pk__lt=lifting.pk))
    outbox.cancel_all(act_key(act) for act in lifted)
    told = {Fate.SENT, Fate.WAITING}
    return any(outbox.fate_of(act_key(act)) in told for act in lifted)


# Answers to appeals and notices


def of_appeal(appeal: Appeal) -> None:
    """Tell the writer how another moderator decided."""
    act = appeal.act
    person = act.person
    if person is None:
        return
    comment = act.comment
    outbox.queue(
        to=letters.address_of(person),
        template="comments/mail/appeal.txt",
        context={
            "name": letters.name_of(person, comment),
            **(letters.about(comment) if comment is not None else {}),
            "appeal": appeal,
            "is_reversed": appeal.outcome == Appeal.Outcome.REVERSED,
            "is_public": comment is not None
            and Comment.objects.approved().filter(pk=comment.pk).exists(),
            "decision_url": letters.decision_link(act),
        },
        key=f"appeal-{appeal.pk}",
    )


def of_notice(notice: Notice) -> None:
    """Acknowledge a notice of illegal content, or tell how it was decided.

    Nobody has confirmed the address, so the letters repeat nothing that was typed into the form.
    """
    step = "received" if notice.is_open else "decided"
    outbox.queue(
        to=notice.email,
        template=f"comments/mail/notice_{step}.txt",
        context={
            "notice": notice,
            "is_removed": notice.outcome == Notice.Outcome.REMOVED,
            "status_url": letters.link("notice-status", notice.code),
        },
        key=f"notice-{notice.pk}-{step}",
    )
