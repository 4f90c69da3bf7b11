"""Between the form of a guide and the snapshot that a revision keeps."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import ImageFieldFile
from django.utils import timezone

from articles.content import Content, as_date, read_questions, write_questions
from articles.models import Article, Category, Contributor, Revision, Tag


def initial_of(article: Article, revision: Revision) -> dict[str, Any]:
    """Return what the form shows: the latest revision, whatever the public row says."""
    content = Content.of(revision)
    cover = Article._meta.get_field("cover")
    category = Category.objects.filter(slug=content.category).first()
    is_scheduled = article.state == Article.State.SCHEDULED
    return {
        "title": content.title,
        "standfirst": content.standfirst,
        "category": category.pk if category else article.category_id,
        "level": content.level,
        "body": content.body,
        "takeaways_text": "\n".join(content.takeaways),
        "faq_text": write_questions(content.faq),
        "tags": list(Tag.objects.filter(slug__in=content.tags)),
        "byline": _in_order(Contributor, content.authors),
        "reviewer": Contributor.objects.filter(slug=content.reviewer).first(),
        "related": list(Article.objects.filter(slug__in=content.related)),
        "cover": ImageFieldFile(article, cover, content.cover) if content.cover else None,
        "cover_alt": content.cover_alt,
        "cover_is_decorative": content.cover_is_decorative,
        "cover_caption": content.cover_caption,
        "reviewed_on": as_date(content.reviewed_on),
        "next_review_on": as_date(content.next_review_on),
        "publish_at": timezone.localtime(article.published_at) if is_scheduled else None,
        "based_on": revision.number,
    }


def content_of(form: Any) -> Content:
    """Return what a checked form says; with gaps where a field did not pass."""
    data = form.cleaned_data
    category = data.get("category")
    reviewer = data.get("reviewer")
    lines = data.get("takeaways_text", "").splitlines()
    return Content(
        title=data.get("title", ""),
        category=category.slug if category else "",
        standfirst=" ".join(data.get("standfirst", "").split()),
        body=data.get("body", ""),
        level=data.get("level") or Article.Level.BEGINNER,
        takeaways=[line.strip().removeprefix("- ") for line in lines if line.strip()],
        faq=read_questions(data.get("faq_text", "")),
        tags=sorted(tag.slug for tag in data.get("tags") or ()),
        authors=[item.slug for item in _authors_in_order(form)],
        reviewer=reviewer.slug if reviewer else "",
        related=sorted(item.slug for item in data.get("related") or ()),
        cover=_cover_name(form),
        cover_alt=data.get("cover_alt", ""),
        cover_is_decorative=bool(data.get("cover_is_decorative")),
        cover_caption=data.get("cover_caption", ""),
        reviewed_on=_iso(data.get("reviewed_on")),
        next_review_on=_iso(data.get("next_review_on")),
    )


def _authors_in_order(form: Any) -> list[Contributor]:
    """Return the authors in the order in which they were chosen."""
    chosen = {str(item.pk): item for item in form.cleaned_data.get("byline") or ()}
    value = form.fields["byline"].widget.value_from_datadict(
        form.data, form.files, form.add_prefix("byline")
    )
    return [chosen[str(pk)] for pk in value or [] if str(pk) in chosen]


def _cover_name(form: Any) -> str:
    """Return the name of the cover as stored; of an upload, the name it came with."""
    cover = form.cleaned_data.get("cover")
    if isinstance(cover, UploadedFile):
        return form.stored_cover or str(cover.name)
    return str(getattr(cover, "name", "") or "")


def _in_order(model: Any, slugs: list[str]) -> list[Any]:
    rows = {row.slug: row for row in model.objects.filter(slug__in=slugs)}
    return [rows[slug] for slug in slugs if slug in rows]


def _iso(value: Any) -> str:
    return value.isoformat() if value else ""
