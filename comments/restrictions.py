"""What moderators decide about people: always hold, suspend, ban, and lifting it again.

A restriction is a row of the log; the fields of `Commenter` say what is in force and are written
together with it. Rows stay in force until they are lifted one by one or all together.
"""

from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from comments import notifications
from comments.acts import DecisionError, write_act
from comments.models import Commenter, ModerationAct
from comments.models.decisions import ModerationActQuerySet
from comments.states import REJECTIONS, Action, Reason

RESTRICTIONS = (Action.HOLD_ALWAYS, Action.SUSPEND, Action.BAN)
UNTIL = "until %Y-%m-%d %H:%M UTC"


@transaction.atomic
def restrict(
    commenter: Commenter,
    action: Action,
    *,
    user: User,
    reason: Reason,
    statement: str = "",
    until: datetime | None = None,
) -> ModerationAct:
    """Always hold, suspend or ban a person, or lift all of it, and tell them why.

    `until` is the end of a suspension. Raises DecisionError without it, for a moment that has
    passed, for a restriction without a reason that people know, and for people who work here.
    """
    stored = _locked(commenter)
    if action in RESTRICTIONS:
        _check_restriction(stored, action, reason, until)
    elif action != Action.LIFT:
        raise DecisionError("This is not a restriction.")
    end = until if action == Action.SUSPEND else None
    act = write_act(
        action,
        commenter=stored,
        user=user,
        reason=reason,
        statement=statement,
        detail=end.astimezone(UTC).strftime(UNTIL) if end else "",
    )
    _apply(stored)
    commenter.refresh_from_db()
    notifications.of_restriction(act)
    return act


@transaction.atomic
def lift_one(act: ModerationAct, *, user: User, reason: Reason, statement: str) -> bool:
    """Take back one restriction; what other acts imposed stays. Return whether it was in force.

    Raises DecisionError where `act` restricts nobody.
    """
    if act.commenter is None or act.action not in RESTRICTIONS:
        raise DecisionError("This is not a restriction.")
    stored = _locked(act.commenter)
    if not in_force(stored).filter(pk=act.pk).exists():
        return False
    lifting = write_act(
        Action.LIFT, commenter=stored, user=user, reason=reason, statement=statement, undoes=act
    )
    _apply(stored)
    notifications.of_restriction(lifting)
    return True


def in_force(commenter: Commenter) -> ModerationActQuerySet:
    """Return the restrictions that nobody has lifted; a suspension may have run out by itself."""
    lifted = commenter.acts.filter(action=Action.LIFT, undoes=None).newest_first().first()
    standing = commenter.acts.filter(action__in=RESTRICTIONS, undone_by=None)
    return standing if lifted is None else standing.filter(pk__gt=lifted.pk)


def until_of(act: ModerationAct) -> datetime | None:
    """Return the end of a suspension, as its row says; None for other acts."""
    if act.action != Action.SUSPEND:
        return None
    return datetime.strptime(act.detail, UNTIL).replace(tzinfo=UTC)


def _locked(commenter: Commenter) -> Commenter:
    return Commenter.objects.select_for_update(no_key=True).get(pk=commenter.pk)


def _check_restriction(
    commenter: Commenter, action: Action, reason: Reason, until: datetime | None
) -> None:
    if commenter.stands_for_leavers:
        raise DecisionError("Whoever wrote this has left; there is nobody to restrict.")
    if commenter.user is not None and commenter.user.is_staff:
        raise DecisionError("People who work at the desk cannot be restricted here.")
    if action == Action.SUSPEND and (until is None or until <= timezone.now()):
        raise DecisionError("Say until when, a moment ahead.")
    if reason not in REJECTIONS:
        raise DecisionError("Choose the reason that the person will read.")


def _apply(commenter: Commenter) -> None:
    """Store what the log says now: the latest suspension decides until when."""
    standing = list(in_force(commenter).newest_first())
    suspensions = [act for act in standing if act.action == Action.SUSPEND]
    bans = [act for act in standing if act.action == Action.BAN]
    commenter.always_hold = any(act.action == Action.HOLD_ALWAYS for act in standing)
    commenter.suspended_until = until_of(suspensions[0]) if suspensions else None
    commenter.banned_at = bans[-1].at if bans else None
    commenter.save(update_fields=["always_hold", "suspended_until", "banned_at"])
