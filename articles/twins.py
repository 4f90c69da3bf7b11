"""The same guide in two more forms: Markdown for readers with tools, JSON for programs.

Both are made from the live revision and the ledger, so the three forms say the same.
"""

from typing import Any

from django.conf import settings

from articles.content import Content
from articles.models import Article
from articles.page import numbered_claims
from core.embeds import Token
from core.markup.replace import replace_embeds
from core.text import display_partial_date
from evidence.models import Claim


def _claim_note(claim: Claim) -> str:
    """Return the source of a claim in one line."""
    size = f", n = {claim.sample_size}" if claim.sample_size else ""
    return (
        f"{claim.source.publisher}: “{claim.source.title}”, {display_partial_date(claim.as_of)}"
        f"{size}. <{claim.source.url}> {claim.confidence_words}, "
        f"checked {claim.checked_on.isoformat()}. {claim.caveat}".rstrip()
    )


def as_markdown(article: Article) -> str:
    """Return a guide as plain Markdown: figures in the text, sources as footnotes."""
    assert article.live_revision is not None  # the published() gate and a constraint see to it
    content = Content.of(article.live_revision)
    sources = numbered_claims(article.claim_keys)
    by_key = {source["claim"].key: source for source in sources}
    titles = dict(
        Article.objects.published()
        .filter(slug__in=_guide_keys(article))
        .values_list("slug", "title")
    )

    def plain(token: Token) -> str:
        if token.kind == "guide":
            words = token.label or titles.get(token.key, token.key)
            if token.key not in titles:
                return words
            return f"[{words}]({settings.SITE_URL}/guides/{token.key}/)"
        if token.kind in {"claim", "cite"} and token.key in by_key:
            claim = by_key[token.key]["claim"]
            mark = f"[^{token.key}]"
            if token.kind == "cite":
                return mark
            value = claim.value_of(token.part) or claim.figure
            return f"{value} ({claim.year}){mark}"
        return f"*{token.label or token.key}*"

    parts = [
        *_head(article),
        "## Key takeaways\n\n" + "\n".join(f"- {item}" for item in content.takeaways),
        replace_embeds(content.body, plain).strip(),
    ]
    if content.faq:
        parts.append("## Questions and answers")
        parts += [
            f"### {entry.question}\n\n{replace_embeds(entry.answer, plain).strip()}"
            for entry in content.faq
        ]
    notes = [f"[^{source['claim'].key}]: {_claim_note(source['claim'])}" for source in sources]
    return "\n\n".join([*parts, *notes]) + "\n"


def _head(article: Article) -> list[str]:
    address = f"{settings.SITE_URL}{article.get_absolute_url()}"
    byline = f"By {', '.join(article.author_names)}. {_dates(article)}"
    return [
        f"# {article.title}",
        article.standfirst,
        f"{byline} Source: {address} (CC BY 4.0)",
    ]


def _guide_keys(article: Article) -> list[str]:
    return list(article.references.filter(kind="guide").values_list("key", flat=True))


def _dates(article: Article) -> str:
    words = f"Published {article.published_at:%Y-%m-%d}." if article.published_at else ""
    if article.is_modified and article.modified_at:
        words += f" Last notable change {article.modified_at:%Y-%m-%d}."
    return words


def as_json(article: Article) -> dict[str, Any]:
    """Return a guide with its outline, text and sources as values for JSON."""

    def moment(value: Any) -> str | None:
        return value.isoformat(timespec="seconds") if value else None

    return {
        "url": settings.SITE_URL + article.get_absolute_url(),
        "title": article.title,
        "standfirst": article.standfirst,
        "category": article.category.name,
        "level": article.get_level_display(),
        "authors": article.author_names,
        "published": moment(article.published_at),
        "modified": moment(article.modified_at),
        "reviewed": article.reviewed_on and article.reviewed_on.isoformat(),
        "next_review": article.next_review_on and article.next_review_on.isoformat(),
        "word_count": article.word_count,
        "takeaways_html": article.takeaways_html,
        "outline": article.outline,
        "body_html": article.body_html,
        "faq": article.faq_html,
        "sources": [_source(**source) for source in numbered_claims(article.claim_keys)],
        "licence": "https://creativecommons.org/licenses/by/4.0/",
    }


def _source(number: int, claim: Claim) -> dict[str, Any]:
    """Return one claim of a page, with where it comes from."""
    return {
        "number": number,
        "id": claim.key,
        "statement": claim.statement,
        "figure": claim.figure,
        "as_of": claim.as_of,
        "sample_size": claim.sample_size,
        "title": claim.source.title,
        "publisher": claim.source.publisher,
        "url": claim.source.url,
        "confidence": claim.confidence_words,
        "caveat": claim.caveat,
        "checked": claim.checked_on.isoformat(),
    }
