"""Comments as Atom feeds: of the whole site, and of one guide.

Entries are known by ids that no change of an address touches (RFC 4151), carry the whole comment,
and name nobody but its writer, by the name alone. An answer says what it answers (RFC 4685).

Where somebody left, the entry counts as updated, so that readers' programs take the name away.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from accounts.data.mentions import NOBODY
from articles.models import Article
from comments.models import Comment
from comments.personal.elsewhere import NOWHERE
from comments.personal.traces import LEFT
from core.visible import visible

LATEST = 50  # entries of a feed
SHOWN_FIELDS = (
    *("name", "html", "published_at", "edited_at", "parent__name", "parent__state", "thread"),
    *("thread__article__title", "thread__article__slug", "thread__article__shelf"),
)
BEGINNING = datetime(2026, 11, 22, tzinfo=UTC)  # the last change of a feed without entries
# How much later an entry counts as updated for each place where somebody who left had stood. We
# keep no moment of leaving: the same on several comments would say that one person wrote them.
FOR_EACH_GAP = timedelta(minutes=1)
THREADS = "http://purl.org/syndication/thread/1.0"


class CommentFeed(Atom1Feed):
    """Atom 1.0 with the whole text of each entry, and what it answers."""

    def root_attributes(self) -> dict[str, str]:
        """Return the attributes of the feed, with the name of the extension for answers."""
        return {**super().root_attributes(), "xmlns:thr": THREADS}

    def latest_post_date(self) -> datetime:
        """Return when an entry changed last; a feed without entries gives no moving date."""
        return max((item["updateddate"] for item in self.items), default=BEGINNING)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Write an entry."""
        # An empty summary would be shown in place of the text.
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement("content", item["html"], {"type": "html"})
        if item["answers"]:
            handler.addQuickElement("thr:in-reply-to", None, item["answers"])


def site_feed() -> str:
    """Return the feed of all comments, in one query."""
    return _write(
        Comment.objects.approved(),
        name="comments",
        title=f"Comments on {settings.SITE_NAME}",
        page=reverse("pages:home"),
        address=reverse("comments:feed"),
    )


def guide_feed(article: Article) -> str:
    """Return the feed of the comments on a public guide, in one query."""
    return _write(
        Comment.objects.approved().filter(thread__article=article),
        name=f"guide-{article.pk}-comments",
        title=f"Comments on “{visible(article.title)}”",
        page=f"{article.get_absolute_url()}#comments",
        address=reverse("comments:thread-feed", args=[article.slug]),
    )


def tag_uri(name: str) -> str:
    """Return an id that belongs to this site and never changes."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{name}"


def _write(comments: Any, *, name: str, title: str, page: str, address: str) -> str:
    feed = CommentFeed(
        title=title,
        link=settings.SITE_URL + page,
        description="",
        language="en-GB",
        feed_url=settings.SITE_URL + address,
        feed_guid=tag_uri(name),
    )
    latest = (
        comments.select_related("parent", "thread__article")
        .only(*SHOWN_FIELDS)
        .order_by("-published_at", "-pk")
    )
    for comment in latest[:LATEST]:
        _add(feed, comment)
    return feed.writeString("utf-8")


def _add(feed: CommentFeed, comment: Comment) -> None:
    parent = comment.parent if comment.parent is not None and comment.parent.is_public else None
    address = settings.SITE_URL + comment.get_absolute_url()
    guide = visible(comment.thread.article.title)
    who = visible(comment.name)
    says = f"{who} answers {visible(parent.name)}" if parent else who
    answers = {}
    if parent is not None:
        answers = {
            "ref": tag_uri(f"comment-{parent.pk}"),
            "href": settings.SITE_URL + parent.get_absolute_url(),
            "type": "text/html",
        }
    published = comment.published_at
    assert published is not None  # a constraint: what is public has its date
    feed.add_item(
        title=f"{says} on “{guide}”",
        link=address,
        description="",
        author_name=who,
        unique_id=tag_uri(f"comment-{comment.pk}"),
        pubdate=published,
        updateddate=max(published, comment.edited_at or published) + _gaps(comment),
        html=visible(comment.html),
        answers=answers,
    )


def _gaps(comment: Comment) -> timedelta:
    """Return how much later an entry counts as updated, because names were taken out of it."""
    places = (
        comment.name == LEFT,
        comment.parent is not None and comment.parent.name == LEFT,
        any(gap in comment.html for gap in (NOBODY, NOWHERE)),
    )
    return FOR_EACH_GAP * sum(places)
