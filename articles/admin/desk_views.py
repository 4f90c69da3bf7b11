"""The desk's own screens for a guide: preview, claims to insert, revisions, withdrawal."""

import difflib
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from articles.content import Content, as_date, write_questions
from articles.models import Article, Category, Contributor, Revision, Tag
from articles.page import numbered_claims
from articles.publishing import missing, save_revision, withdraw
from articles.rendering import ContentError, render_content
from evidence.models import Claim

CLAIMS_OFFERED = 12

# The preview is shown in a frame of the form, and runs no script of its own.
PREVIEW_POLICY = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
}


class DeskViews:
    """Views of `GuideAdmin`; kept apart because each is a small screen of its own."""

    def back_to_guide(self, article: Article) -> HttpResponse:
        """Return a redirect to the form of a guide."""
        return redirect("admin:articles_article_change", article.pk)

    def _guide_to_change(self, request: HttpRequest, pk: int) -> Article:
        article = get_object_or_404(Article, pk=pk)
        if not self.has_change_permission(request, article):  # type: ignore[attr-defined]
            raise PermissionDenied
        return article

    def _context(self, request: HttpRequest, article: Article, title: str) -> dict[str, Any]:
        site = self.admin_site  # type: ignore[attr-defined]
        return {
            **site.each_context(request),
            "opts": Article._meta,
            "original": article,
            "article": article,
            "title": title,
            "may_publish": request.user.has_perm("articles.publish_article"),
        }

    # Preview

    @method_decorator(csp_override(PREVIEW_POLICY))
    @method_decorator(xframe_options_sameorigin)
    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """Show the form's text as a reader would see it; nothing is stored."""
        if request.method != "POST":
            return render(request, "admin/articles/article/preview_empty.html")
        may_write = self.has_add_permission(request) or self.has_change_permission(request)  # type: ignore[attr-defined]
        if not may_write:
            raise PermissionDenied
        form = self.get_form(request)(request.POST)  # type: ignore[attr-defined]
        form.is_valid()
        content = form.content()
        try:
            if "body" in form.errors:
                raise ContentError({"body": [str(text) for text in form.errors["body"]]})
            context = preview_context(content)
        except ContentError as error:
            context = {"problems": error.problems}
            return render(request, "admin/articles/article/preview_problems.html", context)
        return render(request, "articles/article_detail.html", context)

    def claims_view(self, request: HttpRequest) -> JsonResponse:
        """Answer with claims of the ledger that hold all the words of `q`, for insertion."""
        if not self.has_view_or_change_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        claims = Claim.objects.with_source().in_order()
        for word in request.GET.get("q", "").split():
            claims = claims.filter(
                Q(key__icontains=word) | Q(statement__icontains=word) | Q(figure__icontains=word)
            )
        found = [
            {
                "key": claim.key,
                "statement": claim.statement,
                "figure": claim.figure,
                "confidence": claim.confidence_words,
                "tokens": [f"[[claim:{claim.key}#{name}]]" for name in claim.values]
                or [f"[[claim:{claim.key}]]"],
            }
            for claim in claims[:CLAIMS_OFFERED]
        ]
        return JsonResponse({"claims": found})

    # Revisions

    def revisions_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """List the revisions of a guide, and show what one of them changed."""
        article = get_object_or_404(Article, pk=pk)
        if not self.has_view_or_change_permission(request, article):  # type: ignore[attr-defined]
            raise PermissionDenied
        revisions = list(
            article.revisions.newest_first().select_related("author").defer("content")
        )
        chosen = request.GET.get("number", "")
        shown = article.revisions.filter(number=chosen).first() if chosen.isdecimal() else None
        context = self._context(request, article, f"Revisions of “{article}”")
        context |= {
            "revisions": revisions,
            "shown": shown,
            "difference": difference(shown) if shown else [],
            "may_change": self.has_change_permission(request, article),  # type: ignore[attr-defined]
        }
        return render(request, "admin/articles/article/revisions.html", context)

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make an old revision the latest one again; nothing in between is lost."""
        article = self._guide_to_change(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        number = request.POST.get("number", "")
        old = get_object_or_404(article.revisions, number=number if number.isdecimal() else 0)
        new = save_revision(
            article,
            Content.of(old),
            author=request.user,  # type: ignore[arg-type]
            note=f"Back to revision {old.number}",
        )
        self.message_user(  # type: ignore[attr-defined]
            request,
            f"Revision {new.number} repeats revision {old.number}. It is not live until published.",
            messages.SUCCESS,
        )
        return self.back_to_guide(article)

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why, then take the guide from the public."""
        article = self._guide_to_change(request, pk)
        if not request.user.has_perm("articles.publish_article") or article.published_at is None:
            raise PermissionDenied
        context = self._context(request, article, f"Withdraw “{article}”")
        context["users"] = Article.objects.published().filter(
            references__kind="guide", references__key=article.slug
        )
        if request.method == "POST":
            reason = request.POST.get("reason", "")
            try:
                withdraw(article, reason=reason[:250])
            except ValueError as error:
                context |= {"error": str(error), "reason": reason}
                return render(request, "admin/articles/article/withdraw.html", context)
            self.log_change(request, article, f"Withdrawn: {reason}")  # type: ignore[attr-defined]
            self.message_user(request, f"“{article}” is withdrawn.", messages.SUCCESS)  # type: ignore[attr-defined]
            return self.back_to_guide(article)
        return render(request, "admin/articles/article/withdraw.html", context)

    def render_checklist(
        self, article: Article, revision: Revision, content: Content
    ) -> SafeString:
        """Return the box that tells an editor where the guide stands."""
        problems = missing(content)
        words = 0
        try:
            words = render_content(content).word_count
        except ContentError as error:
            for name, texts in error.problems.items():
                problems.setdefault(name, []).extend(texts)
        context = {
            "article": article,
            "revision": revision,
            "problems": [(name, text) for name, texts in problems.items() for text in texts],
            "is_live_revision": revision.pk == article.live_revision_id,
            "word_count": words,
        }
        return render_to_string("admin/articles/article/checklist.html", context)


