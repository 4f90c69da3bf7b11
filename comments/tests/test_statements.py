"""What the statement of reasons says of each kind of decision, to whoever opens its letter."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comments import moderation, reports
from comments.appeals import appeal, decide_appeal
from comments.identity import Visitor
from comments.models import Appeal, Comment, Notice
from comments.moderation import READERS, SYSTEM, WRITER, decide
from comments.states import Action, Reason, State
from comments.tests.browsers import browser_of
from comments.tests.factories import create_comment, create_moderator, create_reader
from comments.tests.letters import latest, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mo():
    return create_moderator(name="Mo Derator")


def test_a_rejection_is_explained(mo) -> None:
    comment = create_comment(state=State.PENDING, text="Buy *keys* <b>now</b>")
    words = "It <i>sells</i> something.\nWrite again."
    page = text_of(moderation.reject(comment, user=mo, reason=Reason.SPAM, statement=words))
    assert "Your comment was rejected" in page
    assert "It is advertising." in page
    assert "It &lt;i&gt;sells&lt;/i&gt; something." in page
    assert "<em>keys</em> &lt;b&gt;now" in page
    assert "Nobody but you and the moderators can read it" in page
    assert "The rules of the house." in page
    assert f'href="{reverse("comments:transparency")}#rules"' in page
    assert "It waited for a moderator, who read it." in page
    assert "No. A person decided, and no program had judged the words." in page
    assert comment.thread.article.get_absolute_url() in page
    assert "Appeal against this decision" in page
    until = comment.decided_at + timedelta(days=180)
    assert f'once, until <time datetime="{until.isoformat(timespec="seconds")}"' in page


def test_the_page_names_neither_moderators_nor_addresses(mo) -> None:
    comment = create_comment(state=State.REJECTED, by=mo, email="gus@example.org")
    page = text_of(latest(comment))
    assert "Mo Derator" not in page
    assert "@example.org" not in page


def test_a_rejection_without_words_says_so(mo) -> None:
    assert "added no words of their own" in text_of(
        latest(create_comment(state=State.REJECTED, by=mo))
    )


def test_a_removal_says_that_it_was_public(mo) -> None:
    act = moderation.reject(create_comment(), user=mo, reason=Reason.ABUSE)
    page = text_of(act)
    assert "Your comment was removed" in page
    assert "A moderator looked at it, without a notice or a report." in page


def test_the_law_as_ground(mo) -> None:
    act = moderation.reject(
        create_comment(), user=mo, reason=Reason.ILLEGAL, statement="§ 186 StGB."
    )
    page = text_of(act)
    assert "The law. The words of the moderator say which one" in page
    assert "The rules of the house." not in page


@pytest.mark.parametrize(
    ("reason", "how"),
    [
        (Reason.RULE, "a rule that moderators wrote"),
        (Reason.SCORE, "it was given a score"),
        (Reason.DUPLICATE_TEXT, "it was compared with earlier comments"),
        (Reason.AUTOMATIC, "how the form was filled in"),
        (Reason.ALL_HELD, "every comment here"),
        (Reason.FIRST_COMMENTS, "the first comments of each person"),
        (Reason.ALWAYS_HELD, "each comment of yours"),
    ],
)
def test_a_hold_says_which_program_asked_for_it(reason, how, mo) -> None:
    comment = create_comment(state=State.UNCONFIRMED)
    hold = decide(comment, State.PENDING, actor=SYSTEM, reason=reason, detail="SECRET-WORD")
    page = text_of(hold)
    assert "Your comment waits for a moderator" in page
    assert f"Yes. The site did this by itself: {how}" in page
    assert reason.label in page
    assert "SECRET-WORD" not in page  # rules are not explained to those whom they stop
    assert "Nothing, and you need not" in page
    after = text_of(moderation.reject(comment, user=mo, reason=Reason.SPAM))
    judged = reason in {Reason.RULE, Reason.SCORE, Reason.DUPLICATE_TEXT, Reason.AUTOMATIC}
    assert (f"A program had put it before them: {how}" in after) is judged


OTHERS = [
    (State.UNCONFIRMED, State.APPROVED, SYSTEM, Reason.OPEN_MODE, "was made public", "at once"),
    (State.UNCONFIRMED, State.DELETED, SYSTEM, Reason.NEVER_CONFIRMED, "was deleted", "in time"),
    (State.APPROVED, State.HIDDEN, READERS, Reason.REPORTED, "is hidden until", "by counting"),
    (State.PENDING, State.DELETED, WRITER, Reason.WRITER, "was deleted", "You did this yourself"),
]


@pytest.mark.parametrize("case", OTHERS)
def test_other_decisions_are_explained(case) -> None:
    before, to, actor, reason, title, means = case
    comment = create_comment(state=before, text="Words of the writer")
    page = text_of(decide(comment, to, actor=actor, reason=reason))
    assert title in page
    assert means in page
    assert "Appeal against this decision" not in page
    gone = to == State.DELETED
    assert ("Its words were deleted." in page) is gone
    assert ("Words of the writer" in page) is not gone


def test_reports_and_notices_are_named_as_the_cause_and_nobody_else(mo) -> None:
    comment = create_comment()
    rita = create_reader(name="Rita Reporter")
    reports.flag(comment, visitor=Visitor(rita), network="n", reason=Reason.ABUSE, words="Rude")
    page = text_of(moderation.reject(comment, user=mo, reason=Reason.ABUSE))
    assert "Readers reported it, and a moderator looked at it." in page
    assert "Rita" not in page
    assert "Rude" not in page

    other = create_comment()
    made = reports.file_notice(
        address=other.get_absolute_url(),
        explanation="Slander",
        name="Nora Notifier",
        email="nora@example.net",
        visitor=Visitor(),
        network="n",
    )
    reports.decide_notice(made, Notice.Outcome.REMOVED, user=mo, statement="It is slander.")
    page = text_of(latest(Comment.objects.get(pk=other.pk)))
    assert "Somebody sent us a notice" in page
    assert "Nora" not in page
    assert "nora@" not in page


def test_an_undone_approval_brings_the_reason_of_the_rejection_back(mo) -> None:
    comment = create_comment(state=State.REJECTED, by=mo, reason=Reason.OFF_TOPIC)
    ida = create_moderator()
    moderation.undo(moderation.approve(comment, user=ida), user=ida)
    page = text_of(latest(comment))
    assert "Your comment stays rejected" in page
    assert "It is not about the guide" in page
    assert "took an own decision back" in page
    first = text_of(comment.acts.get(reason=Reason.OFF_TOPIC))
    assert "What happened since" in first
    assert "It fits the rules of the house." in first


# About a person


def test_restrictions_are_explained_to_the_person_alone(client, mo) -> None:
    rana = create_reader()
    person = create_comment(user=rana).author
    until = timezone.now() + timedelta(days=7)
    act = moderation.restrict(
        person, Action.SUSPEND, user=mo, reason=Reason.ABUSE, statement="A week.", until=until
    )
    assert client.get(act.get_absolute_url()).status_code == 404
    client.force_login(create_reader())
    assert client.get(act.get_absolute_url()).status_code == 404
    client.force_login(rana)
    body = client.get(act.get_absolute_url()).content.decode()
    assert "You cannot comment for some time" in body
    assert f"Until {until:%-d %B %Y, %H:%M} UTC" in body
    assert "It attacks or demeans people." in body
    assert "A week." in body
    assert "Appeal against this decision" in body


@pytest.mark.parametrize(
    ("action", "title"),
    [
        (Action.HOLD_ALWAYS, "A moderator reads each of your comments first"),
        (Action.BAN, "You cannot comment here any more"),
        (Action.LIFT, "A restriction on your commenting was lifted"),
    ],
)
def test_each_restriction_has_a_statement(action, title, mo) -> None:
    guest = create_comment().author
    act = moderation.restrict(guest, action, user=mo, reason=Reason.ABUSE)
    assert title in text_of(act)
    confirmed = browser_of("d" * 32, confirmed=[guest.pk])
    assert confirmed.get(act.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("do", "title"),
    [
        (moderation.pin, "Your comment was pinned"),
        (moderation.unpin, "no longer pinned"),
        (moderation.lock, "Replies to your comment were closed"),
        (moderation.unlock, "are open again"),
    ],
)
def test_order_in_the_thread_has_a_statement(do, title, mo) -> None:
    page = text_of(do(create_comment(), user=mo))
    assert title in page
    assert "There is nothing to appeal against in this decision." in page


# The appeal on it


def test_the_outcome_of_an_appeal_stands_on_the_page(mo) -> None:
    act = latest(create_comment(state=State.REJECTED, by=mo))
    made = appeal(act, "It was <em>a</em> quotation.")
    page = text_of(act)
    assert "We have your appeal." in page
    assert "It was &lt;em&gt;a&lt;/em&gt; quotation." in page
    assert "Appeal against this decision" not in page
    ida = create_moderator(name="Ida Other")
    decide_appeal(made, Appeal.Outcome.UPHELD, user=ida, statement="It was not.")
    page = text_of(act)
    assert "The decision stands." in page
    assert "It was not." in page
    assert "Ida" not in page
