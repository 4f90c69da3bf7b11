"""What readers report: comments against the rules of the house, and content against the law."""

import re
from collections import Counter
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q, Sum
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from comments import limits, notifications
from comments.acts import READERS, DecisionError, check_statement, moderator
from comments.admission import Refused, in_words
from comments.identity import Visitor, commenter_of, hold_account
from comments.models import Comment, Commenter, Flag, ModerationAct, Notice, Policy
from comments.moderation import decide, locked
from comments.states import Action, ActorKind, Reason, State
from comments.trust import standings_of
from core.client import keyed_hash

NETWORK_KEPT = timedelta(days=30)  # how long a report is tied to the network that it came from
NOTIFIER_KEPT = timedelta(days=200)  # how long we keep who sent a notice, once it is decided
OUR_COMMENT = re.compile(r"^/comments/([0-9]{1,18})/$")
OUR_ANCHOR = re.compile(r"^comment-([0-9]{1,18})$")


@transaction.atomic
def flag(
    comment: Comment, *, visitor: Visitor, network: str, reason: Reason, words: str = ""
) -> Flag:
    """Store a reader's report of a public comment; enough weight hides it until a moderator looks.

    The same report twice is one. Raises Refused where the comment is not public, for one's own, for
    a second report by the same person, and after too many.
    """
    reporter = _reporter(visitor)
    if reporter is not None and not hold_account(reporter):
        raise Refused("left", "This account has been deleted, so nobody can report with it.")
    stored = locked(comment)
    if not Comment.objects.approved().filter(pk=stored.pk).exists():
        raise Refused("gone", "The comment is not public any more, so there is nothing to report.")
    if visitor.owns(stored) or (reporter is not None and reporter.pk == stored.author_id):
        raise Refused("own", "You wrote this comment. Your own page of it says what you can do.")
    key = _key(stored, reporter, network)
    made = Flag.objects.filter(comment=stored, reporter_key=key).first()
    if made is not None:
        if (made.reason, made.words) == (reason, words.strip()):
            return made
        raise Refused(
            "reported", f"You reported this comment on {made.created_at:%-d %B %Y}, once for all."
        )
    count_try("flag", visitor, network)
    policy = Policy.current()
    made = Flag.objects.create(
        comment=stored,
        reporter=reporter,
        reporter_key=key,
        reason=reason,
        words=words.strip(),
        weight=weight_of(reporter, policy),
    )
    _hide_if_heavy(stored, policy)
    return made


def _reporter(visitor: Visitor) -> Commenter | None:
    """Return whom a visitor has shown to be; of a guest's addresses the first that comments."""
    if visitor.user is not None:
        return commenter_of(visitor.user)
    return Commenter.objects.filter(pk__in=visitor.confirmed).order_by("pk").first()


def _key(comment: Comment, reporter: Commenter | None, network: str) -> str:
    """Return what stands for a reporter; it differs by comment, so that it links nothing."""
    who = f"net {network}" if reporter is None else f"person {reporter.pk}"
    return keyed_hash(f"{who} on {comment.pk}", purpose="flag")


def weight_of(reporter: Commenter | None, policy: Policy) -> int:
    """Return what a report of somebody counts towards hiding a comment."""
    if reporter is None or reporter.always_hold or reporter.is_banned or reporter.is_suspended():
        return 0
    return standings_of([reporter.pk], policy)[reporter.pk].report_weight


def count_try(action: str, visitor: Visitor, network: str) -> None:
    """Count a try at something that is limited. Raises Refused for one too many."""
    who = f"user {visitor.user.pk}" if visitor.user else f"net {network}"
    wait = limits.take(action, keyed_hash(who, purpose="limit"))
    if wait is not None:
        message = f"Send it again in {in_words(wait)}; your words are kept in the form."
        raise Refused("limit", message, wait=wait)


def _hide_if_heavy(comment: Comment, policy: Policy) -> None:
    """Hide a comment that enough weight of reports asks for, unless a moderator kept it."""
    waiting = Flag.objects.filter(comment=comment, resolved_by=None)
    weight = waiting.aggregate(weight=Sum("weight"))["weight"]
    if weight < policy.reports_to_hide or comment.is_by_editors or _was_kept(comment):
        return
    reasons = Counter(waiting.values_list("reason", flat=True))
    parts = [f"{reason} ({count})" for reason, count in sorted(reasons.items())]
    total = reasons.total()
    detail = f"{total} report{'' if total == 1 else 's'}: {', '.join(parts)}"
    decide(comment, State.HIDDEN, actor=READERS, reason=Reason.REPORTED, detail=detail)


