"""What the page of a guide shows beside the guide itself."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from articles.models import Article, Contributor
from core.structured_data import as_json_ld
from evidence.models import Claim


def numbered_claims(claim_keys: list[str]) -> list[dict[str, Any]]:
    """Return the claims of a page with the numbers that its receipts bear, in one query."""
    claims = {item.key: item for item in Claim.objects.with_source().filter(key__in=claim_keys)}
    return [
        {"number": number, "claim": claims[key]}
        for number, key in enumerate(claim_keys, start=1)
        if key in claims
    ]


def guide_context(article: Article) -> dict[str, Any]:
    """Return the context of `articles/article_detail.html`, at a fixed number of queries."""
    public = Article.objects.published()
    authorships = article.authorships.with_contributor().in_order()
    authors = [authorship.contributor for authorship in authorships]
    neighbours = public.select_related("category").only("title", "slug", "category__name")
    return {
        "article": article,
        "authors": authors,
        "tags": list(article.tags.order_by("name")),
        "related": list(article.related.published().in_library_order().only("title", "slug")),
        "previous": neighbours.before(article).first(),
        "next": neighbours.after(article).first(),
        "sources": numbered_claims(article.claim_keys),
        "revision": article.live_revision,
        "is_preview": False,
        "json_ld": guide_json_ld(article, authors),
    }


def guide_json_ld(article: Article, authors: list[Contributor]) -> SafeString:
    """Return structured data of a guide (schema.org Article and BreadcrumbList).

    Holds only what the page shows as well.
    """
    graph = [_as_article(article, authors), _as_breadcrumb(article)]
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
    crumbs = [
        ("Home", f"{settings.SITE_URL}/"),
        ("Guides", settings.SITE_URL + reverse("articles:list")),
        (article.category.name, settings.SITE_URL + article.category.get_absolute_url()),
        (article.title, settings.SITE_URL + article.get_absolute_url()),
    ]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(crumbs, start=1)
        ],
    }
