"""Where a comment stands: its number in the thread, and its path below what it answers."""

from articles.models import Article
from comments.models import Comment, Thread
from comments.models.comment import DEEPEST, SEGMENT


def locked_thread(article: Article) -> Thread:
    """Return the thread; whoever else posts in it waits for this transaction."""
    thread, _ = Thread.objects.select_for_update().get_or_create(article=article)
    thread.article = article
    return thread


def place_in_thread(
    thread: Thread, parent: Comment | None, number: int | None = None
) -> tuple[int, str, int]:
    """Return number, path and depth of the next comment of a locked thread, and count it.

    A comment that comes from elsewhere may bring a `number` that is free here.
    """
    number = number or thread.last_number + 1
    thread.last_number = max(thread.last_number, number)
    thread.save(update_fields=["last_number"])
    segment = f"{number:0{SEGMENT}}"
    if parent is None:
        return number, segment, 0
    above = parent.path if parent.depth < DEEPEST else parent.path[:-SEGMENT]
    return number, above + segment, min(parent.depth + 1, DEEPEST)