def _was_kept(comment: Comment) -> bool:
    """Return whether a moderator, knowing these words in public, decided that they stay."""
    acts = comment.acts.filter(undoes=None, undone_by=None)
    first = acts.filter(to_state=State.APPROVED).order_by("pk").first()
    words = comment.acts.filter(action=Action.EDIT).aggregate(last=Max("pk"))["last"] or 0
    since = max(words, first.pk if first else 0)
    stays = Q(action=Action.KEEP) | Q(to_state=State.APPROVED)
    return acts.filter(stays, actor_kind=ActorKind.MODERATOR, pk__gt=since).exists()


@transaction.atomic
def file_notice(
    *,
    address: str,
    explanation: str,
    visitor: Visitor,
    network: str,
    name: str = "",
    email: str = "",
    comment: Comment | None = None,
) -> Notice:
    """Store a notice of content against the law, given in good faith, and acknowledge it.

    `comment` is what it is about; without it, the address is searched for one. The same notice
    twice within an hour is one. Raises Refused after too many.
    """
    fields = {
        "address": address.strip(),
        "explanation": explanation.strip(),
        "name": name.strip(),
        "email": email.strip(),
    }
    an_hour_ago = timezone.now() - timedelta(hours=1)
    made = Notice.objects.filter(**fields, outcome="", created_at__gt=an_hour_ago).first()
    if made is not None:
        return made
    count_try("notice", visitor, network)
    made = Notice.objects.create(
        comment=comment or comment_at(address), in_good_faith=True, **fields
    )
    notifications.of_notice(made)
    return made


def comment_at(address: str) -> Comment | None:
    """Return the comment that an address of ours leads to, if it ever was public."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.netloc not in {"", urlsplit(settings.SITE_URL).netloc}:
        return None
    found = OUR_COMMENT.match(parts.path) or OUR_ANCHOR.match(parts.fragment)
    if found is None:
        return None
    return Comment.objects.filter(pk=int(found[1]), published_at__isnull=False).first()


@transaction.atomic
def decide_notice(made: Notice, outcome: Notice.Outcome, *, user: User, statement: str) -> Notice:
    """Decide a notice; a removal rejects the comment as illegal and tells its writer, too.

    `statement` is read by whoever sent the notice, and by the writer of a comment that goes: it
    names neither. Raises DecisionError without it, where somebody has decided already, and for the
    writer of the comment and the sender of the notice.
    """
    stored = Notice.objects.select_for_update(no_key=True).get(pk=made.pk)
    if not stored.is_open:
        raise DecisionError("Somebody has decided this notice already.")
    if outcome not in Notice.Outcome.values:
        raise DecisionError("Say whether the content is removed or stays.")
    if not statement.strip():
        raise DecisionError("Say why: it is read by whoever sent the notice, and by the writer.")
    check_statement(Reason.ILLEGAL, statement)
    if _is_party(stored, user):
        raise DecisionError("Another moderator decides: this notice concerns you.")
    if outcome == Notice.Outcome.REMOVED and stored.comment is not None:
        stored.act = _remove(stored.comment, user, statement)
    stored.outcome = outcome
    stored.statement = statement.strip()
    stored.decided_by = user
    stored.decided_at = timezone.now()
    stored.save()
    notifications.of_notice(stored)
    return stored


def _is_party(made: Notice, user: User) -> bool:
    is_writer = made.comment is not None and made.comment.author.user_id == user.pk
    return is_writer or (bool(made.email) and made.email.lower() == user.email.lower())


def _remove(comment: Comment, user: User, statement: str) -> ModerationAct | None:
    """Reject a comment as illegal; None where it is neither public nor waiting to be."""
    stored = locked(comment)
    if stored.state not in {State.PENDING, State.APPROVED, State.HIDDEN}:
        return None
    return decide(
        stored,
        State.REJECTED,
        actor=moderator(user),
        reason=Reason.ILLEGAL,
        statement=statement,
        detail="after a notice of content against the law",
    )


def forget_networks(now: datetime) -> int:
    """Cut the ties of old reports to the networks they came from; return how many."""
    anonymous = Flag.objects.filter(reporter=None, created_at__lt=now - NETWORK_KEPT)
    cut = 0
    for report in anonymous.exclude(reporter_key__startswith="gone "):
        report.reporter_key = f"gone {get_random_string(32)}"
        report.save(update_fields=["reporter_key"])
        cut += 1
    return cut


def forget_notifiers(now: datetime) -> int:
    """Forget who sent notices that were decided long ago; return how many."""
    decided = Notice.objects.filter(decided_at__lt=now - NOTIFIER_KEPT)
    return decided.exclude(name="", email="").update(name="", email="")
