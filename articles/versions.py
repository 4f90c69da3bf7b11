"""A guide as its content says it, without a row of its own: earlier versions, and the preview."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage

from articles.content import Content, as_date
from articles.models import (
    Article,
    Category,
    Contributor,
    Publication,
    Revision,
    Shelf,
    Tag,
)
from articles.page import source_blocks, trail_of
from articles.rendering import ContentError, RenderedContent, render_content


@dataclass(frozen=True)
class Span:
    """A time for which a revision was what readers saw; `ends` is None while they do."""

    begins: datetime
    ends: datetime | None


def spans_of(article: Article, number: int) -> list[Span]:
    """Return when readers saw a revision, the first time first; nothing if it was never public."""
    history = list(
        Publication.objects.filter(article=article)
        .up_to()
        .order_by("at", "pk")
        .values_list("at", "kind", "revision__number")
    )
    ends = [*(at for at, _, _ in history[1:]), None]
    spans: list[Span] = []
    for (at, kind, shown), end in zip(history, ends, strict=True):
        if kind != Publication.Kind.LIVE or shown != number:
            continue
        if spans and spans[-1].ends == at:  # the same revision was put live twice in a row
            spans[-1] = Span(spans[-1].begins, end)
        else:
            spans.append(Span(at, end))
    return spans


def version_context(
    content: Content,
    *,
    slug: str,
    shelf: str = Shelf.GUIDES,
    rendered: RenderedContent | None = None,
) -> dict[str, Any]:
    """Return what `articles/article_detail.html` needs to show content that no live row holds.

    `rendered` stands in where the text itself is not to be rendered. Raises ContentError when it
    is and cannot be.
    """
    rendered = rendered or render_content(content, strict=False)
    article = Article(slug=slug, shelf=shelf)
    _write(article, content, rendered)
    people = {item.slug: item for item in Contributor.objects.filter(slug__in=content.authors)}
    return {
        "article": article,
        "authors": [people[slug] for slug in content.authors if slug in people],
        "tags": Tag.objects.filter(slug__in=content.tags).order_by("name"),
        "related": Article.objects.published()
        .filter(slug__in=content.related)
        .select_related("category"),
        "sources": source_blocks(rendered.source_keys),
        "trail": trail_of(article),
        "is_preview": True,
    }


def _write(article: Article, content: Content, rendered: RenderedContent) -> None:
    """Give a row that is never stored what its content says."""
    article.title = content.title or "Without a title"
    article.standfirst = content.standfirst
    article.level = content.level
    category = Category.objects.filter(slug=content.category).first()
    article.category = category or Category(name="No category", slug="none")
    article.reviewer = Contributor.objects.filter(slug=content.reviewer).first()
    article.reviewed_on = as_date(content.reviewed_on)
    article.next_review_on = as_date(content.next_review_on)
    article.body_html = rendered.body_html
    article.outline = rendered.outline
    article.takeaways_html = rendered.takeaways_html
    article.faq_html = rendered.faq_html
    article.source_keys = rendered.source_keys
    article.word_count = rendered.word_count
    article.cover_alt = content.cover_alt
    article.cover_caption = content.cover_caption
    if content.cover and default_storage.exists(content.cover):
        article.cover = content.cover  # reads width and height from the file


def earlier_context(current: Article, revision: Revision) -> dict[str, Any]:
    """Return the context of `articles/article_revision.html`: a guide as a revision had it.

    Where the text uses something that is gone, `source` holds it as it was written instead.
    """
    content = Content.of(revision)
    source = ""
    try:
        rendered = render_content(content, strict=False)
    except ContentError:
        source, rendered = content.body, RenderedContent()
    context = version_context(content, slug=current.slug, shelf=current.shelf, rendered=rendered)
    shown: Article = context["article"]
    shown.published_at = current.published_at
    shown.next_review_on = None  # it is the current text that is checked again
    return {**context, "current": current, "earlier": revision, "source": source}
