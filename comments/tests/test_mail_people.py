"""Letters about restrictions, appeals and notices."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.publishing import withdraw
from articles.tests.factories import create_live_guide
from comments import appeals, moderation, reports, restrictions
from comments.identity import Visitor
from comments.models import Appeal, Comment, Commenter, ModerationAct, Notice
from comments.states import Action, Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader
from comments.tests.post import forget_mail, html, letter, letters, path_in, said, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Commenter:
    comment = create_comment(state=State.APPROVED, name="Gus", email="gus@example.org")
    forget_mail()
    return comment.author


def restrict(person: Commenter, action: Action, **fields) -> ModerationAct:
    fields = {"user": create_moderator(), "reason": Reason.ABUSE, **fields}
    return restrictions.restrict(person, action, **fields)


@pytest.mark.parametrize(
    ("action", "subject", "words"),
    [
        (
            Action.HOLD_ALWAYS,
            "Your comments on Backend Guide are read first from now on",
            "each comment of yours is read by a moderator before it appears.",
        ),
        (
            Action.SUSPEND,
            "You cannot comment on Backend Guide until 3 March 2099",
            "suspended you from commenting until 3 March 2099, 10:30 UTC.",
        ),
        (
            Action.BAN,
            "You cannot comment on Backend Guide any more",
            "a moderator has decided that you cannot comment here any more.",
        ),
    ],
)
def test_a_restriction_says_why_and_how_to_appeal(person, action, subject, words) -> None:
    until = datetime(2099, 3, 3, 10, 30, tzinfo=UTC)
    act = restrict(person, action, statement="Three insults in a week.", until=until)
    message = letter()
    assert message.to == ["gus@example.org"]
    assert message.subject == subject
    text = said(message)
    assert text.startswith("Hello Gus,")
    assert words in text
    assert "It attacks or demeans people." in text
    assert "> Three insults in a week." in text
    assert "you can appeal once, within 180 days" in text
    assert "Mo Derator" not in text
    assert path_in(message, "decisions").startswith(f"/comments/decisions/{act.pk}/?key=")


def test_lifting_everything(person) -> None:
    restrict(person, Action.BAN)
    forget_mail()
    restrict(person, Action.LIFT, reason=Reason.SECOND_LOOK)
    message = letter()
    assert message.subject == "A restriction on your comments was lifted"
    text = said(message)
    assert "has lifted every restriction on your comments. You can comment as before." in text
    assert "appeal" not in text


@pytest.mark.parametrize(
    ("stays", "words"),
    [
        (Action.BAN, "Another one stays: you still cannot comment here."),
        (Action.SUSPEND, "Another one stays: you cannot comment until"),
        (Action.HOLD_ALWAYS, "Another one stays: each comment of yours is read by a moderator"),
    ],
)
def test_lifting_one_says_what_stays(person, stays, words) -> None:
    user = create_moderator()
    lifted = restrict(
        person, Action.HOLD_ALWAYS if stays != Action.HOLD_ALWAYS else Action.BAN, user=user
    )
    restrict(person, stays, until=timezone.now() + timedelta(days=2))
    forget_mail()
    restrictions.lift_one(lifted, user=user, reason=Reason.SECOND_LOOK, statement="")
    text = said(letter())
    assert "has lifted a restriction on your comments." in text
    assert words in text


def test_a_restriction_lifted_in_time_is_told_to_nobody(person) -> None:
    restrict(person, Action.BAN)
    restrict(person, Action.LIFT, reason=Reason.SECOND_LOOK)
    assert letters() == []


def test_an_unconfirmed_address_is_told_nothing() -> None:
    comment = create_comment(state=State.UNCONFIRMED)
    forget_mail()
    restrict(comment.author, Action.BAN)
    assert letters() == []


def test_a_person_with_an_account_and_no_comment() -> None:
    rana = create_reader(name="", email="rana@example.org")
    restrict(Commenter.objects.create(user=rana), Action.BAN)
    assert letter().body.startswith("Hello,\n")


def rejected() -> tuple[Comment, ModerationAct]:
    guide = create_live_guide(title="Queues & caches")
    comment = create_comment(guide, state=State.REJECTED, name="Gus", email="gus@example.org")
    forget_mail()
    return comment, comment.acts.decisions().newest_first()[0]


def decide_appeal(act: ModerationAct, outcome: Appeal.Outcome) -> Appeal:
    made = appeals.appeal(act, "I see it otherwise.")
    return appeals.decide_appeal(
        made, outcome, user=create_moderator(name="Other"), statement="Read again.\nStill."
    )


def test_an_appeal_that_is_upheld() -> None:
    _, act = rejected()
    made = decide_appeal(act, Appeal.Outcome.UPHELD)
    message = letter()
    assert message.to == ["gus@example.org"]
    assert message.subject == "Your appeal is decided: the decision stands"
    text = said(message)
    assert f"on {made.created_at:%-d %B %Y} you appealed" in text
    assert "about your comment on “Queues & caches”. Another moderator" in text
    assert "> Read again. > Still." in text
    assert "or to a court" in text
    assert "Other" not in text
    path_in(message, "decisions")


def test_an_appeal_that_is_reversed_is_one_letter_not_two() -> None:
    comment, act = rejected()
    decide_appeal(act, Appeal.Outcome.REVERSED)
    message = letter()
    assert message.subject == "Your appeal is decided: the decision is reversed"
    assert (
        f"your comment is public.\n\nhttp://localhost:8000/comments/{comment.pk}/" in message.body
    )
    assert "court" not in message.body


def test_after_an_appeal_the_next_decision_is_told_again() -> None:
    comment, act = rejected()
    decide_appeal(act, Appeal.Outcome.REVERSED)
    forget_mail()
    moderation.reject(comment, user=create_moderator(), reason=Reason.SPAM)
    assert "It was public; now nobody else" in said(letter())


def test_a_reversal_that_comes_too_late_for_the_page() -> None:
    comment, act = rejected()
    made = appeals.appeal(act, "I see it otherwise.")
    withdraw(comment.thread.article, reason="Out of date.")
    appeals.decide_appeal(
        made, Appeal.Outcome.REVERSED, user=create_moderator(name="Other"), statement="Right."
    )
    assert "so it is not public at the moment" in said(letter())


def test_an_appeal_against_a_restriction(person) -> None:
    act = restrict(person, Action.BAN)
    forget_mail()
    decide_appeal(act, Appeal.Outcome.REVERSED)
    text = said(letter())
    assert "against a decision about you as somebody who comments" in text
    assert "the restriction is lifted" in text


def notice(**fields) -> Notice:
    return reports.file_notice(
        address="https://localhost:8000/comments/1/",
        explanation="Buy at https://shop.example",
        name="Visit https://shop.example",
        visitor=Visitor(),
        network="192.0.2.1",
        **fields,
    )


def test_a_notice_is_acknowledged_without_a_word_of_what_was_typed() -> None:
    made = notice(email="somebody@example.org")
    message = letter()
    assert message.to == ["somebody@example.org"]
    assert message.subject == f"We have your notice {made.code}"
    assert path_in(message, "notice") == f"/comments/notice/{made.code}/"
    for text in (message.body, html(message)):
        assert "shop" not in text


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Notice.Outcome.REMOVED, "the content was removed."),
        (Notice.Outcome.KEPT, "the content stays."),
    ],
)
def test_the_decision_about_a_notice(outcome, words) -> None:
    made = notice(email="somebody@example.org")
    forget_mail()
    reports.decide_notice(made, outcome, user=create_moderator(), statement="We looked at it.")
    message = letter()
    assert message.subject == f"Your notice {made.code} is decided"
    text = said(message)
    assert words in text
    assert "> We looked at it." in text
    assert "A person decided this, not a program." in text
    assert "send another notice" in text
    path_in(message, "notice")


def test_a_notice_without_an_address_is_acknowledged_on_the_page_alone() -> None:
    made = notice()
    reports.decide_notice(made, Notice.Outcome.KEPT, user=create_moderator(), statement="It stays.")
    assert waiting() == []
