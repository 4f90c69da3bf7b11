"""The same guide in two more forms: Markdown for readers with tools, JSON for programs.

Both are made from the live revision and the ledger, so the three forms say the same.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from django.conf import settings

from articles.content import Content
from articles.models import Article
from articles.page import NumberedSource, numbered_sources
from core.embeds import MarkdownEmbed, SourceEntry, Token
from core.embeds import get as get_embed
from core.markup.replace import find_embeds, replace_embeds


def _note(source: SourceEntry) -> str:
    """Return a source in one line."""
    facts = ", ".join(
        [f"{source.publisher}: “{source.title}”", *filter(None, [source.as_of, *source.facts])]
    )
    checked = [source.confidence_words] if source.confidence_words else []
    if source.checked_on:
        checked.append(f"checked {source.checked_on.isoformat()}")
    if source.digest:
        checked.append(f"figures {source.digest}")
    line = " ".join(filter(None, [f"{facts}. <{source.url}>", _sentence(checked), source.note]))
    return line.replace("\u00a0", " ")


def _sentence(parts: list[str]) -> str:
    return f"{', '.join(parts)}." if parts else ""


def _writer(texts: list[str]) -> Callable[[Token], str]:
    """Return how the embeds of these texts read in Markdown; each kind is loaded once."""
    keys: dict[str, set[str]] = defaultdict(set)
    for token in chain.from_iterable(map(find_embeds, texts)):
        keys[token.kind].add(token.key)
    known = {kind: embed for kind in keys if isinstance(embed := get_embed(kind), MarkdownEmbed)}
    items = {kind: embed.load(keys[kind]) for kind, embed in known.items()}

    def write(token: Token) -> str:
        if token.kind in known and token.key in items[token.kind]:
            return known[token.kind].markdown(token, items[token.kind][token.key])
        return f"*{token.label or token.key}*"

    return write


def as_markdown(article: Article, *, opening: Sequence[str] = ()) -> str:
    """Return a guide as plain Markdown: figures in the text, sources as footnotes.

    `opening` holds paragraphs of what the page shows before the guide itself.
    """
    assert article.live_revision is not None  # the published() gate and a constraint see to it
    content = Content.of(article.live_revision)
    write = _writer([content.body, *(entry.answer for entry in content.faq)])
    parts = [
        *_head(article),
        *opening,
        "## Key takeaways\n\n" + "\n".join(f"- {item}" for item in content.takeaways),
        replace_embeds(content.body, write).strip(),
    ]
    if content.faq:
        parts.append("## Questions and answers")
        parts += [
            f"### {entry.question}\n\n{replace_embeds(entry.answer, write).strip()}"
            for entry in content.faq
        ]
    sources = numbered_sources(article.source_keys)
    notes = [f"[^{source.key}]: {_note(source.entry)}" for source in sources]
    return "\n\n".join([*parts, *notes]) + "\n"


def _head(article: Article) -> list[str]:
    address = f"{settings.SITE_URL}{article.get_absolute_url()}"
    byline = f"By {', '.join(article.author_names)}. {_dates(article)}"
    return [
        f"# {article.title}",
        article.standfirst,
        f"{byline} Source: {address} (CC BY 4.0)",
    ]


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
        "sources": [_source(source) for source in numbered_sources(article.source_keys)],
        "licence": "https://creativecommons.org/licenses/by/4.0/",
    }


def _source(source: NumberedSource) -> dict[str, Any]:
    """Return one source of a page; further values are those of its kind."""
    entry = source.entry
    return {
        "number": source.number,
        "id": source.key,
        "statement": entry.statement,
        **entry.values,
        "title": entry.title,
        "publisher": entry.publisher,
        "url": entry.url,
        "confidence": entry.confidence_words,
        "caveat": entry.note,
        "checked": entry.checked_on and entry.checked_on.isoformat(),
    }
