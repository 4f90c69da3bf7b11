"""All signals together, as posting, confirming and editing see them. They only ever hold."""

import logging
from datetime import timedelta

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.tests.factories import create_live_guide
from comments.identity import Visitor
from comments.models import Comment, ModerationAct, Policy, Rule, RuleHit
from comments.posting import Draft, confirm, edit, post
from comments.rule_values import Kind
from comments.screening import Facts, screen
from comments.states import HELD_BY_RULE, Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader, set_policy

TEXT = "Our casino pays the best bonus in town, and everybody is welcome to try their luck here."

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _open_site() -> None:
    set_policy(mode="none")


def send(text: str = TEXT, *, user=None, facts: Facts | None = None, **fields) -> Comment:
    visitor = Visitor(user=user or create_reader())
    facts = facts or Facts()
    return post(
        Draft(article=create_live_guide(), text=text, visitor=visitor, facts=facts, **fields)
    )


def rule(kind: str, value: str, **fields) -> Rule:
    name = fields.pop("name", f"{kind} {value}"[:80])
    return Rule.objects.create(name=name, kind=kind, value=value, **fields)


def test_without_rules_nothing_speaks_for_a_hold() -> None:
    comment = send()
    assert comment.state == State.APPROVED
    assert (comment.signals, comment.score, comment.score_words) == ([], None, [])


def test_a_rule_holds_and_says_which_it_was() -> None:
    rule(Kind.WORDS, "casino", name="Gambling")
    comment = send()
    assert comment.state == State.PENDING
    act = comment.acts.get()
    assert (act.reason, act.detail) == (Reason.RULE, "Rule “Gambling”: “casino”")
    assert comment.signals == [["rule", "Rule “Gambling”: “casino”"]]


def test_all_that_speaks_is_kept_the_strongest_first() -> None:
    rule(Kind.WORDS, "casino", name="B")
    rule(Kind.WORDS, "bonus", name="A")
    send()
    comment = send(facts=Facts(is_trap_filled=True, seconds=0.4))
    assert [signal[0] for signal in comment.signals] == [
        *("automatic", "automatic", "rule", "rule", "duplicate-text")
    ]
    assert [signal[1] for signal in comment.signals[1:4]] == [
        *("Sent after 0.4 seconds.", "Rule “A”: “bonus”", "Rule “B”: “casino”")
    ]
    act = comment.acts.get()
    assert act.reason == Reason.AUTOMATIC
    assert "A field that people do not see was filled in. · Sent after" in act.detail


def test_what_a_rule_spoke_against_is_counted_once() -> None:
    gambling = rule(Kind.WORDS, "casino")
    other = rule(Kind.WORDS, "lottery")
    comment = send()
    edit(comment, f"{TEXT} Really.")
    assert [hit.comment for hit in gambling.hits.all()] == [comment]
    assert not other.hits.exists()


def test_a_rule_out_of_use_holds_nothing() -> None:
    rule(Kind.WORDS, "casino", is_active=False)
    assert send().state == State.APPROVED
    assert not RuleHit.objects.exists()


def test_people_of_the_house_are_not_held() -> None:
    rule(Kind.WORDS, "casino")
    assert send(user=create_moderator()).state == State.APPROVED


def test_a_trusted_person_is_held_by_a_rule_all_the_same() -> None:
    set_policy(mode="first", approvals_to_post=1)
    rule(Kind.WORDS, "casino")
    writer = create_reader()
    create_comment(user=writer)
    assert send("No such word.", user=writer).state == State.APPROVED
    assert send(user=writer).state == State.PENDING


def test_a_rule_that_cannot_be_read_any_more_holds_nothing_and_is_logged(caplog) -> None:
    rule(Kind.PATTERN, r"(a)\1", name="Broken")
    rule(Kind.WORDS, "casino", name="Whole")
    with caplog.at_level(logging.ERROR):
        comment = send()
    assert [signal[1] for signal in comment.signals] == ["Rule “Whole”: “casino”"]
    assert "cannot be read and holds nothing" in caplog.text


