"""Threads of thousands, for tests of paging and speed: made in bulk, as the database demands."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import cycle, islice

from django.utils import timezone

from articles.models import Article
from comments.models import Comment, Commenter, ModerationAct, Thread
from comments.moderation import count_public
from comments.placing import place_in_thread
from comments.sections import section_digest, section_title
from comments.states import ActorKind, Reason, State

WRITERS = 5
TREES = (0, 1, 2, 3, 3, 1, 0)  # depths in reading order, again and again


def create_many(
    article: Article, count: int, *, depths: Sequence[int] = TREES, section: str = ""
) -> list[Comment]:
    """Return so many public comments on a guide in reading order, in trees of these depths.

    Each came as received, has its row in the log, and only then became public.
    """
    thread = Thread.objects.get_or_create(article=article)[0]
    writers = Commenter.objects.bulk_create(
        Commenter(guest_email=f"many-{thread.pk}-{number}@example.org") for number in range(WRITERS)
    )
    made: list[Comment] = []
    generations: dict[int, list[Comment]] = {}
    above: list[tuple[Comment, int]] = []  # at each depth, the latest comment and its generation
    for number, depth in enumerate(islice(cycle(depths), count), start=1):
        is_flat = len(above) > depth > 0 and above[depth][0] is made[-1] and depth == max(depths)
        parent, generation = above[depth if is_flat else depth - 1] if depth else (None, -1)
        comment = _comment(article, thread, writers[number % WRITERS], number, section)
        comment.number, comment.path, comment.depth = place_in_thread(thread, parent)
        comment.parent = parent
        above[depth:] = [(comment, generation + 1)]
        generations.setdefault(generation + 1, []).append(comment)
        made.append(comment)
    for generation in sorted(generations):
        for comment in generations[generation]:
            comment.parent = comment.parent  # its key is known by now
        Comment.objects.bulk_create(generations[generation])
    _make_public(thread, made)
    return made


def _comment(
    article: Article, thread: Thread, writer: Commenter, number: int, section: str
) -> Comment:
    revision = article.live_revision
    return Comment(
        thread=thread,
        author=writer,
        name=f"Writer {number % WRITERS}",
        text=f"Comment {number}: we do it *differently*.",
        html=f"<p>Comment {number}: we do it <em>differently</em>.</p>\n",
        revision=revision,
        section=section,
        section_title=section_title(article, section),
        section_digest=section_digest(revision, section) if revision and section else "",
        created_at=timezone.now() - timedelta(days=1) + timedelta(seconds=number),
    )


def _make_public(thread: Thread, comments: list[Comment]) -> None:
    ModerationAct.objects.bulk_create(
        ModerationAct(
            comment=comment,
            from_state=State.RECEIVED,
            to_state=State.APPROVED,
            actor_kind=ActorKind.SYSTEM,
            reason=Reason.OPEN_MODE,
        )
        for comment in comments
    )
    Comment.objects.filter(thread=thread, state=State.RECEIVED).update(
        state=State.APPROVED, published_at=timezone.now()
    )
    count_public(thread)
