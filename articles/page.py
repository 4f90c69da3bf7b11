"""What the page of a guide shows beside the guide itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from articles.models import Article, Contributor, Shelf
from core.embeds import SourceEntry, source_entries
from core.structured_data import as_json_ld


@dataclass(frozen=True)
class NumberedSource:
    """An entry of the list of sources; the receipts in the text bear the same number."""

    number: int
    key: str
    entry: SourceEntry


@dataclass(frozen=True)
class SourceBlock:
    """Sources that stand together in the list because they share their facts; often only one."""

    sources: list[NumberedSource]

    @property
    def first(self) -> NumberedSource:
        """Return the source that speaks for what all of them share."""
        return self.sources[0]

    @property
    def notes(self) -> list[tuple[str, str]]:
        """Return each note once, after the numbers it belongs to: ("3, 4", "Converted …")."""
        numbers: dict[str, list[str]] = {}
        for source in self.sources:
            if source.entry.note:
                numbers.setdefault(source.entry.note, []).append(str(source.number))
        return [(", ".join(those), note) for note, those in numbers.items()]


def source_blocks(keys: list[str]) -> list[SourceBlock]:
    """Return the list of sources of a page: groups where their first number stands."""
    blocks: dict[object, SourceBlock] = {}
    for source in numbered_sources(keys):
        block = blocks.setdefault(source.entry.group or source.number, SourceBlock([]))
        block.sources.append(source)
    return list(blocks.values())


def numbered_sources(keys: list[str]) -> list[NumberedSource]:
    """Return the sources of a page with their numbers, in one query for each kind of source."""
    entries = source_entries(keys)
    return [
        NumberedSource(number, key, entries[key])
        for number, key in enumerate(keys, start=1)
        if key in entries
    ]


def trail_of(article: Article) -> list[tuple[str, str]]:
    """Return name and address of the pages above a guide, the home page first."""
    trail = [("Home", reverse("pages:home")), article.shelf_page]
    if article.shelf == Shelf.GUIDES:
        trail.append((article.category.name, article.category.get_absolute_url()))
    return trail


def guide_context(article: Article, *, describes: Iterable[dict[str, Any]] = ()) -> dict[str, Any]:
    """Return the context of `articles/article_detail.html`, at a fixed number of queries.

    `describes` is what the page shows besides the guide, as further nodes of structured data.
    """
    public = Article.objects.published()
    authorships = article.authorships.with_contributor().in_order()
    authors = [authorship.contributor for authorship in authorships]
    neighbours = public.select_related("category").only("title", "slug", "shelf", "category__name")
    return {
        "article": article,
        "authors": authors,
        "tags": list(article.tags.order_by("name")),
        "related": list(
            article.related.published().in_library_order().only("title", "slug", "shelf")
        ),
        "previous": neighbours.before(article).first(),
        "next": neighbours.after(article).first(),
        "sources": source_blocks(article.source_keys),
        "trail": trail_of(article),
        "revision": article.live_revision,
        "is_preview": False,
        "json_ld": guide_json_ld(article, authors, describes),
    }


def guide_json_ld(
    article: Article, authors: list[Contributor], describes: Iterable[dict[str, Any]] = ()
) -> SafeString:
    """Return structured data of a guide (schema.org Article and BreadcrumbList, and more nodes).

    Holds only what the page shows as well.
    """
    graph = [_as_article(article, authors), _as_breadcrumb(article), *describes]
    return as_json_ld({"@context": "https://schema.org", "@graph": graph})


def _as_article(article: Article, authors: list[Contributor]) -> dict[str, Any]:
    address = settings.SITE_URL + article.get_absolute_url()
    publisher = {
        "@type": "Organization",
        "name": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}/",
    }
    data: dict[str, Any] = {
        "@type": "Article",
        "@id": address,
        "headline": article.title,
        "description": article.standfirst,
        "inLanguage": "en-GB",
        "articleSection": article.category.name,
        "author": [
            {
                "@type": "Person" if author.kind == Contributor.Kind.PERSON else "Organization",
                "name": author.name,
                "url": settings.SITE_URL + author.get_absolute_url(),
            }
            for author in authors
        ],
        "publisher": publisher,
        "mainEntityOfPage": address,
        "timeRequired": f"PT{article.reading_minutes}M",
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }
    if article.published_at and article.modified_at:
        data["datePublished"] = article.published_at.isoformat(timespec="seconds")
        data["dateModified"] = article.modified_at.isoformat(timespec="seconds")
    if article.cover:
        data["image"] = settings.SITE_URL + article.cover.url
    return data


def _as_breadcrumb(article: Article) -> dict[str, Any]:
    crumbs = [*trail_of(article), (article.title, article.get_absolute_url())]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": settings.SITE_URL + path,
            }
            for position, (name, path) in enumerate(crumbs, start=1)
        ],
    }
