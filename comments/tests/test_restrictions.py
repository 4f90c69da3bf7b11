"""What moderators decide about people and threads: an act each, and no change of a state."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.tests.factories import create_live_guide
from comments import moderation
from comments.models import Comment, Commenter, Thread
from comments.moderation import DecisionError
from comments.states import Action, Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("do", "field", "value"),
    [
        (moderation.pin, "is_pinned", True),
        (moderation.unpin, "is_pinned", False),
        (moderation.lock, "is_locked", True),
        (moderation.unlock, "is_locked", False),
    ],
)
def test_order_in_a_thread_leaves_an_act_and_no_change_of_state(do, field, value) -> None:
    comment, mo = create_comment(), create_moderator()
    Comment.objects.filter(pk=comment.pk).update(**{field: not value})
    act = do(comment, user=mo)
    comment.refresh_from_db()
    assert getattr(comment, field) is value
    assert comment.state == State.APPROVED
    assert (act.actor, act.reason, act.comment) == (mo, Reason.ORDER, comment)


@pytest.mark.parametrize("state", [s for s in State if s not in {State.APPROVED, State.RECEIVED}])
def test_only_public_comments_are_pinned(state: State) -> None:
    comment = create_comment(state=state)
    comment.state = State.APPROVED  # as somebody saw it a moment ago
    with pytest.raises(DecisionError, match="Only a public comment"):
        moderation.pin(comment, user=create_moderator())


def test_closing_a_thread_touches_nothing_else_in_its_row() -> None:
    article, mo = create_live_guide(), create_moderator()
    create_comment(article)
    thread = Thread.of(article)
    create_comment(article)  # somebody writes while the moderator looks
    act = moderation.set_opening(
        thread, Thread.Opening.CLOSED, user=mo, reason=Reason.OTHER, statement="It went in circles."
    )
    stored = Thread.objects.get(article=article)
    assert (stored.opening, stored.comment_count, stored.last_number) == ("closed", 2, 2)
    assert (act.action, act.thread) == (Action.CLOSE_THREAD, stored)
    again = moderation.set_opening(stored, Thread.Opening.OPEN, user=mo, reason=Reason.ORDER)
    assert again.action == Action.OPEN_THREAD


def test_a_thread_without_comments_can_be_closed() -> None:
    article = create_live_guide()
    moderation.set_opening(
        Thread.of(article), Thread.Opening.CLOSED, user=create_moderator(), reason=Reason.ORDER
    )
    assert Thread.objects.get(article=article).opening == Thread.Opening.CLOSED


def restrict(person, action=Action.BAN, mo=None, **more):
    more.setdefault("reason", Reason.ABUSE)
    return moderation.restrict(person, action, user=mo or create_moderator(), **more)


def test_restrictions_leave_an_act_and_hold_together() -> None:
    person = create_comment().author
    until = timezone.now() + timedelta(days=7)
    held = restrict(person, Action.HOLD_ALWAYS, statement="For a while.")
    stale = type(person).objects.get(pk=person.pk)
    suspended = restrict(person, Action.SUSPEND, until=until)
    banned = restrict(stale, Action.BAN)  # by somebody who saw the person before the suspension
    person.refresh_from_db()
    assert person.always_hold
    assert person.is_banned
    assert person.suspended_until == until.replace(second=0, microsecond=0)
    assert [act.commenter for act in (held, suspended, banned)] == [person] * 3
    assert held.statement == "For a while."
    assert suspended.detail == f"until {until:%Y-%m-%d %H:%M} UTC"
    restrict(person, Action.LIFT, reason=Reason.SECOND_LOOK)
    free = Commenter.objects.get(pk=person.pk)
    assert (free.always_hold, free.suspended_until, free.banned_at) == (False, None, None)


@pytest.mark.parametrize("reason", [Reason.FITS, Reason.UNDONE, Reason.ORDER])
def test_a_restriction_needs_a_reason_that_people_know(reason: Reason) -> None:
    person = create_comment().author
    with pytest.raises(DecisionError, match="Choose the reason"):
        restrict(person, reason=reason)
    with pytest.raises(DecisionError, match="in your own words"):
        restrict(person, reason=Reason.OTHER)
    assert not person.acts.exists()


@pytest.mark.parametrize("until", [None, timezone.now() - timedelta(minutes=1)])
def test_a_suspension_ends_ahead(until) -> None:
    person = create_comment().author
    with pytest.raises(DecisionError, match="a moment ahead"):
        restrict(person, Action.SUSPEND, until=until)


def test_people_of_the_desk_are_not_restricted() -> None:
    person = create_comment(user=create_moderator()).author
    with pytest.raises(DecisionError, match="work at the desk"):
        restrict(person)


@pytest.mark.parametrize("action", [Action.PIN, Action.STATE, Action.CLOSE_THREAD])
def test_not_every_act_is_a_restriction(action: Action) -> None:
    person = create_comment(user=create_reader()).author
    with pytest.raises(DecisionError, match="not a restriction"):
        restrict(person, action)
