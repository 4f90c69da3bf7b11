"""The ladder of trust: each step up and down, its edges, and where a comment goes because of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.tests.factories import create_live_guide
from comments import moderation
from comments.appeals import appeal, decide_appeal
from comments.models import Appeal, Comment, Commenter, Policy
from comments.moderation import READERS, SYSTEM, WRITER, decide
from comments.posting import edit, verdict
from comments.screening import Signal
from comments.states import Action, Reason, State
from comments.tests.factories import (
    create_comment,
    create_moderator,
    create_reader,
    set_policy,
)
from comments.tests.steps import in_state
from comments.trust import Level, level_for, standing_of, standings_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def policy(db, settings) -> Policy:
    settings.COMMENT_LIMITS = {"comment": ()}
    return set_policy(mode="first", approvals_to_post=2, approvals_to_weigh=4)


@pytest.fixture
def mo():
    return create_moderator()


def approve(comment: Comment, mo, *, days_ago: float = 0) -> None:
    decide(
        comment,
        State.APPROVED,
        actor=moderation.moderator(mo),
        reason=Reason.FITS,
        at=timezone.now() - days_ago * DAY,
    )


def person_with(approved: int, mo) -> Commenter:
    """Return somebody with so many approved comments, the oldest decided some days ago."""
    article, user = create_live_guide(), create_reader()
    author = None
    for number in range(approved):
        comment = create_comment(article, user=user, state=State.PENDING)
        approve(comment, mo, days_ago=approved - number)
        author = comment.author
    return author or Commenter.objects.get_or_create(user=user)[0]


def level(person: Commenter) -> Level:
    return standing_of(person, Policy.current()).level


# Steps up


@pytest.mark.parametrize(
    ("to_post", "to_weigh", "steps"),
    [
        (2, 4, [0, 0, 1, 1, 2, 2]),
        (1, 3, [0, 1, 1, 2, 2, 2]),
        (3, 3, [0, 0, 0, 2, 2, 2]),
        (4, 2, [0, 0, 0, 0, 2, 2]),  # a step is not skipped by setting the second below the first
        (1, 1, [0, 2, 2, 2, 2, 2]),
    ],
)
def test_the_step_that_a_number_of_approvals_reaches(to_post, to_weigh, steps) -> None:
    policy = Policy(approvals_to_post=to_post, approvals_to_weigh=to_weigh)
    assert [level_for(count, policy).value for count in range(6)] == steps


@pytest.mark.parametrize(
    ("approved", "level", "needed", "weight"),
    [
        (0, Level.NEW, 2, 0),
        (1, Level.NEW, 1, 0),
        (2, Level.KNOWN, 2, 0),
        (3, Level.KNOWN, 1, 0),
        (4, Level.TRUSTED, None, 1),
        (5, Level.TRUSTED, None, 1),
    ],
)
def test_where_a_person_stands(approved, level, needed, weight, mo) -> None:
    standing = standing_of(person_with(approved, mo), Policy.current())
    assert (standing.level, standing.approved, standing.needed) == (level, approved, needed)
    assert standing.report_weight == weight
    assert standing.last_rejected_at is None


def test_many_people_cost_one_query(django_assert_num_queries, mo) -> None:
    people = [person_with(count, mo).pk for count in (0, 2, 4)]
    policy = Policy.current()
    with django_assert_num_queries(1):
        found = standings_of(people, policy)
    assert [found[pk].level for pk in people] == [Level.NEW, Level.KNOWN, Level.TRUSTED]


# What does not count


def test_comments_that_wait_or_are_gone_do_not_count(mo) -> None:
    person = person_with(2, mo)
    assert level(person) == Level.KNOWN
    comment = person.comments.first()
    decide(comment, State.HIDDEN, actor=READERS, reason=Reason.REPORTED)
    assert level(person) == Level.NEW
    approve(comment, mo)
    assert level(person) == Level.KNOWN
    decide(comment, State.DELETED, actor=WRITER, reason=Reason.WRITER)
    assert level(person) == Level.NEW


@pytest.mark.parametrize("reason", [Reason.OPEN_MODE, Reason.IMPORTED])
def test_approvals_that_nobody_gave_do_not_count(reason, mo) -> None:
    person = person_with(1, mo)
    held = in_state(State.RECEIVED)
    Comment.objects.filter(pk=held.pk).update(author=person)
    decide(held, State.APPROVED, actor=SYSTEM, reason=reason)
    assert level(person) == Level.NEW
    rejection = moderation.reject(held, user=mo, reason=Reason.SPAM)
    moderation.undo(rejection, user=mo)  # it is public again, and still nobody approved it
    assert level(person) == Level.NEW


def test_a_comment_of_open_mode_counts_once_a_moderator_kept_it(mo) -> None:
    set_policy(mode="none")
    person = create_comment(user=create_reader()).author
    assert level(person) == Level.NEW
    comment = person.comments.get()
    decide(comment, State.HIDDEN, actor=READERS, reason=Reason.REPORTED)
    approve(comment, mo)
    assert standing_of(person, Policy.current()).approved == 1


def test_what_appeared_by_trust_counts_towards_the_last_step(mo) -> None:
    person = person_with(2, mo)
    for _ in range(2):
        comment = create_comment(create_live_guide(), user=person.user)
        assert comment.acts.get().reason == Reason.TRUSTED
    assert level(person) == Level.TRUSTED


def test_other_peoples_comments_do_not_count(mo) -> None:
    person_with(5, mo)
    assert level(create_comment(state=State.PENDING).author) == Level.NEW


# Down, and up again


@pytest.mark.parametrize("before", [1, 2, 4])
def test_a_rejection_leads_back_to_the_first_step(before, mo) -> None:
    person = person_with(before, mo)
    comment = create_comment(create_live_guide(), user=person.user, state=State.PENDING)
    act = moderation.reject(comment, user=mo, reason=Reason.ABUSE)
    standing = standing_of(person, Policy.current())
    assert (standing.level, standing.approved, standing.needed) == (Level.NEW, 0, 2)
    assert standing.last_rejected_at == act.at
    for _ in range(2):
        approve(create_comment(user=person.user, state=State.PENDING), mo)
    assert level(person) == Level.KNOWN


def test_removing_an_old_comment_counts_from_the_day_of_the_removal(mo) -> None:
    person = person_with(4, mo)
    moderation.reject(person.comments.order_by("pk")[0], user=mo, reason=Reason.SPAM)
    assert level(person) == Level.NEW


def test_an_undone_rejection_costs_nothing(mo) -> None:
    person = person_with(4, mo)
    act = moderation.reject(person.comments.order_by("pk")[0], user=mo, reason=Reason.SPAM)
    moderation.undo(act, user=mo)
    standing = standing_of(person, Policy.current())
    assert (standing.level, standing.approved) == (Level.TRUSTED, 4)


def test_a_reversal_on_appeal_restores_the_step(mo) -> None:
    person = person_with(4, mo)
    comment = create_comment(create_live_guide(), user=person.user, state=State.PENDING)
    act = moderation.reject(comment, user=mo, reason=Reason.ABUSE)
    assert level(person) == Level.NEW
    made = appeal(act, "It was a quotation.")
    decide_appeal(made, Appeal.Outcome.REVERSED, user=create_moderator(), statement="It was.")
    standing = standing_of(person, Policy.current())
    assert (standing.level, standing.approved) == (Level.TRUSTED, 5)


def test_of_two_rejections_the_one_that_stands_counts(mo) -> None:
    person = person_with(2, mo)
    first, second = (
        create_comment(create_live_guide(), user=person.user, state=State.PENDING) for _ in range(2)
    )
    day = datetime(2026, 5, 1, tzinfo=UTC)
    actor = moderation.moderator(mo)
    decide(first, State.REJECTED, actor=actor, reason=Reason.SPAM, at=day)
    act = moderation.reject(second, user=mo, reason=Reason.SPAM)
    made = appeal(act, "No.")
    decide_appeal(made, Appeal.Outcome.REVERSED, user=create_moderator(), statement="Right.")
    standing = standing_of(person, Policy.current())
    assert standing.last_rejected_at == day
    assert standing.approved == 3


# Where a comment goes


SIGNAL = Signal(Reason.RULE, "3 links")
WHERE = {
    # mode: what happens to a comment of somebody new, known, trusted
    "all": [(State.PENDING, Reason.ALL_HELD)] * 3,
    "first": [
        (State.PENDING, Reason.FIRST_COMMENTS),
        (State.APPROVED, Reason.TRUSTED),
        (State.APPROVED, Reason.TRUSTED),
    ],
    "none": [(State.APPROVED, Reason.OPEN_MODE)] * 3,
}


@pytest.mark.parametrize("approved", [0, 2, 4])
@pytest.mark.parametrize("mode", ["all", "first", "none"])
@pytest.mark.parametrize("by_thread", [False, True])
def test_where_a_comment_goes_by_mode_and_step(mode, approved, by_thread, mo) -> None:
    person = person_with(approved, mo)
    comment = create_comment(user=person.user, state=State.PENDING)
    if by_thread:  # a guide may decide otherwise than the site
        comment.thread.mode = mode
        policy = set_policy(mode="all" if mode != "all" else "none")
    else:
        policy = set_policy(mode=mode)
    state, reason = WHERE[mode][approved // 2]
    assert verdict(comment, [], policy) == (state, reason, "")

    signals = [SIGNAL, Signal(Reason.SCORE), Signal(Reason.DUPLICATE_TEXT, "of comment 3")]
    held = (State.PENDING, Reason.RULE, "3 links · of comment 3")
    assert verdict(comment, signals, policy) == held

    person.always_hold = True
    comment.author = person
    assert verdict(comment, signals, policy) == (State.PENDING, Reason.ALWAYS_HELD, "")


@pytest.mark.parametrize("mode", ["all", "first", "none"])
@pytest.mark.parametrize("signals", [[], [SIGNAL]])
def test_comments_of_the_editors_appear_at_once(mode, signals, mo) -> None:
    comment = create_comment(user=mo)
    policy = set_policy(mode=mode)
    assert verdict(comment, signals, policy) == (State.APPROVED, Reason.STAFF, "")


# An approval is for the words that were read


@pytest.mark.parametrize(
    ("mode", "approved", "stays"),
    [("all", 4, False), ("first", 0, False), ("first", 2, True), ("none", 0, True)],
)
def test_changed_words_are_placed_anew(mode, approved, stays, mo) -> None:
    person = person_with(approved, mo)
    comment = create_comment(user=person.user, state=State.PENDING)
    approve(comment, mo)
    set_policy(mode=mode)
    changed = edit(comment, "Other words")
    assert changed.text == "Other words"
    assert changed.is_public is stays
    if not stays:
        act = changed.acts.decisions().newest_first()[0]
        assert act.actor_kind == "system"
        assert act.reason == WHERE[mode][0][1]


def test_the_same_words_are_no_change(mo) -> None:
    comment = create_comment(state=State.PENDING, text="As it was")
    approve(comment, mo)
    assert edit(comment, "As it was").is_public
    assert not comment.acts.filter(action=Action.EDIT).exists()


def test_a_program_cannot_edit_away_how_it_filled_in_the_form() -> None:
    comment = create_comment(state=State.UNCONFIRMED)
    Comment.objects.filter(pk=comment.pk).update(signals=[["automatic", "Trap."], ["rule", "Link"]])
    assert edit(comment, "Nicer words").signals == [["automatic", "Trap."]]
