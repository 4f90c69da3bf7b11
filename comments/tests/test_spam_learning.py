"""Learning the spam score from decisions, scoring comments with it, and learning anew."""

import math
import random
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from articles.tests.factories import create_live_guide
from comments.identity import Visitor
from comments.models import Comment, SpamModel
from comments.moderation import approve, reject
from comments.posting import Draft, post
from comments.screening import learning
from comments.screening.score import learn
from comments.states import Reason, State
from comments.tests import spam_corpus as corpus
from comments.tests.factories import create_comment, create_moderator, create_reader, set_policy
from comments.tests.spam_corpus import FEW_GOOD, FEW_SPAM, examples

# Computed once, on SQLite; the counts do not ask which database they come from.
PINNED = "52c95072e7f8e72eb215a9cf276559200277f496262eaecd86b5af8fd268c89b"


def decide_all(good: list[str], spam: list[str], seed: int = 0) -> None:
    set_policy(mode="all")
    guide, judge, reader = create_live_guide(), create_moderator(), create_reader()
    texts = [(text, State.APPROVED) for text in good] + [(text, State.REJECTED) for text in spam]
    random.Random(seed).shuffle(texts)
    for text, state in texts:
        create_comment(guide, text=text, user=reader, by=judge, state=state, reason=Reason.SPAM)


@pytest.fixture
def _no_limits(settings) -> None:
    settings.COMMENT_LIMITS = {"comment": ()}
    cache.clear()


@pytest.fixture
def _trained(_no_limits, db, monkeypatch) -> None:
    monkeypatch.setattr(learning, "LEAST", 6)
    decide_all(
        [f"{text} {n}" for n in range(2) for text in FEW_GOOD],
        [f"{text}/{n} casino" for n in range(3) for text in FEW_SPAM],
    )
    assert learning.train() is not None


@pytest.mark.usefixtures("_no_limits")
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.django_db
def test_both_databases_and_every_order_of_rows_give_this_digest(monkeypatch, seed: int) -> None:
    monkeypatch.setattr(learning, "LEAST", 2)
    decide_all(FEW_GOOD, FEW_SPAM, seed)
    model = learning.train()
    assert model.digest == learn(examples(FEW_GOOD, FEW_SPAM)).digest
    assert model.digest == PINNED


@pytest.mark.usefixtures("_trained")
def test_learning_twice_from_the_same_adds_nothing() -> None:
    first = SpamModel.objects.get()
    again = learning.train()
    assert (again.pk, again.digest) == (first.pk, first.digest)
    assert again.trained_at > first.trained_at


# What is learned from


@pytest.mark.usefixtures("_no_limits")
@pytest.mark.django_db
def test_below_twenty_of_each_there_is_no_score() -> None:
    decide_all([f"good {n}" for n in range(20)], [f"spam {n}" for n in range(19)])
    assert learning.train() is None
    comment = create_comment(text="spam 1", state=State.PENDING)
    assert (comment.score, comment.score_words) == (None, [])
    reject(comment, user=create_moderator(), reason=Reason.SPAM)
    assert learning.train().spam_count == 20


@pytest.mark.usefixtures("_no_limits")
@pytest.mark.django_db
def test_only_decisions_of_moderators_about_spam_count(monkeypatch) -> None:
    monkeypatch.setattr(learning, "LEAST", 0)
    judge = create_moderator()
    create_comment(text="off topic", state=State.REJECTED, reason=Reason.OFF_TOPIC)
    create_comment(text="waits", state=State.PENDING)
    wrong = create_comment(text="wrong", state=State.REJECTED, reason=Reason.SPAM)
    approve(wrong, user=judge)  # it is good after all
    set_policy(mode="none")
    create_comment(text="nobody looked", user=create_reader())
    create_comment(text="nobody looked, then spam", user=create_reader())
    reject(Comment.objects.latest("pk"), user=judge, reason=Reason.SPAM)
    model = learning.train()
    assert (model.good_count, model.spam_count) == (1, 1)
    assert learning.decision_counts() == (1, 1)


@pytest.mark.usefixtures("_trained")
def test_few_trainings_are_kept(monkeypatch) -> None:
    monkeypatch.setattr(learning, "MODELS_KEPT", 2)
    for number in range(3):
        create_comment(text=f"Another good one {number}")
        latest = learning.train()
    assert SpamModel.objects.count() == 2
    assert SpamModel.objects.latest() == latest


