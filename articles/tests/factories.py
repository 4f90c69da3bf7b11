"""Guides and what they hang on, for tests. Guides are saved and published as the desk does it."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import TypedDict, Unpack

from django.utils.text import slugify

from accounts.models import User
from articles.content import Content, Question
from articles.models import Article, Category, Contributor, Diagram, Shelf, Tag
from articles.publishing import go_live, save_revision

_numbers = count(1)

BODY = "## Where it begins\n\nA request comes in, and an answer goes out.\n"
SVG = (
    '<svg viewBox="0 0 100 40" role="img"><title>Two boxes</title>'
    "<desc>A box for the browser and a box for the server.</desc>"
    '<rect x="1" y="1" width="40" height="38"/><rect x="59" y="1" width="40" height="38"/></svg>'
)


def create_category(
    *, name: str = "", slug: str = "", description: str = "A shelf for tests.", position: int = 100
) -> Category:
    """Return a saved category; its slug follows a number where none is given."""
    number = next(_numbers)
    return Category.objects.create(
        name=name or f"Shelf {number}",
        slug=slug or f"shelf-{number}",
        description=description,
        position=position,
    )


def create_tag(*, name: str = "", slug: str = "") -> Tag:
    """Return a saved tag."""
    number = next(_numbers)
    return Tag.objects.create(name=name or f"Subject {number}", slug=slug or f"subject-{number}")


def create_contributor(
    *, name: str = "Ada Writer", slug: str = "", kind: str = Contributor.Kind.PERSON, role: str = ""
) -> Contributor:
    """Return a saved person or organisation."""
    return Contributor.objects.create(
        name=name, slug=slug or f"writer-{next(_numbers)}", kind=kind, role=role
    )


def create_diagram(*, slug: str = "", svg: str = SVG) -> Diagram:
    """Return a saved drawing."""
    return Diagram.objects.create(slug=slug or f"drawing-{next(_numbers)}", svg=svg)


class GuideFields(TypedDict, total=False):
    """What a test may say about a guide; everything has a value that can go live."""

    title: str
    slug: str
    shelf: str
    category: Category
    position: int
    level: str
    standfirst: str
    body: str
    takeaways: Sequence[str]
    faq: Sequence[tuple[str, str]]
    authors: Sequence[Contributor]
    reviewer: Contributor
    tags: Sequence[Tag]
    related: Sequence[Article]
    reviewed_on: str
    next_review_on: str
    note: str
    created_by: User


def create_draft(**fields: Unpack[GuideFields]) -> Article:
    """Return a saved guide that nobody has published, with one revision that could go live.

    One author is created unless some are given; `authors=()` makes a guide without any.
    """
    title = fields.get("title") or f"How part {next(_numbers)} works"
    category = fields.get("category") or create_category()
    article = Article.objects.create(
        slug=fields.get("slug") or slugify(title),
        shelf=fields.get("shelf", Shelf.GUIDES),
        title=title,
        category=category,
        position=fields.get("position", 100),
        created_by=fields.get("created_by"),
    )
    authors = fields["authors"] if "authors" in fields else [create_contributor()]
    reviewer = fields.get("reviewer")
    content = Content(
        title=title,
        category=category.slug,
        standfirst=fields.get("standfirst", "What happens between a click and a page."),
        body=fields.get("body", BODY),
        level=fields.get("level", Article.Level.BEGINNER),
        takeaways=list(fields.get("takeaways", ["A server waits for requests."])),
        faq=[Question(question, answer) for question, answer in fields.get("faq", ())],
        tags=sorted(tag.slug for tag in fields.get("tags", ())),
        authors=[author.slug for author in authors],
        reviewer=reviewer.slug if reviewer else "",
        related=[guide.slug for guide in fields.get("related", ())],
        reviewed_on=fields.get("reviewed_on", ""),
        next_review_on=fields.get("next_review_on", "2999-01-01"),
    )
    save_revision(
        article,
        content,
        author=fields.get("created_by"),
        note=fields.get("note", "First edition."),
    )
    return article


def create_live_guide(*, at: datetime | None = None, **fields: Unpack[GuideFields]) -> Article:
    """Return a guide as `create_draft` makes it, published at a moment.

    `at` is now where it is left out; a moment that lies ahead makes a scheduled guide.
    """
    article = create_draft(**fields)
    go_live(article.revisions.get(), actor=fields.get("created_by"), at=at)
    article.refresh_from_db()
    return article
