"""Every step by every kind of actor: it leaves one act with its reason, or changes nothing."""

from datetime import UTC, datetime
from itertools import product

import pytest
from django.db import transaction

from articles.models import Article
from articles.tests.factories import create_live_guide
from comments import moderation
from comments.models import Comment, Thread
from comments.moderation import READERS, WRITER, DecisionError, decide
from comments.states import BY_UNDO_ALONE, REJECTIONS, TRANSITIONS, Action, ActorKind, Reason, State
from comments.tests.factories import create_comment, create_moderator
from comments.tests.steps import (
    ALLOWED,
    BACK,
    REASONS,
    Before,
    actor_of,
    in_state,
)

pytestmark = pytest.mark.django_db


def test_the_table_is_what_we_want() -> None:
    steps = {
        (a.value, b.value, kind.value) for (a, b), kinds in TRANSITIONS.items() for kind in kinds
    }
    undo = {(a, b, "moderator") for a, b in BACK}
    assert steps == ALLOWED | undo
    assert {(a.value, b.value) for a, b in BY_UNDO_ALONE} == BACK


@pytest.mark.parametrize("before", State)
def test_each_step_leaves_one_act_or_changes_nothing(
    before: State, subtests: pytest.Subtests
) -> None:
    """Of a comment in each state, every step by everybody; the database forgets each again."""
    made = in_state(before)
    for to, kind in product(State, ActorKind):
        with subtests.test(to=to.value, by=kind.value), transaction.atomic():
            take_step(Comment.objects.get(pk=made.pk), to, kind)
            transaction.set_rollback(True)


def take_step(comment: Comment, to: State, kind: ActorKind) -> None:
    before = State(comment.state)
    actor = actor_of(kind)
    was = Before(comment)
    reason = REASONS.get(to, Reason.SECOND_LOOK)
    if (before, to, kind) not in ALLOWED:
        with pytest.raises(DecisionError) as refused:
            decide(comment, to, actor=actor, reason=reason)
        assert before.label in str(refused.value)
        assert was.is_unchanged()
        return
    act = decide(comment, to, actor=actor, reason=reason, detail="why" * 200)
    assert was.count() == was.acts + 1
    assert comment.acts.newest_first()[0] == act
    assert (act.from_state, act.to_state, act.action) == (before, to, Action.STATE)
    assert (act.reason, act.actor_kind, act.actor) == (reason, kind, actor.user)
    assert len(act.detail) == 300
    assert comment.state == to == Comment.objects.get(pk=comment.pk).state


# Reasons


@pytest.mark.parametrize("reason", sorted(set(Reason) - set(REJECTIONS)))
def test_a_rejection_needs_a_reason_that_writers_know(reason: Reason) -> None:
    comment, mo = create_comment(state=State.PENDING), create_moderator()
    was = Before(comment)
    with pytest.raises(DecisionError, match="Choose the reason"):
        moderation.reject(comment, user=mo, reason=reason)
    assert was.is_unchanged()


@pytest.mark.parametrize("reason", REJECTIONS)
def test_each_reason_of_rejection_is_taken_with_the_statement(reason: Reason) -> None:
    comment, mo = create_comment(state=State.PENDING), create_moderator()
    act = moderation.reject(comment, user=mo, reason=reason, statement="  Please read the guide. ")
    assert act.reason == reason
    assert act.statement == "Please read the guide."


@pytest.mark.parametrize("statement", ["", " \n\t "])
def test_other_needs_words(statement: str) -> None:
    comment, mo = create_comment(state=State.PENDING), create_moderator()
    was = Before(comment)
    with pytest.raises(DecisionError, match="in your own words"):
        moderation.reject(comment, user=mo, reason=Reason.OTHER, statement=statement)
    assert was.is_unchanged()


def test_a_statement_has_an_end() -> None:
    comment, mo = create_comment(state=State.PENDING), create_moderator()
    with pytest.raises(DecisionError, match="2,000 characters"):
        moderation.reject(comment, user=mo, reason=Reason.SPAM, statement="x" * 2001)
    moderation.reject(comment, user=mo, reason=Reason.SPAM, statement="x" * 2000)


def test_a_moderator_does_not_make_their_own_comment_public() -> None:
    mo = create_moderator()
    comment = create_comment(user=mo)
    moderation.reject(comment, user=mo, reason=Reason.REPEATED)
    with pytest.raises(DecisionError, match="your own comment"):
        moderation.approve(comment, user=mo)
    moderation.undo(comment.acts.newest_first()[0], user=mo)
    assert comment.__class__.objects.get(pk=comment.pk).is_public


# What follows from a decision


def test_the_first_day_in_public_is_kept() -> None:
    comment, mo = create_comment(state=State.PENDING), create_moderator()
    first, second = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 2, tzinfo=UTC)
    decide(comment, State.APPROVED, actor=moderation.moderator(mo), reason=Reason.FITS, at=first)
    moderation.reject(comment, user=mo, reason=Reason.SPAM)
    act = decide(
        comment, State.APPROVED, actor=moderation.moderator(mo), reason=Reason.FITS, at=second
    )
    assert (comment.published_at, comment.decided_at, act.at) == (first, second, second)


@pytest.mark.parametrize("to", [State.APPROVED, State.REJECTED])
def test_the_day_of_the_decision_is_noted(to: State) -> None:
    comment = create_comment(state=State.PENDING)
    assert comment.decided_at is None
    act = decide(comment, to, actor=moderation.moderator(create_moderator()), reason=REASONS[to])
    assert comment.decided_at == act.at


def test_a_comment_that_never_was_public_has_no_day_of_publication() -> None:
    assert create_comment(state=State.REJECTED).published_at is None


def counted(article: Article) -> int:
    return Thread.objects.get(article=article).comment_count


def test_public_comments_of_a_thread_are_counted() -> None:
    article, mo = create_live_guide(), create_moderator()
    first = create_comment(article)
    create_comment(article, state=State.PENDING)
    assert counted(article) == 1
    second = create_comment(article, parent=first)
    assert counted(article) == 2
    moderation.reject(second, user=mo, reason=Reason.SPAM)
    assert counted(article) == 1
    moderation.undo(second.acts.newest_first()[0], user=mo)
    assert counted(article) == 2
    decide(first, State.HIDDEN, actor=READERS, reason=Reason.REPORTED)
    decide(second, State.DELETED, actor=WRITER, reason=Reason.WRITER)
    assert counted(article) == 0


@pytest.mark.parametrize("state", [State.UNCONFIRMED, State.PENDING, State.APPROVED, State.HIDDEN])
def test_a_deleted_comment_keeps_none_of_its_words(state: State) -> None:
    comment = create_comment(state=state, text="A *secret* thing", wants_replies=True)
    comment.signals, comment.score_words = [["rule", "secret"]], [["secret", 1.5]]
    comment.save(update_fields=["signals", "score_words"])
    decide(comment, State.DELETED, actor=WRITER, reason=Reason.WRITER)
    assert (comment.text, comment.html, comment.words_digest) == ("", "", "")
    assert (comment.signals, comment.score_words) == ([], [])
    assert not comment.wants_replies
    assert comment.name


@pytest.mark.parametrize("to", [State.APPROVED, State.REJECTED])
def test_other_decisions_leave_the_words_and_the_wish_for_mail(to: State) -> None:
    comment = create_comment(state=State.PENDING, text="Kept", wants_replies=True)
    decide(comment, to, actor=moderation.moderator(create_moderator()), reason=REASONS[to])
    assert comment.text == "Kept"
    assert comment.wants_replies
