"""The spam score: exact explanations, equal decisions equal scores, and figures on unseen words."""

import math
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.screening import learning
from comments.screening.score import PRIOR, Learned, Scorer, learn
from comments.tests import spam_corpus as corpus
from comments.tests.spam_corpus import FEW_GOOD, FEW_SPAM, examples, terms

ROOT = Path(__file__).resolve().parents[2]


def scorer() -> Scorer:
    return Scorer(learn(examples(corpus.filled(corpus.GOOD, 1), corpus.filled(corpus.SPAM, 2))))


# What counts


def test_the_terms_of_a_comment_are_its_words_and_signs() -> None:
    assert terms("Buy NOW, buy: **Casino**!! $5 https://www.Luck.example/x") == {
        *("buy", "now", "casino", "5", "(!!)", "(money)", "(a link)", "(link to luck.example)"),
        "(little but links)",
    }
    assert "(capitals)" in terms("THIS IS THE BEST OFFER")
    assert "(capitals)" not in terms("TCP is TCP")
    assert "(more than two links)" in terms("https://a.example https://b.example https://c.example")
    assert terms("x" * 31) == frozenset()


def test_words_in_disguise_are_the_same_words() -> None:
    assert terms("саsіnо bo\u200bnus") == terms("CASINO bonus")


def test_words_seen_once_are_forgotten_and_the_rest_is_counted_by_comment() -> None:
    learned = learn(examples(FEW_GOOD, FEW_SPAM))
    assert (learned.good, learned.spam) == (3, 2)
    assert learned.words == {
        "(a link)": (0, 2),
        "(link to luck.example)": (0, 2),
        "(little but links)": (0, 2),
        "care": (2, 0),
        "casino": (0, 2),
        "money": (0, 2),
        "need": (2, 0),
        "queues": (2, 0),
        "retries": (2, 0),
    }


def test_the_vocabulary_has_an_end(monkeypatch) -> None:
    monkeypatch.setattr("comments.screening.score.LARGEST_VOCABULARY", 2)
    both = [(frozenset({"b", "c"}), False), (frozenset({"a", "b"}), True)]
    learned = learn([*both, (frozenset({"a", "b", "c"}), True)])
    assert list(learned.words) == ["a", "b"]  # the most frequent, then by the alphabet


# The sum


def test_the_weights_are_those_worked_out_by_hand() -> None:
    # 3 terms; good comments hold 2 + 1 + 0, spam 0 + 1 + 3, each with one added: 6 and 7.
    model = Scorer(Learned(3, 3, {"queue": (2, 0), "we": (1, 1), "casino": (0, 3)}))
    assert model.weights == {
        "queue": round(100 * math.log((1 / 7) / (3 / 6))),
        "we": round(100 * math.log((2 / 7) / (2 / 6))),
        "casino": round(100 * math.log((4 / 7) / (1 / 6))),
    }
    score = model.score(frozenset({"casino", "we", "unheard"}))
    assert score.parts == (("casino", 123), ("we", -15), (PRIOR, 0))
    assert score.hundredths == 108
    assert score.probability == round(1 / (1 + math.exp(-1.08)), 4)


def test_how_common_spam_is_counts_too() -> None:
    assert Scorer(Learned(99, 9, {})).score(frozenset()).hundredths == round(100 * math.log(0.1))


@given(st.sets(st.sampled_from(sorted(scorer().weights)), max_size=60))
def test_what_is_shown_adds_up_to_the_score_exactly(known: set[str]) -> None:
    score = scorer_for_all.score(frozenset(known) | {"a-word-that-nobody-wrote"})
    assert sum(weight for _, weight in score.parts) == score.hundredths
    shown = score.shown()
    assert len(shown) <= 9
    assert sum(round(100 * weight) for _, weight in shown) == score.hundredths
    heaviest = [abs(weight) for _, weight in score.parts]
    assert heaviest == sorted(heaviest, reverse=True)
    assert {term for term, _ in score.parts} == known | {PRIOR}


scorer_for_all = scorer()


@pytest.mark.parametrize(
    ("hundredths", "expected"), [(10**6, 0.9999), (-(10**6), 0.0001), (0, 0.5)]
)
def test_no_comment_is_ever_quite_certain(hundredths: int, expected: float) -> None:
    model = Scorer(Learned(1, 1, {}))
    model.weights = {"x": hundredths}
    assert model.score(frozenset({"x"})).probability == expected


# Equal decisions, equal score

DIGEST_OF_SMALL = """
import django, random, sys; django.setup()
from comments.screening.score import learn
from comments.tests import spam_corpus as corpus
pairs = corpus.examples(corpus.filled(corpus.GOOD, 1), corpus.filled(corpus.SPAM, 2))
random.Random(int(sys.argv[1])).shuffle(pairs)
print(learn(pairs).digest)
"""


def test_the_digest_does_not_depend_on_order_or_the_seed_of_hashes() -> None:
    digests = set()
    for seed in ("0", "1", "4294967295"):
        run = subprocess.run(
            [sys.executable, "-c", DIGEST_OF_SMALL, seed],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "DJANGO_SETTINGS_MODULE": "backend_guide.settings_test",
            },
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(run.stdout.strip().splitlines()[-1])
    pairs = examples(corpus.filled(corpus.GOOD, 1), corpus.filled(corpus.SPAM, 2))
    assert digests == {learn(reversed(pairs)).digest}


# On words that it has not seen


def caught(model: Scorer, texts: list[str]) -> int:
    return sum(model.score(terms(text)).probability >= 0.9 for text in texts)


def test_on_templates_that_it_has_not_seen() -> None:
    spam = corpus.filled(corpus.SPAM_HELD_OUT, 4)
    good = corpus.filled(corpus.GOOD_HELD_OUT, 3)
    assert (len(spam), len(good)) == (45, 45)
    # Precision 45 of 45, recall 45 of 45. They are easy: the world is not made of templates.
    assert (caught(scorer_for_all, spam), caught(scorer_for_all, good)) == (45, 0)


def test_on_comments_written_to_confuse_it() -> None:
    spam, good = corpus.HARD_SPAM, corpus.HARD_GOOD
    assert (len(spam), len(good)) == (20, 20)
    # Precision 10 of 10, recall 10 of 20: the other half would have come through.
    assert (caught(scorer_for_all, spam), caught(scorer_for_all, good)) == (10, 0)


def test_the_trial_judges_each_comment_by_the_others() -> None:
    pairs = examples(corpus.filled(corpus.GOOD, 1), corpus.filled(corpus.SPAM, 2))
    trial = learning.try_out(pairs)
    assert [row[0] for row in trial] == list(learning.TRIED_AT)
    assert all(0 <= spam <= 75 and 0 <= good <= 75 for _, spam, good in trial)
    random.Random(5).shuffle(pairs)
    assert learning.try_out(pairs) == trial
    # Two equal comments are judged together by the others, which know none of their words.
    twins = [(frozenset({f"only{n}"}), n % 2 == 0) for n in range(40)] * 2
    assert learning.try_out(twins)[1:] == [[limit, 0, 0] for limit in learning.TRIED_AT[1:]]
