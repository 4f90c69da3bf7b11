"""What somebody wrote as a reader, once they leave: the name goes, and the words if they want it.

Rows stay, so that answers keep their place, the log its order and the public figures their counts.
What is emptied, and what stays, is told in docs/moderation.md.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.data.mentions import Mentions
from comments import notifications
from comments.models import (
    Appeal,
    Comment,
    Commenter,
    Flag,
    ModerationAct,
    Note,
    Notice,
    RuleHit,
)
from comments.moderation import delete_all
from comments.personal import log
from comments.personal.traces import (
    LEFT,
    acts_about,
    appeals_of,
    comments_of,
    cut_reporter_key,
    notices_from,
)
from comments.personal.unlearning import lessons_of, unlearn
from comments.rendering import render_comment
from comments.screening.learning import learn_in_background
from comments.states import State
from mailing import outbox
from mailing.models import EMPTY, Letter

ANSWERED = "The writer has left since, and these words with them."
# Words that nobody reads, and nobody will: the writer cannot confirm or appeal any more.
GO_ANYWAY = (State.UNCONFIRMED, State.REJECTED)
# What a comment looks like once nobody wrote it.
NOBODYS: dict[str, Any] = {
    "name": LEFT,
    **dict.fromkeys(("browser", "address_hash"), ""),
    **dict.fromkeys(("address_until", "confirmed_at"), None),
    "wants_replies": False,
    "signals": [],
}


@dataclass(frozen=True)
class Leaver:
    """Somebody on the way out: the rows they comment as, where texts mention them, their wish."""

    commenters: Collection[int]
    addresses: frozenset[str]
    mentions: Mentions
    removes_words: bool

    def loses_words(self, comment: Comment) -> bool:
        """Return whether the words of a comment go."""
        return self.removes_words or comment.state in GO_ANYWAY


def leave(leaver: Leaver) -> Counter[str]:
    """Let go of somebody as a reader; return how many rows of which kind were changed or deleted.

    Locks appeals and notices before threads, as everybody does. Nothing is left for a second call.
    """
    counts = Counter[str]()
    counts["appeals"] = _appeals(leaver)
    counts["notices"] = _notices(leaver)
    written = list(comments_of(leaver.commenters))
    gone = [comment.pk for comment in written if leaver.loses_words(comment)]
    acts = acts_about(leaver.commenters)
    _letters(acts)
    counts["decisions"] = log.empty_statements(acts)
    counts["decisions"] += log.empty_details(ModerationAct.objects.filter(comment__in=gone))
    counts["decisions"] += log.take_out(acts.filter(commenter=None), leaver.mentions)
    counts["reports"] = _flags(leaver, gone)
    counts["notes"] = Note.objects.filter(comment__author__in=leaver.commenters).delete()[0]
    counts["rule hits"] = RuleHit.objects.filter(comment__in=gone).delete()[0]
    counts["spam lessons"] = _unlearn(gone)
    if written:
        _let_go_of_all(written, gone, leaver.mentions)
        _letters_to_others(written, gone)
    counts["comments"] = len(written)
    counts["people who comment"] = _commenters(leaver.commenters)
    return counts


def _appeals(leaver: Leaver) -> int:
    """Withdraw appeals that wait, with whoever could be answered; empty those that were decided."""
    appeals = appeals_of(leaver.commenters)
    keys = list(appeals.select_for_update(of=("self",)).values_list("pk", flat=True))
    mine = Appeal.objects.filter(pk__in=keys)
    outbox.cancel_all(f"appeal-{key}" for key in keys)
    decided = mine.exclude(outcome="").update(text="", statement=ANSWERED)
    return decided + mine.filter(outcome="").delete()[0]


def _notices(leaver: Leaver) -> int:
    """Forget who sent a notice, and in notices about the person's comments whom they name."""
    sent = list(notices_from(leaver.addresses).select_for_update(of=("self",)))
    keys = [f"notice-{notice.pk}-{step}" for notice in sent for step in ("received", "decided")]
    outbox.cancel_all(keys)
    for notice in sent:
        notice.name = notice.email = ""
        _take_out_of_notice(notice, leaver.mentions)
    about = Notice.objects.filter(comment__author__in=leaver.commenters).order_by("pk")
    received = list(about.select_for_update(of=("self",)).select_related("comment"))
    for notice in received:
        assert notice.comment is not None
        if not notice.is_open and leaver.loses_words(notice.comment):
            notice.explanation, notice.statement = "", ANSWERED
        _take_out_of_notice(notice, leaver.mentions)
    return len({notice.pk for notice in (*sent, *received)})


