"""Appeals: the writer answers a decision once, and another moderator decides."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from comments import notifications
from comments.models import Appeal, ModerationAct
from comments.moderation import Actor, DecisionError, decide, restrict
from comments.states import Action, ActorKind, Reason, State

APPEAL_WITHIN = timedelta(days=180)  # DSA Article 20(1) gives six months; so do we


def why_not(act: ModerationAct) -> str:
    """Return why a decision cannot be appealed against (any more); empty where it can."""
    if not act.is_appealable:
        return "There is nothing to appeal against in this decision."
    if hasattr(act, "appeal"):
        return "You have appealed against this decision already."
    if hasattr(act, "undone_by"):
        return "The decision was taken back; there is nothing left to appeal against."
    if act.at + APPEAL_WITHIN < timezone.now():
        return "The decision is more than 180 days old."
    if act.comment is not None and act.comment.state != State.REJECTED:
        return "The comment is no longer rejected; there is nothing left to appeal against."
    return ""


@transaction.atomic
def appeal(act: ModerationAct, text: str) -> Appeal:
    """Store the writer's appeal. Raises DecisionError where there is none to be made."""
    act = ModerationAct.objects.select_for_update().get(pk=act.pk)
    if problem := why_not(act):
        raise DecisionError(problem)
    if not text.strip():
        raise DecisionError("Say why you see it otherwise.")
    return Appeal.objects.create(act=act, text=text.strip())


@transaction.atomic
def decide_appeal(made: Appeal, outcome: Appeal.Outcome, *, user: User, statement: str) -> Appeal:
    """Decide an appeal; a reversal makes the comment public, or lifts the restriction.

    Raises DecisionError for the moderator who took the decision, without a statement, and where
    somebody has decided already.
    """
    stored = Appeal.objects.select_for_update().get(pk=made.pk)
    act = stored.act
    if not stored.is_open:
        raise DecisionError("Somebody has decided this appeal already.")
    if act.actor_id == user.pk:
        raise DecisionError("Another moderator decides: this is an appeal against your decision.")
    if not statement.strip():
        raise DecisionError("Tell the writer why.")
    stored.outcome = outcome
    stored.statement = statement.strip()
    stored.decided_by = user
    stored.decided_at = timezone.now()
    stored.save()
    if outcome == Appeal.Outcome.REVERSED:
        _reverse(act, user, stored.statement)
    notifications.of_appeal(stored)
    return stored


def _reverse(act: ModerationAct, user: User, statement: str) -> None:
    if act.commenter is not None:
        restrict(act.commenter, Action.LIFT, user=user, reason=Reason.APPEAL, statement=statement)
    elif act.comment is not None and act.comment.state == State.REJECTED:
        actor = Actor(ActorKind.MODERATOR, user)
        decide(act.comment, State.APPROVED, actor=actor, reason=Reason.APPEAL, statement=statement)
