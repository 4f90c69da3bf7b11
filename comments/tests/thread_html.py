"""Reading the HTML of threads, for tests."""

import html
import re

from comments.models import Comment

ITEM = re.compile(r'<li class="comment[^"]*" id="comment-(\d+)">(.*?)\n</li>', re.DOTALL)


def thread_part(page: str) -> str:
    """Return the part of a page that holds the thread."""
    begin = page.index('<section class="guide__section thread"')
    return page[begin : page.index("\n</main>", begin)]


def item(page: str, comment: Comment) -> str:
    """Return the HTML of one comment on a page; fails where it is not there."""
    found = dict(ITEM.findall(page))
    assert str(comment.pk) in found, f"comment {comment.pk} is not on the page"
    return found[str(comment.pk)]


def listed(page: str) -> list[int]:
    """Return the keys of the comments of a page, tombstones included, in their order."""
    return [int(pk) for pk, _ in ITEM.findall(page)]


def words(part: str) -> str:
    """Return what a reader sees of some HTML, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", part)).split())
