"""The preview: what the text of the form, or the latest revision, looks like to a reader."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from articles.admin.rights import GuideRights
from articles.content import Content, as_date
from articles.models import Article, Category, Contributor, Shelf, Tag
from articles.page import source_blocks, trail_of
from articles.rendering import ContentError, render_content

FOLDER = "admin/articles/article"

# The preview stands in a frame of the form, and takes nothing from elsewhere.
POLICY: dict[str, list[str]] = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
}


class PreviewViews(GuideRights, admin.ModelAdmin):
    """`preview/` shows the posted form; `preview/?guide=…` by GET shows what is saved."""

    @method_decorator(csp_override(POLICY))
    @method_decorator(xframe_options_sameorigin)
    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """Show a guide as a reader would see it; nothing is stored."""
        pk = request.GET.get("guide", "")
        article = self.guide_to_read(request, int(pk)) if pk.isdecimal() else None
        if request.method == "POST":
            return self._preview_form(request, article)
        latest = article.revisions.newest_first().first() if article else None
        if article is not None and latest is not None:
            return _show(request, Content.of(latest), article.shelf)
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return render(request, f"{FOLDER}/preview_empty.html")

    def _preview_form(self, request: HttpRequest, article: Article | None) -> HttpResponse:
        may_write = (
            self.has_change_permission(request, article)
            if article
            else self.has_add_permission(request)
        )
        if not may_write:
            raise PermissionDenied
        form_class: Any = self.get_form(request, article, change=article is not None)
        form = form_class(request.POST, instance=article, checks_content=False)
        form.is_valid()
        problems = {
            name: [str(text) for text in form.errors[name]]
            for name in ("body", "faq_text")
            if name in form.errors
        }
        if problems:
            return _show_problems(request, problems)
        return _show(request, form.content(), form.cleaned_data.get("shelf") or form.instance.shelf)


def _show(request: HttpRequest, content: Content, shelf: str) -> HttpResponse:
    try:
        context = preview_context(content, shelf)
    except ContentError as error:
        return _show_problems(request, error.problems)
    return render(request, f"{FOLDER}/preview.html", context)


def _show_problems(request: HttpRequest, problems: dict[str, list[str]]) -> HttpResponse:
    names = {"faq_text": "Questions and answers", "faq": "Questions and answers"}
    named = [(names.get(name, name.capitalize()), texts) for name, texts in problems.items()]
    return render(request, f"{FOLDER}/preview_problems.html", {"problems": named})


def preview_context(content: Content, shelf: str = Shelf.GUIDES) -> dict[str, Any]:
    """Return what the template of a guide needs, made from content that is stored nowhere.

    Raises ContentError when the text cannot be rendered.
    """
    rendered = render_content(content, strict=False)
    article = Article(
        slug="preview",
        shelf=shelf,
        title=content.title or "Without a title",
        standfirst=content.standfirst,
        level=content.level,
        category=Category.objects.filter(slug=content.category).first()
        or Category(name="No category", slug="none"),
        reviewer=Contributor.objects.filter(slug=content.reviewer).first(),
        reviewed_on=as_date(content.reviewed_on),
        next_review_on=as_date(content.next_review_on),
        body_html=rendered.body_html,
        outline=rendered.outline,
        takeaways_html=rendered.takeaways_html,
        faq_html=rendered.faq_html,
        source_keys=rendered.source_keys,
        word_count=rendered.word_count,
        cover_alt=content.cover_alt,
        cover_caption=content.cover_caption,
    )
    if content.cover and default_storage.exists(content.cover):
        article.cover = content.cover  # reads width and height from the file
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
