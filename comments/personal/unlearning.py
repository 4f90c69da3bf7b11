"""Taking removed words out of what the spam score learned from them.

The counts of the model in use go down by what each comment had added; a word that is then left in
fewer than two comments is dropped, as it would be in learning. Models before it are deleted: nobody
asks them any more. So what stays is what the other comments teach.
"""

from collections.abc import Collection

from comments.models import Comment, SpamModel
from comments.screening.decided import Outcome, decided, outcome_of
from comments.screening.learning import Example, terms_of_comment
from comments.screening.score import SEEN_AT_LEAST, Learned

type Lesson = tuple[Comment, Example]


def lessons_of(comments: Collection[int]) -> list[Lesson]:
    """Return what the score may have learned from these comments. Ask before the words go."""
    taught = decided().filter(pk__in=comments).only("state", "html", "text", "decided_at")
    outcomes = ((comment, outcome_of(comment)) for comment in taught)
    return [
        (comment, (terms_of_comment(comment), outcome == Outcome.SPAM))
        for comment, outcome in outcomes
        if outcome != Outcome.OTHER
    ]


def unlearn(lessons: Collection[Lesson]) -> int:
    """Take lessons out of the model in use, and delete older ones; return how many had taught."""
    latest = SpamModel.objects.select_for_update().order_by("-pk").first()
    if latest is None or not lessons:
        return 0
    SpamModel.objects.filter(pk__lt=latest.pk).delete()
    known = [example for comment, example in lessons if _was_there(comment, latest)]
    counts = [latest.good_count, latest.spam_count]
    words = {word: list(seen) for word, seen in latest.words.items()}
    for terms, is_spam in known:
        counts[is_spam] = max(0, counts[is_spam] - 1)
        for word in terms & words.keys():
            words[word][is_spam] = max(0, words[word][is_spam] - 1)
    kept = {word: (good, spam) for word, (good, spam) in words.items() if _is_common(good, spam)}
    learned = Learned(counts[0], counts[1], kept)
    latest.good_count, latest.spam_count = learned.good, learned.spam
    latest.words = {word: list(seen) for word, seen in kept.items()}
    latest.digest = learned.digest
    latest.save(update_fields=["good_count", "spam_count", "words", "digest"])
    return len(known)


def _was_there(comment: Comment, model: SpamModel) -> bool:
    return comment.decided_at is not None and comment.decided_at <= model.trained_at


def _is_common(good: int, spam: int) -> bool:
    return good + spam >= SEEN_AT_LEAST
