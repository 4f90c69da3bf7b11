"""The guides in `content/`: how they are filed, drawn and written."""

import re
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from articles.content import Content
from articles.guide_files import GuideFile, guide_digest, line_of, read_guides
from articles.models import Article, Category, Contributor, Diagram, Revision, Tag
from articles.publishing import go_live_together, save_revision
from articles.readiness import missing
from articles.rendering import ContentError, render_content
from core.library import Fault, Item, LibraryError, Report, read_items, read_text, sync
from core.svg import SvgError, clean_svg

# Where the front matter calls a field of the content by another name.
KEY_OF_FIELD = {"next_review_on": "next_review", "reviewed_on": "reviewed"}


def load(root: Path, report: Report) -> None:
    """Load categories, tags, people, diagrams and guides; what is new or changed goes live.

    Raises LibraryError with every fault found; the caller undoes the transaction.
    """
    _load_filing(root, report)
    _load_diagrams(root, report)
    guides = read_guides(root)
    if faults := _check_names(guides):
        raise LibraryError(faults)
    # Locked until the load is through: an editor who saves meanwhile waits, and writes on top.
    rows = {row.slug: row for row in Article.objects.select_for_update()}
    for guide in guides:
        if guide.slug not in rows:
            rows[guide.slug] = Article.objects.create(
                slug=guide.slug,
                shelf=guide.shelf,
                title=guide.content.title,
                position=guide.position,
                category=Category.objects.get(slug=guide.content.category),
            )
    _put_live(
        [
            (guide, revision)
            for guide in guides
            if (revision := _sync_guide(guide, rows[guide.slug], report))
        ]
    )


def _load_filing(root: Path, report: Report) -> None:
    sync(
        Category,
        read_items(
            root / "categories.yaml",
            root=root,
            required={"slug", "name", "description", "position"},
            optional=set(),
        ),
        key="slug",
        report=report,
    )
    sync(
        Tag,
        read_items(
            root / "tags.yaml", root=root, required={"slug", "name"}, optional={"description"}
        ),
        key="slug",
        report=report,
        adapt=lambda data: {"description": "", **data},
    )
    sync(
        Contributor,
        read_items(
            root / "people.yaml",
            root=root,
            required={"slug", "name", "kind"},
            optional={"role", "bio", "links"},
        ),
        key="slug",
        report=report,
        adapt=lambda data: {"role": "", "bio": "", "links": [], **data},
    )


def _load_diagrams(root: Path, report: Report) -> None:
    items, faults = [], []
    for path in sorted((root / "diagrams").glob("*.svg")):
        name = path.relative_to(root).as_posix()
        svg = read_text(path, name)
        items.append(Item(name, 1, {"slug": path.stem, "svg": svg}))
        try:
            clean_svg(svg, prefix="d")
        except SvgError as error:
            faults.append(Fault(name, error.line, error.message))
    if faults:
        raise LibraryError(faults)
    sync(Diagram, items, key="slug", report=report)


def _check_names(guides: list[GuideFile]) -> list[Fault]:
    """Return a fault for everything a guide names that does not exist."""
    known = {
        "category": set(Category.objects.values_list("slug", flat=True)),
        "tag": set(Tag.objects.values_list("slug", flat=True)),
        "person": set(Contributor.objects.values_list("slug", flat=True)),
        "guide": set(Article.objects.values_list("slug", flat=True))
        | {guide.slug for guide in guides},
    }
    faults = []
    for guide in guides:
        content = guide.content
        named = [
            ("category", "category", content.category),
            *(("tags", "tag", slug) for slug in content.tags),
            *(("authors", "person", slug) for slug in content.authors),
            *(("reviewer", "person", slug) for slug in [content.reviewer] if slug),
            *(("related", "guide", slug) for slug in content.related),
        ]
        faults += [
            guide.fault(f"there is no {kind} “{slug}”", key=key)
            for key, kind, slug in named
            if slug not in known[kind]
        ]
        faults += [
            guide.fault(f"{name}: {text}", key=KEY_OF_FIELD.get(name, name))
            for name, texts in missing(content).items()
            for text in texts
        ]
    return faults


def _sync_guide(guide: GuideFile, article: Article, report: Report) -> Revision | None:
    """Store a new revision where the file says something new, unless an editor did something."""
    label = f"guide {guide.slug}"
    if article.library_digest == guide.digest():
        report.unchanged.append(label)
        return None
    latest = article.revisions.newest_first().first()
    if latest is not None and not _is_as_loaded(article, latest):
        report.kept.append(label)
        return None
    if article.published_at is not None and article.shelf != guide.shelf:
        words = f"the guide was public under /{article.shelf}/ and keeps its address"
        raise LibraryError([guide.fault(words, key="shelf")])
    (report.created if latest is None else report.updated).append(label)
    article.position, article.shelf = guide.position, guide.shelf
    article.library_digest = guide.digest()
    article.save(update_fields=["position", "shelf", "library_digest"])
    if latest is not None and Content.of(latest) == guide.content:
        return None  # only its place or its shelf changed
    return save_revision(article, guide.content, author=None, note=guide.note)


def _is_as_loaded(article: Article, latest: Revision) -> bool:
    """Return whether no editor wrote, moved or withdrew the guide since the last load."""
    if article.withdrawn_at is not None:
        return False
    now = guide_digest(Content.of(latest), article.position, article.shelf)
    return now == article.library_digest


def _put_live(changed: list[tuple[GuideFile, Revision]]) -> None:
    """Publish all at once, since they link to one another; name every fault of every file."""
    now = timezone.now()
    moments = {}
    for guide, revision in changed:
        published_at = revision.article.published_at
        if published_at is None or published_at > now:
            moments[revision.pk] = guide.published_at
    try:
        go_live_together([revision for _, revision in changed], actor=None, at=moments)
    except ContentError as error:
        raise LibraryError(_rendering_faults(changed, now)) from error


def _rendering_faults(changed: list[tuple[GuideFile, Revision]], now: datetime) -> list[Fault]:
    """Render every guide by itself; the caller undoes what is done here.

    A link to a guide of the same load is no fault: they all would have gone live together.
    """
    for guide, revision in changed:
        if guide.published_at <= now:
            Article.objects.filter(pk=revision.article_id).update(
                published_at=now, modified_at=now, live_revision=revision
            )
    faults = []
    for guide, _ in changed:
        try:
            render_content(guide.content, first_line=guide.body_line)
        except ContentError as error:
            for name, texts in error.problems.items():
                faults += [_fault_of(guide, name, text) for text in texts]
    return faults


def _fault_of(guide: GuideFile, name: str, text: str) -> Fault:
    """Return the fault at its line of the file; an answer is told by its question."""
    in_body = re.match(r"Line (\d+): (.*)", text, re.DOTALL)
    if name == "body" and in_body:
        return guide.fault_at(int(in_body[1]), in_body[2])
    in_answer = re.match(r"“(.*?)”: ", text)
    words = in_answer[1] if in_answer else ""
    return guide.fault_at(line_of(guide.head, name, words), f"{name}: {text}")
