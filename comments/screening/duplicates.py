"""The same words sent again, by anybody, under any guide.

Words compare as in rules, without punctuation and without addresses that are written out: a text
sent fifty times with fifty links is one text. Short texts ("Thanks, that helped.") are nobody's.
A second click is a mistake and not advertising: the same person under the same guide within ten
minutes is let alone.
"""

import hashlib
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from comments.models import Comment
from comments.screening.reading import Reading
from comments.wording import is_word, tokens

WITHIN = timedelta(days=30)
SECOND_CLICK = timedelta(minutes=10)
SHORTEST = 50  # letters and digits; below it people do say the same by chance


def words_digest(reading: Reading) -> str:
    """Return a fingerprint of the words of a comment; empty where they are too few to compare."""
    words = list(filter(is_word, tokens(reading.prose)))
    if sum(map(len, words)) < SHORTEST:
        return ""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def sent_before(comment: Comment) -> str:
    """Return where the words of a comment (its `words_digest`) were sent before; or nothing."""
    if not comment.words_digest:
        return ""
    now = timezone.now()
    same = Comment.objects.filter(
        Q(created_at__lt=comment.created_at) | Q(created_at=comment.created_at, pk__lt=comment.pk),
        words_digest=comment.words_digest,
        created_at__gte=now - WITHIN,
    )
    second_click = Q(
        author=comment.author_id,
        thread=comment.thread_id,
        created_at__gte=comment.created_at - SECOND_CLICK,
    )
    earlier = list(same.exclude(second_click).order_by("-created_at", "-pk")[:100])
    if not earlier:
        return ""
    latest = earlier[0]
    who = "the same person" if latest.author_id == comment.author_id else "another person"
    times = f", and {len(earlier) - 1} more in {WITHIN.days} days" if len(earlier) > 1 else ""
    return (
        f"The same words were sent on {latest.created_at:%-d %B %Y} by {who} "
        f"(comment {latest.pk}){times}."
    )
