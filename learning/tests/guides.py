"""Steps of tests about saved and read guides."""

import re
from html import unescape
from typing import Any

from django.http import HttpResponse

from accounts.models import User
from articles.content import Content
from articles.models import Article
from articles.publishing import go_live, save_revision
from learning import marks

BUTTON = re.compile(r"<button[^>]*>(.*?)</button>", re.DOTALL)
ENTRY = re.compile(r'<li class="record">\s*<h3>(.*?)</h3>\s*<p class="label">(?!<span)')
TAG = re.compile(r"<[^>]+>")


def change(article: Article, *, note: str = "New figures.", is_notable: bool = True) -> Article:
    """Put a further revision of a guide live, and return the guide as it is then."""
    content = Content.of(article.revisions.newest_first()[0])
    revision = save_revision(article, content, author=None, note=note, is_notable=is_notable)
    go_live(revision, actor=None)
    article.refresh_from_db()
    return article


def read(user: User, *articles: Article) -> None:
    """Mark guides as read, as they are now."""
    for article in articles:
        assert article.live_revision
        marks.mark_read(user, article, article.live_revision)


def save(user: User, *articles: Article) -> None:
    """Save guides."""
    for article in articles:
        marks.save(user, article)


def buttons(response: HttpResponse) -> list[str]:
    """Return the words on the buttons inside the content of a page."""
    main = response.text.split("<main", 1)[1].split("</main>", 1)[0]
    return [words(label) for label in BUTTON.findall(main)]


def words(html: str) -> str:
    """Return a piece of a page as its reader sees it."""
    return re.sub(r"\s+", " ", unescape(TAG.sub("", html))).strip()


def text_of(response: Any) -> str:
    """Return the content of a page as its reader sees it."""
    return words("<main" + response.text.split("<main", 1)[1].split("</main>", 1)[0])


def titles(response: Any) -> list[str]:
    """Return the titles of the guides in the list of a page, from the top."""
    items = re.findall(
        r'<li class="record">\s*<h3>(.*?)</h3>\s*<p class="label">(?!<span)', response.text
    )
    return [words(title) for title in items]
