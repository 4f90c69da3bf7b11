"""The preview: what the text of the form, or the latest revision, looks like to a reader."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from articles.admin.rights import GuideRights
from articles.content import Content
from articles.models import Article, Shelf
from articles.rendering import ContentError
from articles.versions import version_context

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
    return version_context(content, slug="preview", shelf=shelf)