def test_a_guest_is_looked_at_again_when_the_address_is_confirmed() -> None:
    comment = create_comment(text=TEXT, state=State.UNCONFIRMED)
    assert comment.signals == []
    rule(Kind.WORDS, "casino", name="New since")
    confirmed = confirm(comment)
    assert confirmed.state == State.PENDING
    assert confirmed.signals == [["rule", "Rule “New since”: “casino”"]]
    assert confirmed.acts.decisions().newest_first().first().reason == Reason.RULE


def test_a_rule_dropped_since_speaks_no_more_but_the_trap_does() -> None:
    dropped = rule(Kind.WORDS, "casino")
    comment = create_comment(text=TEXT, state=State.UNCONFIRMED, facts=Facts(is_trap_filled=True))
    assert len(comment.signals) == 2
    dropped.delete()
    assert [signal[0] for signal in confirm(comment).signals] == ["automatic"]


def test_words_that_a_rule_knows_cannot_be_edited_in() -> None:
    rule(Kind.WORDS, "casino")
    comment = send("A harmless text.")
    assert comment.state == State.APPROVED
    edited = edit(comment, TEXT)
    assert edited.state == State.PENDING
    assert edited.acts.decisions().newest_first().first().reason == Reason.RULE


def test_the_address_of_the_writer_is_in_no_signal_and_no_row_of_the_log() -> None:
    rule(Kind.ADDRESS, "throwaway.example", name="Throwaway mail")
    comment = send(user=create_reader(email="secret.person@throwaway.example"))
    assert comment.state == State.PENDING
    told = f"{comment.signals} {comment.acts.get().detail}"
    assert "Throwaway mail" in told
    assert "secret" not in told
    assert "throwaway.example" not in told


def test_a_rule_of_rate_counts_a_person(settings) -> None:
    rule(Kind.RATE, "2")
    writer = create_reader()
    states = [send(f"Text {number}", user=writer).state for number in range(4)]
    assert states == [State.APPROVED, State.APPROVED, State.PENDING, State.PENDING]
    assert send("By another").state == State.APPROVED


def test_a_rule_of_rate_counts_a_network_and_forgets_after_an_hour() -> None:
    rule(Kind.RATE, "2", name="Rate")
    comments = [send(f"Text {number}", network="198.51.100.7") for number in range(3)]
    assert [comment.state for comment in comments] == [
        *(State.APPROVED, State.APPROVED, State.PENDING)
    ]
    assert comments[2].acts.get().detail == "Rule “Rate”: 3 comments from one network in an hour"
    assert send("Elsewhere", network="198.51.100.8").state == State.APPROVED
    earlier = timezone.now() - timedelta(minutes=61)
    Comment.objects.filter(pk=comments[0].pk).update(created_at=earlier)
    Comment.objects.filter(pk=comments[1].pk).update(created_at=earlier)
    assert send("Later", network="198.51.100.7").state == State.APPROVED


def test_comments_without_a_network_are_not_one_network() -> None:
    rule(Kind.RATE, "1")
    assert [send(f"Text {number}").state for number in range(3)] == [State.APPROVED] * 3


def test_nothing_that_speaks_against_a_comment_rejects_it() -> None:
    for kind, value in [
        (Kind.WORDS, "casino"),
        (Kind.LINKS, "1"),
        (Kind.PATTERN, "bon.s"),
        (Kind.ADDRESS, "example.org"),
        (Kind.RATE, "1"),
    ]:
        rule(kind, value)
    writer = create_reader()
    send(user=writer)
    worst = send(f"{TEXT} https://a.example", user=writer, facts=Facts(True, 0.1))
    assert len(worst.signals) == 8
    assert not ModerationAct.objects.filter(to_state=State.REJECTED).exists()
    assert set(
        ModerationAct.objects.filter(to_state=State.PENDING).values_list("reason", flat=True)
    ) <= {reason.value for reason in HELD_BY_RULE}


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_queries_does_not_grow_with_the_rules(count: int) -> None:
    from django.db import connection

    for number in range(count):
        rule(Kind.WORDS, f"word{number}")
        rule(Kind.RATE, "50", name=f"rate {number}")
    comment = Comment.objects.select_related("author__user").get(pk=send().pk)
    policy = Policy.current()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        screen(comment, Facts(), policy)
    assert len(queries) == 4  # rules, recent comments, the same words, the score's latest model