def preview_context(content: Content) -> dict[str, Any]:
    """Return what the template of a guide needs, made from content that is stored nowhere.

    Raises ContentError when the text cannot be rendered.
    """
    rendered = render_content(content, strict=False)
    article = Article(
        slug="preview",
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
        claim_keys=rendered.claim_keys,
        word_count=rendered.word_count,
    )
    people = {item.slug: item for item in Contributor.objects.filter(slug__in=content.authors)}
    return {
        "article": article,
        "authors": [people[slug] for slug in content.authors if slug in people],
        "tags": Tag.objects.filter(slug__in=content.tags).order_by("name"),
        "related": Article.objects.published()
        .filter(slug__in=content.related)
        .select_related("category"),
        "sources": numbered_claims(rendered.claim_keys),
        "is_preview": True,
    }


def difference(revision: Revision) -> list[tuple[str, str]]:
    """Return what a revision changed against the one before, as (kind, line) pairs.

    Kinds are "added", "removed", "same" and "place" (where in the text the lines stand).
    """
    before = revision.article.revisions.filter(number=revision.number - 1).first()
    old = _as_lines(Content.of(before)) if before else []
    kinds = {"+": "added", "-": "removed", " ": "same", "@": "place"}
    lines = difflib.unified_diff(old, _as_lines(Content.of(revision)), lineterm="", n=2)
    return [
        (kinds[line[0]], line if line[0] == "@" else line[1:])
        for line in lines
        if not line.startswith(("---", "+++"))
    ]


def _as_lines(content: Content) -> list[str]:
    """Return a snapshot as lines of text that a person can compare."""
    lines = []
    for name, value in content.as_json().items():
        if name == "faq":
            value = write_questions(content.faq)
        elif isinstance(value, list):
            value = "\n".join(value)
        if value:
            lines += [f"[{name}]", *str(value).splitlines()]
    return lines