# Scoring comments


@pytest.mark.usefixtures("_trained")
def test_a_comment_like_spam_is_held_and_its_words_are_shown() -> None:
    set_policy(mode="none")
    text = "Money for you, casino https://luck.example/a"
    held = post(Draft(create_live_guide(), text, Visitor(user=create_reader())))
    assert held.state == State.PENDING
    act = held.acts.get()
    assert act.reason == Reason.SCORE
    assert act.detail.startswith(f"Spam score {held.score:.2f}: ")
    assert "casino +" in act.detail
    assert held.score >= 0.9
    words = dict(held.score_words)
    assert words["casino"] > 1
    total = sum(round(100 * weight) for weight in words.values()) / 100
    assert held.score == round(1 / (1 + math.exp(-total)), 4)


@pytest.mark.usefixtures("_trained")
def test_a_good_comment_is_let_through_with_its_score() -> None:
    set_policy(mode="none")
    text = "Queues need care, and retries."
    comment = post(Draft(create_live_guide(), text, Visitor(user=create_reader())))
    assert comment.state == State.APPROVED
    assert comment.score < 0.1
    assert comment.signals == []


@pytest.mark.usefixtures("_trained")
@pytest.mark.parametrize(("limit", "state"), [("1", State.APPROVED), ("0.99", State.PENDING)])
def test_the_policy_says_from_where_on_and_one_switches_it_off(limit: str, state: str) -> None:
    set_policy(mode="none", hold_from_score=limit)
    text = "Money casino win with our https://luck.example/a"
    comment = post(Draft(create_live_guide(), text, Visitor(user=create_reader())))
    assert comment.score >= 0.99
    assert comment.state == state


@pytest.mark.usefixtures("_trained")
def test_without_the_model_only_holds_change_and_nothing_is_ever_rejected() -> None:
    set_policy(mode="none")
    guide = create_live_guide()
    texts = [*FEW_GOOD, *FEW_SPAM, *corpus.HARD_GOOD[:6], *corpus.HARD_SPAM[:6]]

    def states() -> list[str]:
        made = [post(Draft(guide, text, Visitor(user=create_reader()))) for text in texts]
        return [comment.state for comment in made]

    with_model = states()
    SpamModel.objects.all().delete()
    Comment.objects.update(words_digest="")
    without = states()
    assert set(without) == {State.APPROVED}
    assert set(with_model) == {State.APPROVED, State.PENDING}
    assert Comment.objects.filter(text__in=FEW_SPAM, score=None).count() == len(FEW_SPAM)


@pytest.mark.usefixtures("_trained")
def test_the_model_is_read_once_by_a_process(django_assert_num_queries) -> None:
    learning.scorer_of.cache_clear()
    with django_assert_num_queries(2):
        learning.score(frozenset({"casino"}))
    with django_assert_num_queries(1):
        assert learning.score(frozenset({"casino"})).hundredths > 0


# Learning by itself


@pytest.mark.usefixtures("_no_limits")
@pytest.mark.django_db
def test_the_first_comment_of_a_day_has_the_site_learn(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        learning.score(frozenset())
        learning.score(frozenset())
    assert len(callbacks) == 1
    cache.clear()
    SpamModel.objects.create(good_count=1, spam_count=1, words={}, digest="x")
    with django_capture_on_commit_callbacks() as callbacks:
        learning.score(frozenset())
    assert callbacks == []
    SpamModel.objects.update(trained_at=timezone.now() - timedelta(hours=25))
    with django_capture_on_commit_callbacks() as callbacks:
        learning.score(frozenset())
    assert len(callbacks) == 1


@pytest.mark.usefixtures("_trained")
def test_the_task_and_the_command_learn(capsys) -> None:
    create_comment(text="One more good one")
    assert learning.learn_in_background.func() == "Learned from 7 good comments and 6 of spam"
    create_comment(text="And one more")
    call_command("train_spam_score")
    said = capsys.readouterr().out
    assert "Learned from 8 good comments and 6 of spam." in said
    assert SpamModel.objects.latest().digest in said


@pytest.mark.django_db
def test_the_command_says_what_is_missing(capsys) -> None:
    call_command("train_spam_score")
    assert capsys.readouterr().out.strip() == (
        "Not enough decisions yet: 0 good comments and 0 of spam; it takes 20 of each."
    )
