"""Appeals: the writer answers a decision once, and another moderator decides.

Whoever needs both rows locks the appeal or the act before the thread and the comment.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from comments import notifications
from comments.acts import DecisionError, check_statement, moderator
from comments.models import Appeal, Commenter, ModerationAct
from comments.moderation import decide, locked
from comments.restrictions import in_force, lift_one
from comments.states import Reason, State

APPEAL_WITHIN = timedelta(days=180)  # DSA Article 20(1) gives six months; so do we
LONGEST = 2_000  # characters of an appeal


def until(act: ModerationAct) -> datetime:
    """Return the moment up to which a decision can be appealed against."""
    return act.at + APPEAL_WITHIN


def why_not(act: ModerationAct) -> str:
    """Return why a decision cannot be appealed against (any more); empty where it can."""
    if not act.is_appealable:
        return "There is nothing to appeal against in this decision."
    if hasattr(act, "appeal"):
        return "You have appealed against this decision already."
    if hasattr(act, "undone_by"):
        return "The decision was taken back; there is nothing left to appeal against."
    if until(act) < timezone.now():
        return "The decision is more than 180 days old."
    if act.commenter is not None and not in_force(act.commenter).filter(pk=act.pk).exists():
        return "The restriction was lifted; there is nothing left to appeal against."
    if act.comment is not None and act.comment.state != act.to_state:
        now = "rejected" if act.to_state == State.REJECTED else "taken down"
        return f"The comment is no longer {now}; there is nothing left to appeal against."
    if act.comment is not None and not _is_latest(act):
        return "The comment was decided about again since; appeal against that decision."
    return ""


def _is_latest(act: ModerationAct) -> bool:
    assert act.comment is not None
    return not act.comment.acts.decisions().filter(pk__gt=act.pk).exists()


@transaction.atomic
def appeal(act: ModerationAct, text: str) -> Appeal:
    """Store the writer's appeal. Raises DecisionError where there is none to be made."""
    act = ModerationAct.objects.select_for_update(no_key=True).get(pk=act.pk)
    if problem := why_not(act):
        raise DecisionError(problem)
    text = text.strip()
    if not text:
        raise DecisionError("Say why you see it otherwise.")
    if len(text) > LONGEST:
        raise DecisionError(f"Say it in at most {LONGEST:,} characters; this has {len(text):,}.")
    return Appeal.objects.create(act=act, text=text)


@transaction.atomic
def decide_appeal(made: Appeal, outcome: Appeal.Outcome, *, user: User, statement: str) -> Appeal:
    """Decide an appeal; a reversal makes the comment public, or lifts the restriction.

    What was decided since by others stays. Raises DecisionError for the moderator who took the
    decision, for whoever appealed, without a statement, and where somebody has decided already.
    """
    stored = Appeal.objects.select_for_update(no_key=True).get(pk=made.pk)
    act = stored.act
    if not stored.is_open:
        raise DecisionError("Somebody has decided this appeal already.")
    if outcome not in Appeal.Outcome.values:
        raise DecisionError("Let the decision stand, or reverse it.")
    if act.actor_id == user.pk:
        raise DecisionError("Another moderator decides: this is an appeal against your decision.")
    if person_of(act).user_id == user.pk:
        raise DecisionError("Another moderator decides: this is your own appeal.")
    if not statement.strip():
        raise DecisionError("Tell the writer why.")
    check_statement(Reason.APPEAL, statement)
    stored.outcome = outcome
    stored.statement = statement.strip()
    stored.decided_by = user
    stored.decided_at = timezone.now()
    stored.save()
    if outcome == Appeal.Outcome.REVERSED:
        _reverse(act, user, stored.statement)
    notifications.of_appeal(stored)
    return stored


def person_of(act: ModerationAct) -> Commenter:
    """Return whom a decision concerns. Raises DecisionError for one about a thread."""
    if act.person is None:
        raise DecisionError("This decision concerns a thread and not a person.")
    return act.person


def _reverse(act: ModerationAct, user: User, statement: str) -> None:
    """Take back what this act did, as far as it still stands."""
    if act.commenter is not None:
        lift_one(act, user=user, reason=Reason.APPEAL, statement=statement)
        return
    assert act.comment is not None
    comment = locked(act.comment)
    if comment.state == act.to_state and _is_latest(act):
        decide(
            comment,
            State.APPROVED,
            actor=moderator(user),
            reason=Reason.APPEAL,
            statement=statement,
        )
