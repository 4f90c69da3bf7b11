"""The guides in `content/`: how they are filed, drawn and written."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from core.frontmatter import FrontMatterError
from core.frontmatter import split as split_front_matter
from core.library import Fault, Item, LibraryError, Report, read_items, sync

from articles.content import Content, Question
from articles.models import Article, Category, Contributor, Diagram, Revision, Tag
from articles.publishing import go_live_together, missing, save_revision
from articles.rendering import ContentError, render_content

REQUIRED = {
    "title",
    "slug",
    "category",
    "position",
    "level",
    "tags",
    "authors",
    "standfirst",
    "takeaways",
    "published",
    "next_review",
}
OPTIONAL = {"faq", "related", "reviewer", "reviewed", "note"}


@dataclass
class GuideFile:
    """One guide as its file has it."""

    path: str
    slug: str
    position: int
    published: date
    note: str
    content: Content
    body_line: int

    def fault(self, message: str, line: int = 1) -> Fault:
        """Return a fault in this file."""
        return Fault(self.path, line, message)


def load(root: Path, report: Report) -> None:
    """Load categories, tags, people, diagrams and guides; what is new or changed goes live.

    Raises LibraryError with every fault found; the caller undoes the transaction.
    """
    _load_filing(root, report)
    _load_diagrams(root, report)
    guides = _read_guides(root)
    if faults := _check_names(guides):
        raise LibraryError(faults)
    rows = {row.slug: row for row in Article.objects.select_related("category")}
    for guide in guides:
        if guide.slug not in rows:
            rows[guide.slug] = Article.objects.create(
                slug=guide.slug,
                title=guide.content.title,
                position=guide.position,
                category=Category.objects.get(slug=guide.content.category),
            )
    changed = []
    for guide in guides:
        if revision := _sync_guide(guide, rows[guide.slug], report):
            changed.append((guide, revision))
    _put_live(changed)


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
    items = [
        Item(
            path.relative_to(root).as_posix(),
            1,
            {"slug": path.stem, "svg": path.read_text(encoding="utf-8")},
        )
        for path in sorted((root / "diagrams").glob("*.svg"))
    ]
    sync(Diagram, items, key="slug", report=report)


def _read_guides(root: Path) -> list[GuideFile]:
    guides, faults = [], []
    for path in sorted((root / "guides").glob("*.md")):
        name = path.relative_to(root).as_posix()
        try:
            guides.append(_read_guide(path, name))
        except FrontMatterError as error:
            faults.append(Fault(name, error.line, error.message))
        except (ValueError, TypeError) as error:
            faults.append(Fault(name, 1, str(error)))
    if faults:
        raise LibraryError(faults)
    return guides


def _read_guide(path: Path, name: str) -> GuideFile:
    """Return a guide file. Raises FrontMatterError or ValueError with what is wrong."""
    data, body, body_line = split_front_matter(path.read_text(encoding="utf-8"))
    if lacking := sorted(REQUIRED - data.keys()):
        raise ValueError(f"the front matter lacks: {', '.join(lacking)}")
    if unknown := sorted(data.keys() - REQUIRED - OPTIONAL):
        raise ValueError(f"the front matter has keys nobody knows: {', '.join(unknown)}")
    if data["slug"] != path.stem:
        raise ValueError(f"slug is {data['slug']!r}, but the file is called {path.stem!r}")
    if data["level"] not in Article.Level.values:
        raise ValueError(f"level {data['level']!r} is not one of {', '.join(Article.Level.values)}")
    content = Content(
        title=data["title"].strip(),
        category=data["category"],
        standfirst=data["standfirst"].strip(),
        body=body.strip() + "\n",
        level=data["level"],
        takeaways=[text.strip() for text in data["takeaways"]],
        faq=[_question(entry) for entry in data.get("faq", [])],
        tags=sorted(data["tags"]),
        authors=list(data["authors"]),
        reviewer=data.get("reviewer", ""),
        related=list(data.get("related", [])),
        reviewed_on=_iso(data.get("reviewed")),
        next_review_on=_iso(data["next_review"]),
    )
    leading = len(body) - len(body.lstrip("\n"))
    published = date.fromisoformat(_iso(data["published"]))
    return GuideFile(
        path=name,
        slug=data["slug"],
        position=int(data["position"]),
        published=published,
        note=data.get("note", ""),
        content=content,
        body_line=body_line + leading,
    )


def _question(entry: dict[str, Any]) -> Question:
    if set(entry) != {"question", "answer"}:
        raise ValueError("each entry of faq needs a question and an answer, and nothing else")
    return Question(entry["question"].strip(), entry["answer"].strip())


def _iso(value: Any) -> str:
    return date.fromisoformat(str(value)).isoformat() if value else ""


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
            *(("category", slug) for slug in [content.category]),
            *(("tag", slug) for slug in content.tags),
            *(("person", slug) for slug in [*content.authors, content.reviewer] if slug),
            *(("guide", slug) for slug in content.related),
        ]
        faults += [
            guide.fault(f"there is no {kind} “{slug}”")
            for kind, slug in named
            if slug not in known[kind]
        ]
        faults += [
            guide.fault(f"{name}: {text}")
            for name, texts in missing(content).items()
            for text in texts
        ]
    return faults


def _sync_guide(guide: GuideFile, article: Article, report: Report) -> Revision | None:
    """Store a new revision where the file says something new, unless an editor wrote since."""
    label = f"guide {guide.slug}"
    wanted = guide.content.digest()
    latest = article.revisions.newest_first().first()
    if latest is None:
        report.created.append(label)
    elif article.library_digest == wanted:
        report.unchanged.append(label)
        return None
    elif Content.of(latest).digest() != article.library_digest:
        report.kept.append(label)
        return None
    else:
        report.updated.append(label)
    article.position = guide.position
    article.library_digest = wanted
    article.save(update_fields=["position", "library_digest"])
    return save_revision(article, guide.content, author=None, note=guide.note)


def _put_live(changed: list[tuple[GuideFile, Revision]]) -> None:
    """Publish all at once, since they link to one another; name every fault of every file."""
    new = [(guide, revision) for guide, revision in changed if revision.article.published_at is None]
    old = [revision for _, revision in changed if revision.article.published_at is not None]
    days: dict[date, list[Revision]] = {}
    for guide, revision in new:
        days.setdefault(guide.published, []).append(revision)
    try:
        for day, revisions in sorted(days.items()):
            go_live_together(revisions, actor=None, at=datetime.combine(day, time(), UTC))
        go_live_together(old, actor=None)
    except ContentError as error:
        raise LibraryError(_rendering_faults([guide for guide, _ in changed])) from error


def _rendering_faults(guides: list[GuideFile]) -> list[Fault]:
    faults = []
    for guide in guides:
        try:
            render_content(guide.content, first_line=guide.body_line)
        except ContentError as error:
            for name, texts in error.problems.items():
                faults += [guide.fault(*_split_line(name, text)) for text in texts]
    return faults


def _split_line(name: str, text: str) -> tuple[str, int]:
    """Return the message and the line of the file; problems outside the body name their field."""
    match = re.match(r"Line (\d+): (.*)", text)
    if name == "body" and match:
        return match[2], int(match[1])
    return f"{name}: {text}", 1
