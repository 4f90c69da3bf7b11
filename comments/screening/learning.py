"""Learning the spam score from the site's own decisions, and keeping what was learned."""

import hashlib
from datetime import timedelta
from functools import lru_cache

from django.core.cache import cache
from django.db import transaction
from django.tasks import task
from django.utils import timezone

from comments.models import Comment, SpamModel
from comments.rendering import render_comment
from comments.screening.decided import Outcome, decided, outcome_of
from comments.screening.reading import read_html
from comments.screening.score import Learned, Score, Scorer, learn, terms_of

LEAST = 20  # good comments, and as much spam, below which nothing is learned
MOST_DECISIONS = 10_000  # the latest; older ones say less about today's spam
MODELS_KEPT = 10
LEARN_EVERY = timedelta(days=1)
FOLDS = 5
TRIED_AT = (0.5, 0.7, 0.8, 0.9, 0.95, 0.99)

type Example = tuple[frozenset[str], bool]  # the terms of a comment, and whether it was spam


def train() -> SpamModel | None:
    """Learn from all decisions and store it; return what is in use now, None where nothing is.

    Equal decisions give an equal digest, and then no second row. With fewer than 20 good comments
    or less than 20 of spam nothing is learned, and what was learned before stays in use.
    """
    examples = _examples()
    learned = learn(examples)
    latest = SpamModel.objects.order_by("-pk").first()
    if min(learned.good, learned.spam) < LEAST:
        return latest
    if latest is not None and latest.digest == learned.digest:
        latest.trained_at = timezone.now()
        latest.save(update_fields=["trained_at"])
        return latest
    made = SpamModel.objects.create(
        good_count=learned.good,
        spam_count=learned.spam,
        words={word: list(seen) for word, seen in learned.words.items()},
        trial=try_out(examples),
        digest=learned.digest,
    )
    old = SpamModel.objects.order_by("-pk").values_list("pk", flat=True)[MODELS_KEPT:]
    SpamModel.objects.filter(pk__in=list(old)).delete()
    return made


def decision_counts() -> tuple[int, int]:
    """Return how many good comments and how much spam there is to learn from now."""
    outcomes = [outcome_of(comment) for comment in decided().only("state")[:MOST_DECISIONS]]
    return outcomes.count(Outcome.GOOD), outcomes.count(Outcome.SPAM)


def _examples() -> list[Example]:
    latest = decided().only("state", "html", "text")[:MOST_DECISIONS]
    outcomes = ((comment, outcome_of(comment)) for comment in latest.iterator(chunk_size=500))
    return [
        (terms_of_comment(comment), outcome == Outcome.SPAM)
        for comment, outcome in outcomes
        if outcome != Outcome.OTHER
    ]


def terms_of_comment(comment: Comment) -> frozenset[str]:
    """Return what counts of a comment for its score."""
    return terms_of(read_html(comment.html or render_comment(comment.text)))


def try_out(examples: list[Example]) -> list[list[float]]:
    """Return [score, spam held, good ones held] for several limits.

    Each comment is scored by what the other four fifths teach, so it is judged by what had not
    seen it. Which fifth a comment falls into depends on its words alone.
    """
    folds: list[list[Example]] = [[] for _ in range(FOLDS)]
    for example in examples:
        words = " ".join(sorted(example[0])).encode()
        folds[int(hashlib.sha256(words).hexdigest(), 16) % FOLDS].append(example)
    scored = []
    for place, fold in enumerate(folds):
        others = [example for at, rest in enumerate(folds) if at != place for example in rest]
        scorer = Scorer(learn(others))
        scored += [(scorer.score(terms).probability, is_spam) for terms, is_spam in fold]
    return [
        [
            limit,
            sum(is_spam for value, is_spam in scored if value >= limit),
            sum(not is_spam for value, is_spam in scored if value >= limit),
        ]
        for limit in TRIED_AT
    ]


def score(terms: frozenset[str]) -> Score | None:
    """Return the score of a comment by what was learned last; None where nothing was yet."""
    latest = SpamModel.objects.order_by("-pk").values_list("pk", "digest", "trained_at").first()
    _learn_again(latest is None or latest[2] < timezone.now() - LEARN_EVERY)
    return None if latest is None else scorer_of(latest[0], latest[1]).score(terms)


@lru_cache(maxsize=2)
def scorer_of(pk: int, digest: str) -> Scorer:
    """Return the scorer of a stored model, read once by each process."""
    model = SpamModel.objects.get(pk=pk)
    words = {word: (seen[0], seen[1]) for word, seen in model.words.items()}
    return Scorer(Learned(model.good_count, model.spam_count, words))


def _learn_again(is_due: bool) -> None:
    """Have the site learn in the background, after this request and at most once a day."""
    if is_due and cache.add("comments.learning", "asked", LEARN_EVERY.total_seconds()):
        transaction.on_commit(learn_in_background.enqueue, robust=True)


@task()
def learn_in_background() -> str:
    """Learn from all decisions; return what was learned, for the record of the task."""
    return str(train() or "Not enough decisions yet.")
