"""A public comment that a moderator puts back to those that wait: told, and appealed against."""

import pytest
from django.test import Client

from comments import moderation
from comments.appeals import appeal, decide_appeal, why_not
from comments.models import Appeal, Comment, ModerationAct
from comments.states import Reason, State
from comments.tests.desk import act_url, press, sign_in_moderator
from comments.tests.factories import create_comment, create_moderator, create_reader
from comments.tests.letters import latest, text_of
from comments.tests.post import forget_mail, letter, said

pytestmark = pytest.mark.django_db
REVERSED, UPHELD = Appeal.Outcome.REVERSED, Appeal.Outcome.UPHELD


@pytest.fixture
def mo():
    return create_moderator(name="Mo")


@pytest.fixture
def ida():
    return create_moderator(name="Ida")


def put_back(mo, comment: Comment) -> ModerationAct:
    act = moderation.decide(
        comment,
        State.PENDING,
        actor=moderation.moderator(mo),
        reason=Reason.SECOND_LOOK,
        statement="I am not sure.",
    )
    return ModerationAct.objects.get(pk=act.pk)


def test_another_moderator_makes_it_public_again(mo, ida) -> None:
    act = put_back(mo, create_comment())
    assert why_not(act) == ""
    decide_appeal(appeal(act, "For how long?"), REVERSED, user=ida, statement="It fits.")
    comment = Comment.objects.get(pk=act.comment_id)
    assert comment.is_public
    assert latest(comment).reason == Reason.APPEAL
    assert "appealed against this decision already" in why_not(ModerationAct.objects.get(pk=act.pk))


def test_upheld_it_waits_on(mo, ida) -> None:
    act = put_back(mo, create_comment())
    decide_appeal(appeal(act, "For how long?"), UPHELD, user=ida, statement="We look into it.")
    assert Comment.objects.get(pk=act.comment_id).state == State.PENDING


def test_whoever_put_it_back_does_not_decide(mo) -> None:
    made = appeal(put_back(mo, create_comment()), "For how long?")
    with pytest.raises(moderation.DecisionError, match="against your decision"):
        decide_appeal(made, REVERSED, user=mo, statement="It fits.")


@pytest.mark.parametrize("before", [State.PENDING, State.HIDDEN])
def test_so_is_an_approval_that_is_taken_back(before, mo) -> None:
    approved = moderation.approve(create_comment(state=before), user=mo)
    assert why_not(moderation.undo(approved, user=mo)) == ""


def test_what_the_site_or_readers_hold_has_no_appeal() -> None:
    comment = create_comment()
    held = moderation.decide(comment, State.PENDING, actor=moderation.SYSTEM, reason=Reason.RULE)
    assert "nothing to appeal" in why_not(held)
    assert "nothing to appeal" in why_not(latest(create_comment(state=State.HIDDEN)))


def test_what_was_decided_since_stays(mo, ida) -> None:
    act = put_back(mo, create_comment())
    made = appeal(act, "For how long?")
    later = moderation.reject(act.comment, user=mo, reason=Reason.OFF_TOPIC)
    decide_appeal(made, REVERSED, user=ida, statement="It fits.")
    assert Comment.objects.get(pk=act.comment_id).state == State.REJECTED
    assert why_not(later) == ""  # it has an appeal of its own


def test_once_public_again_there_is_nothing_left(mo) -> None:
    act = put_back(mo, create_comment())
    moderation.approve(act.comment, user=mo)
    assert "no longer taken down" in why_not(ModerationAct.objects.get(pk=act.pk))


def test_the_writer_is_told_why_and_how_to_appeal(client: Client) -> None:
    rana = create_reader()
    comment = create_comment(user=rana)
    forget_mail()
    sign_in_moderator(client)
    press(client, "look-again", comment, url=act_url(comment), statement="Is this a quotation?")

    words = said(letter())
    assert "The reason: A moderator wants to look at it again." in words
    assert "Is this a quotation?" in words
    assert "you can appeal once, within 180 days, and another moderator decides" in words
    page = text_of(latest(comment))
    assert "Your comment was taken down until a moderator has decided" in page
    assert "Is this a quotation?" in page
    assert "Appeal against this decision" in page
    client.force_login(rana)
    assert "Reasons, and how to appeal" in client.get("/comments/mine/").text
    assert "how to appeal" in client.get(f"/comments/{comment.pk}/yours/").text


def test_a_comment_that_has_not_been_public_has_none(client: Client) -> None:
    rana = create_reader()
    comment = create_comment(user=rana, state=State.PENDING)
    client.force_login(rana)
    assert "Nothing, and you need not" in text_of(latest(comment))
    assert "how to appeal" not in client.get(f"/comments/{comment.pk}/yours/").text