def _take_out_of_notice(notice: Notice, mentions: Mentions) -> None:
    notice.explanation = mentions.taken_out_of(notice.explanation)
    notice.statement = mentions.taken_out_of(notice.statement)
    notice.save(update_fields=["name", "email", "explanation", "statement"])


def _letters(acts: Iterable[ModerationAct]) -> None:
    """Take back what the person has not been told yet."""
    outbox.cancel_all(notifications.act_key(act) for act in acts)


def _flags(leaver: Leaver, gone: Collection[int]) -> int:
    """Cut reports from whoever made them; empty reports of words that go."""
    made = Flag.objects.filter(reporter__in=leaver.commenters)
    count = made.count()
    for report in made:
        report.reporter, report.words, report.reporter_key = None, "", cut_reporter_key()
        report.save(update_fields=["reporter", "words", "reporter_key"])
    count += Flag.objects.filter(comment__in=gone).exclude(words="").update(words="")
    of_theirs = Flag.objects.filter(comment__author__in=leaver.commenters)
    for report in of_theirs.filter(leaver.mentions.query("words")):
        report.words = leaver.mentions.taken_out_of(report.words)
        report.save(update_fields=["words"])
        count += 1
    return count


def _unlearn(gone: Collection[int]) -> int:
    lessons = lessons_of(gone)
    if lessons:  # the exact sum, from all decisions, follows in the background
        transaction.on_commit(learn_in_background.enqueue, robust=True)
    return unlearn(lessons)


def _let_go_of_all(written: Collection[Comment], gone: Collection[int], mentions: Mentions) -> None:
    """Take the words of some comments, and a person off all of them.

    The number of its submission and the key that it was imported under stay: they keep a file that
    was exported before from bringing a comment back under the old name.
    """
    delete_all(gone)
    keys = [comment.pk for comment in written]
    Comment.objects.filter(pk__in=keys, state=State.DELETED).update(score=None)
    Comment.objects.filter(pk__in=keys).update(author=Commenter.who_left(), **NOBODYS)
    for comment in Comment.objects.filter(mentions.query("text"), pk__in=keys):
        if mentions.found_in(comment.text):
            comment.text = mentions.taken_out_of(comment.text)
            comment.html = render_comment(comment.text)
            comment.words_digest, comment.score_words = "", []
            comment.save(update_fields=["text", "html", "words_digest", "score_words"])


def _letters_to_others(written: Collection[Comment], gone: Collection[int]) -> None:
    """Have letters that wait name nobody, take back those about words that go; empty what is out.

    And nobody is told any more of answers to these comments, or asked to confirm one.
    """
    keys = {comment.pk: notifications.reply_key(comment) for comment in written}
    outbox.cancel_all(keys[pk] for pk in gone)
    waiting = Letter.objects.waiting().filter(key__in=keys.values())
    told = set(waiting.values_list("key", flat=True))
    for comment in Comment.objects.filter(pk__in=[pk for pk, key in keys.items() if key in told]):
        notifications.of_edit(comment)
    Letter.objects.filter(key__in=keys.values(), next_try_at=None).update(**EMPTY)
    answers = Comment.objects.filter(parent__in=keys).only("pk")
    outbox.cancel_all(notifications.reply_key(answer) for answer in answers)
    for comment in written:
        if comment.state == State.UNCONFIRMED:
            asks = Letter.objects.waiting().filter(key__startswith=f"confirm-{comment.pk}-")
            outbox.cancel_all(asks.values_list("key", flat=True))


def _commenters(keys: Collection[int]) -> int:
    """Delete the people; one of whom the log tells stays as a number without anything to it."""
    people = Commenter.objects.filter(pk__in=keys)
    told = ModerationAct.objects.filter(commenter__in=keys).values("commenter")
    kept = people.filter(pk__in=told).update(
        user=None, guest_email="", always_hold=False, suspended_until=None, banned_at=None
    )
    return kept + people.exclude(pk__in=told).delete()[0]
