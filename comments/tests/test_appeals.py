"""Appeals: the writer answers once, somebody else decides, and only that act is reversed."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from comments import moderation
from comments.appeals import APPEAL_WITHIN, appeal, decide_appeal, person_of, why_not
from comments.models import Appeal, Comment, ModerationAct
from comments.moderation import DecisionError
from comments.restrictions import in_force, lift_one
from comments.states import Action, Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader

pytestmark = pytest.mark.django_db

UPHELD, REVERSED = Appeal.Outcome.UPHELD, Appeal.Outcome.REVERSED


@pytest.fixture
def mo():
    return create_moderator(name="Mo")


@pytest.fixture
def ida():
    return create_moderator(name="Ida")


def rejection(mo, **fields) -> ModerationAct:
    comment = create_comment(state=State.REJECTED, by=mo, **fields)
    return comment.acts.decisions().newest_first()[0]


def restriction(mo, action=Action.BAN, person=None, **more) -> ModerationAct:
    person = person or create_comment().author
    return moderation.restrict(person, action, user=mo, reason=Reason.ABUSE, **more)


# Making an appeal


def test_a_writer_appeals_once(mo) -> None:
    act = rejection(mo)
    made = appeal(act, "  It was a quotation. ")
    assert (made.text, made.is_open, made.act) == ("It was a quotation.", True, act)
    with pytest.raises(DecisionError, match="appealed against this decision already"):
        appeal(act, "Once more.")
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "why"), [("", "Say why"), (" \n", "Say why"), ("x" * 2001, "at most 2,000")]
)
def test_an_appeal_says_something_and_ends(text, why, mo) -> None:
    with pytest.raises(DecisionError, match=why):
        appeal(rejection(mo), text)
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("state", [State.PENDING, State.APPROVED, State.HIDDEN, State.DELETED])
def test_only_rejections_are_appealed_against(state) -> None:
    act = create_comment(state=state).acts.decisions().newest_first()[0]
    assert "nothing to appeal" in why_not(act)


@pytest.mark.parametrize("act", [moderation.pin, moderation.lock])
def test_order_in_the_thread_is_not_appealed_against(act, mo) -> None:
    assert "nothing to appeal" in why_not(act(create_comment(), user=mo))


@pytest.mark.parametrize(("days", "is_late"), [(179, False), (181, True)])
def test_there_are_180_days(days, is_late, mo) -> None:
    comment = create_comment(state=State.PENDING)
    act = moderation.decide(
        comment,
        State.REJECTED,
        actor=moderation.moderator(mo),
        reason=Reason.SPAM,
        at=timezone.now() - timedelta(days=days),
    )
    assert bool(why_not(act)) is is_late
    assert timedelta(days=180) == APPEAL_WITHIN


def test_what_was_taken_back_or_overtaken_is_not_appealed_against(mo, ida) -> None:
    undone = rejection(mo)
    moderation.undo(undone, user=mo)
    undone = ModerationAct.objects.get(pk=undone.pk)
    assert "taken back" in why_not(undone)

    approved_since = rejection(mo)
    moderation.approve(approved_since.comment, user=ida)
    assert "no longer rejected" in why_not(ModerationAct.objects.get(pk=approved_since.pk))

    moderation.reject(approved_since.comment, user=ida, reason=Reason.ABUSE)
    first = ModerationAct.objects.get(pk=approved_since.pk)
    assert "decided about again" in why_not(first)
    assert why_not(first.comment.acts.newest_first()[0]) == ""


def test_a_lifted_restriction_is_not_appealed_against(mo) -> None:
    act = restriction(mo)
    assert why_not(act) == ""
    moderation.restrict(act.commenter, Action.LIFT, user=mo, reason=Reason.SECOND_LOOK)
    assert "lifted" in why_not(ModerationAct.objects.get(pk=act.pk))


# Deciding it


def test_a_reversal_makes_the_comment_public_and_says_why(mo, ida) -> None:
    act = rejection(mo)
    made = decide_appeal(appeal(act, "No."), REVERSED, user=ida, statement=" You are right. ")
    comment = Comment.objects.get(pk=act.comment.pk)
    assert comment.is_public
    latest = comment.acts.newest_first()[0]
    assert (latest.reason, latest.actor, latest.statement) == (
        Reason.APPEAL,
        ida,
        "You are right.",
    )
    assert (made.outcome, made.decided_by, made.statement) == (REVERSED, ida, "You are right.")
    assert made.decided_at is not None


def test_an_upheld_decision_changes_nothing(mo, ida) -> None:
    act = rejection(mo)
    decide_appeal(appeal(act, "No."), UPHELD, user=ida, statement="It sells something.")
    assert Comment.objects.get(pk=act.comment.pk).state == State.REJECTED
    assert act.comment.acts.newest_first()[0] == act


def refused(made, outcome, user, statement="Because.") -> str:
    with pytest.raises(DecisionError) as error:
        decide_appeal(made, outcome, user=user, statement=statement)
    return str(error.value)


@pytest.mark.parametrize("outcome", [UPHELD, REVERSED])
def test_nobody_decides_about_their_own_decision(outcome, mo) -> None:
    made = appeal(rejection(mo), "No.")
    assert "appeal against your decision" in refused(made, outcome, mo)
    made.refresh_from_db()
    assert made.is_open
    assert made.act.comment.state == State.REJECTED


def test_nobody_decides_their_own_appeal(mo, ida) -> None:
    comment = create_comment(user=ida)  # a moderator is a writer, too
    act = moderation.reject(comment, user=mo, reason=Reason.OFF_TOPIC)
    assert "your own appeal" in refused(appeal(act, "It was about it."), REVERSED, ida)


@pytest.mark.parametrize("statement", ["", "  \n"])
def test_the_writer_is_told_why(statement, mo, ida) -> None:
    made = appeal(rejection(mo), "No.")
    assert "Tell the writer why" in refused(made, UPHELD, ida, statement)


def test_outcomes_cannot_be_made_up(mo, ida) -> None:
    made = appeal(rejection(mo), "No.")
    assert "reverse it" in refused(made, "granted", ida)
    assert "reverse it" in refused(made, "", ida)
    assert "2,000" in refused(made, UPHELD, ida, "x" * 2001)


def test_an_appeal_is_decided_once(mo, ida) -> None:
    made = appeal(rejection(mo), "No.")
    decide_appeal(made, UPHELD, user=ida, statement="It stands.")
    third = create_moderator()
    assert "Somebody has decided" in refused(made, REVERSED, third)


def test_an_answer_to_an_appeal_is_not_taken_back(mo, ida) -> None:
    act = rejection(mo)
    decide_appeal(appeal(act, "No."), REVERSED, user=ida, statement="Right.")
    latest = act.comment.acts.newest_first()[0]
    with pytest.raises(DecisionError, match="answers an appeal"):
        moderation.undo(latest, user=ida)


def test_a_decision_of_an_erased_account_is_decided_by_anybody_else(mo, ida) -> None:
    made = appeal(rejection(mo), "No.")
    mo.delete()
    made.refresh_from_db()
    decide_appeal(made, REVERSED, user=ida, statement="Right.")
    assert Comment.objects.get(pk=made.act.comment.pk).is_public


# What others decided stays


def test_a_reversal_leaves_a_later_rejection_alone(mo, ida) -> None:
    act = rejection(mo)
    made = appeal(act, "No.")
    third = create_moderator()
    moderation.approve(act.comment, user=third)
    later = moderation.reject(act.comment, user=third, reason=Reason.PERSONAL_DATA)
    decide_appeal(made, REVERSED, user=ida, statement="The first was wrong.")
    comment = Comment.objects.get(pk=act.comment.pk)
    assert comment.state == State.REJECTED
    assert why_not(comment.acts.get(pk=later.pk)) == ""  # it has an appeal of its own


def test_a_reversal_after_the_moderator_took_it_back_changes_nothing(mo, ida) -> None:
    act = rejection(mo)
    made = appeal(act, "No.")
    moderation.undo(act, user=mo)
    decide_appeal(made, REVERSED, user=ida, statement="It waits again.")
    assert Comment.objects.get(pk=act.comment.pk).state == State.PENDING


def test_a_reversal_works_while_the_guide_is_withdrawn(mo, ida) -> None:
    act = rejection(mo)
    article = act.comment.thread.article
    article.__class__.objects.filter(pk=article.pk).update(live_revision=None, published_at=None)
    decide_appeal(appeal(act, "No."), REVERSED, user=ida, statement="Right.")
    comment = Comment.objects.get(pk=act.comment.pk)
    assert comment.state == State.APPROVED
    assert comment not in Comment.objects.approved()


def test_a_reversal_lifts_what_the_act_imposed_and_nothing_else(mo, ida) -> None:
    person = create_comment(user=create_reader()).author
    until = timezone.now() + timedelta(days=3)
    hold = restriction(mo, Action.HOLD_ALWAYS, person)
    restriction(mo, Action.SUSPEND, person, until=until)
    restriction(mo, Action.BAN, person)
    decide_appeal(appeal(hold, "No."), REVERSED, user=ida, statement="Too harsh.")
    person.refresh_from_db()
    assert not person.always_hold
    assert person.is_suspended()
    assert person.is_banned
    lifting = person.acts.newest_first()[0]
    assert (lifting.action, lifting.undoes, lifting.reason) == (Action.LIFT, hold, Reason.APPEAL)


def test_of_two_suspensions_the_earlier_one_holds_again(mo, ida) -> None:
    person = create_comment().author
    soon, later = (timezone.now() + timedelta(days=days) for days in (3, 30))
    restriction(mo, Action.SUSPEND, person, until=soon)
    second = restriction(mo, Action.SUSPEND, person, until=later)
    decide_appeal(appeal(second, "A month!"), REVERSED, user=ida, statement="Three days do.")
    person.refresh_from_db()
    assert person.suspended_until == soon.replace(second=0, microsecond=0)


def test_a_second_ban_survives_the_reversal_of_the_first(mo, ida) -> None:
    person = create_comment().author
    first = restriction(mo, Action.BAN, person)
    second = restriction(ida, Action.BAN, person)
    decide_appeal(appeal(first, "No."), REVERSED, user=ida, statement="Right.")
    person.refresh_from_db()
    assert person.banned_at == second.at
    assert list(in_force(person)) == [second]


def test_a_reversal_after_everything_was_lifted_restores_nothing(mo, ida) -> None:
    act = restriction(mo)
    made = appeal(act, "No.")
    moderation.restrict(act.commenter, Action.LIFT, user=mo, reason=Reason.SECOND_LOOK)
    count = act.commenter.acts.count()
    decide_appeal(made, REVERSED, user=ida, statement="It is gone already.")
    act.commenter.refresh_from_db()
    assert not act.commenter.is_banned
    assert act.commenter.acts.count() == count


def test_only_restrictions_are_lifted(mo) -> None:
    with pytest.raises(DecisionError, match="not a restriction"):
        lift_one(rejection(mo), user=mo, reason=Reason.APPEAL, statement="")


def test_a_decision_about_a_thread_concerns_nobody_alone(mo) -> None:
    thread = create_comment().thread
    act = moderation.set_opening(thread, "closed", user=mo, reason=Reason.ORDER)
    with pytest.raises(DecisionError, match="concerns a thread"):
        person_of(act)


def test_the_database_wants_the_reason_of_an_outcome(mo) -> None:
    made = appeal(rejection(mo), "No.")
    made.outcome = UPHELD
    with pytest.raises(ValidationError):
        made.full_clean()
