"""The dry run of a rule: figures worked out by hand, and the same verdicts as live."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.tests.factories import create_live_guide
from comments.identity import Visitor
from comments.models import Comment, Rule, RuleHit
from comments.moderation import approve, reject, undo
from comments.posting import Draft, post
from comments.rule_values import Kind, ValueProblems
from comments.screening.decided import Outcome, decided
from comments.screening.dry_run import Share, dry_run
from comments.states import Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader, set_policy

pytestmark = pytest.mark.django_db


def words(value: str) -> Rule:
    return Rule(name="Tried", kind=Kind.WORDS, value=value)


@pytest.fixture
def decisions() -> dict[str, Comment]:
    """Nine decided comments: 4 of spam (3 with “bonus”), 2 off topic (1), 3 good ones (1)."""
    texts = {
        "spam 1": ("A casino bonus for you", Reason.SPAM),
        "spam 2": ("BONUS, take it", Reason.SPAM),
        "spam 3": ("Your bo\u200bnus waits", Reason.SPAM),
        "spam 4": ("Cheap loans", Reason.SPAM),
        "other 1": ("My bonus was late, who cares about this guide", Reason.OFF_TOPIC),
        "other 2": ("You are all fools", Reason.ABUSE),
        "good 1": ("Is a yearly bonus part of the figure?", None),
        "good 2": ("Thanks for the table.", None),
        "good 3": ("The word bonuses is another word.", None),
    }
    guide, judge = create_live_guide(), create_moderator()
    made = {}
    for key, (text, reason) in texts.items():
        state = State.REJECTED if reason else State.APPROVED
        made[key] = create_comment(
            guide, text=text, by=judge, state=state, reason=reason or Reason.SPAM
        )
    return made


def test_the_figures_are_those_worked_out_by_hand(decisions) -> None:
    run = dry_run(words("bonus"))
    assert (run.total, len(run.held)) == (9, 5)
    assert run.spam == Share(3, 4)
    assert run.other == Share(1, 2)
    assert run.good == Share(1, 3)
    assert str(run.precision) == "3 of 5 (60%)"
    assert str(run.spam) == "3 of 4 (75%)"
    assert [held.comment for held in run.good_ones] == [decisions["good 1"]]
    assert {held.comment for held in run.sample} == {
        *(decisions["spam 1"], decisions["spam 2"], decisions["spam 3"])
    }
    assert run.since == min(comment.created_at for comment in decisions.values())


def test_a_rule_that_holds_nothing_has_no_precision(decisions) -> None:
    run = dry_run(words("lottery"))
    assert run.held == []
    assert str(run.precision) == "0 of 0"
    assert str(run.spam) == "0 of 4 (0%)"


def test_without_decisions_there_is_nothing_to_say() -> None:
    run = dry_run(words("bonus"))
    assert (run.total, run.since, str(run.spam)) == (0, None, "0 of 0")


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(1, 1000, 1), (999, 1000, 99), (0, 9, 0), (9, 9, 100), (1, 3, 33)],
)
def test_none_and_all_are_said_of_none_and_all_alone(part: int, whole: int, percent: int) -> None:
    assert Share(part, whole).percent == percent


def test_only_the_last_decisions_are_asked(decisions) -> None:
    run = dry_run(words("bonus"), last=3)
    assert (run.total, run.spam, run.good) == (3, Share(0, 0), Share(1, 3))


def test_what_no_moderator_decided_is_not_asked() -> None:
    create_comment(text="bonus", state=State.PENDING)
    create_comment(text="bonus", state=State.UNCONFIRMED)
    set_policy(mode="none")
    create_comment(text="bonus", user=create_reader())  # it appeared by itself
    assert dry_run(words("bonus")).total == 0


def test_what_was_undone_does_not_count() -> None:
    set_policy(mode="none")
    judge = create_moderator()
    comment = create_comment(text="bonus", user=create_reader())
    undo(reject(comment, user=judge, reason=Reason.SPAM), user=judge)
    assert comment.acts.count() == 3
    assert dry_run(words("bonus")).total == 0


def test_the_decision_that_stands_is_the_one_that_counts() -> None:
    judge = create_moderator()
    comment = create_comment(text="bonus", by=judge, state=State.APPROVED)
    reject(comment, user=judge, reason=Reason.OFF_TOPIC)
    assert dry_run(words("bonus")).other == Share(1, 1)
    approve(comment, user=judge)
    assert dry_run(words("bonus")).good == Share(1, 1)
    made = reject(comment, user=judge, reason=Reason.SPAM)
    assert dry_run(words("bonus")).spam == Share(1, 1)
    undo(made, user=judge)
    assert dry_run(words("bonus")).good == Share(1, 1)


def test_an_undo_that_rejects_again_keeps_the_reason() -> None:
    judge = create_moderator()
    comment = create_comment(text="bonus", by=judge, state=State.REJECTED, reason=Reason.SPAM)
    undo(approve(comment, user=judge), user=judge)
    assert Comment.objects.get(pk=comment.pk).state == State.REJECTED
    assert dry_run(words("bonus")).spam == Share(1, 1)


def test_for_rate_the_hour_before_each_comment_counts(settings) -> None:
    settings.COMMENT_LIMITS = {"comment": ()}
    judge, writer = create_moderator(), create_reader()
    start = timezone.now() - timedelta(days=2)
    for minute in (0, 20, 40, 59, 75, 130):
        comment = create_comment(text=f"At {minute}", user=writer, by=judge, state=State.REJECTED)
        at = start + timedelta(minutes=minute)
        Comment.objects.filter(pk=comment.pk).update(created_at=at)
    run = dry_run(Rule(name="Rate", kind=Kind.RATE, value="3"))
    # Up to 59: four. Up to 75: those of 20, 40, 59 and 75. Up to 40: three, which is allowed. Up
    # to 130: those of 75 and 130.
    assert sorted(held.comment.text for held in run.held) == ["At 59", "At 75"]


def test_people_without_a_network_are_not_one_network() -> None:
    judge = create_moderator()
    for number in range(3):
        comment = create_comment(text=f"Text {number}", by=judge, state=State.REJECTED)
        Comment.objects.filter(pk=comment.pk).update(address_hash="", address_until=None)
    assert dry_run(Rule(name="Rate", kind=Kind.RATE, value="1")).held == []


def test_it_takes_the_same_few_queries_for_many_comments(
    decisions, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(1):
        dry_run(words("bonus"))
    with django_assert_max_num_queries(2):
        dry_run(Rule(name="Rate", kind=Kind.RATE, value="3"))


def test_a_broken_rule_is_not_tried(decisions) -> None:
    with pytest.raises(ValueProblems):
        dry_run(Rule(name="Broken", kind=Kind.PATTERN, value="("))


def test_other_rejections_are_told_apart(decisions) -> None:
    assert {held.outcome for held in dry_run(words("fools\nloans")).held} == {
        *(Outcome.SPAM, Outcome.OTHER)
    }
    assert decided().count() == 9


# The same as live

TEXTS = st.lists(
    st.sampled_from(
        [
            *("bonus", "BONUS", "bo\u200bnus", "WordPress", "press", "https://a.example"),
            *("[x](https://b.example)", "**bon**us", "casino", "c@d.example", "\n\n", "ςοδε"),
        ]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
RULES = st.one_of(
    st.tuples(
        st.just(Kind.WORDS), st.sampled_from(["bonus", "press", "bonus casino", "bonus\n$$"])
    ),
    st.tuples(st.just(Kind.LINKS), st.sampled_from(["1", "2", "3"])),
    st.tuples(st.just(Kind.PATTERN), st.sampled_from(["bon.s", "^press$", "(a+)+$", "b.example"])),
    st.tuples(st.just(Kind.ADDRESS), st.sampled_from(["a.example", "w1@b.example"])),
    st.tuples(st.just(Kind.RATE), st.sampled_from(["1", "2", "3"])),
)
SENT = st.lists(st.tuples(TEXTS, st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=5)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rule=RULES, sent=SENT)
def test_the_dry_run_holds_what_live_held(settings, rule: tuple[str, str], sent) -> None:
    settings.COMMENT_LIMITS = {"comment": ()}
    with transaction.atomic():
        stored = Rule.objects.create(name="Live", kind=rule[0], value=rule[1])
        judge, guide = create_moderator(), create_live_guide()
        people = [create_reader(email=f"w{n}@{'ab'[n % 2]}.example") for n in range(3)]
        for text, person, network in sent:
            draft = Draft(
                article=guide,
                text=text,
                visitor=Visitor(user=people[person]),
                network=f"198.51.100.{network}" if network else "",
            )
            comment = post(draft)
            reject(comment, user=judge, reason=Reason.SPAM)
        live = set(RuleHit.objects.values_list("comment_id", flat=True))
        run = dry_run(Rule(name="Dry", kind=stored.kind, value=stored.value))
        assert run.total == len(sent)
        assert {held.comment.pk for held in run.held} == live
        transaction.set_rollback(True)
