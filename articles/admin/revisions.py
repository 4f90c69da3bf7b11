"""The revisions of a guide at the desk: listed, compared, brought back."""

import difflib

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render

from articles.admin.rights import GuideRights
from articles.content import Content, write_questions
from articles.models import Revision
from articles.publishing import save_revision


class RevisionViews(GuideRights, admin.ModelAdmin):
    """Nothing is ever lost: every saved text can be looked at and repeated."""

    def revisions_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """List the revisions of a guide, and show what one of them changed."""
        article = self.guide_to_read(request, pk)
        revisions = article.revisions.newest_first().select_related("author").defer("content")
        chosen = request.GET.get("number", "")
        shown = article.revisions.filter(number=chosen).first() if chosen.isdecimal() else None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "article": article,
            "title": f"Revisions of “{article}”",
            "revisions": list(revisions),
            "shown": shown,
            "difference": difference(shown) if shown else [],
            "may_change": self.has_change_permission(request, article),
        }
        return render(request, "admin/articles/article/revisions.html", context)

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make an old revision the latest one again; nothing in between is lost."""
        article = self.guide_to_change(request, pk)
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
        self.log_change(request, article, f"Revision {new.number} repeats {old.number}.")
        self.message_user(
            request,
            f"Revision {new.number} repeats revision {old.number}. "
            "Readers see it once it is published.",
            messages.SUCCESS,
        )
        return redirect("admin:articles_article_change", article.pk)


def difference(revision: Revision) -> list[tuple[str, str]]:
    """Return what a revision changed against the one before, as (kind, line) pairs.

    Kinds are "added", "removed", "same" and "place" (where in the text the lines stand).
    """
    before = revision.article.revisions.filter(number=revision.number - 1).first()
    old = _as_lines(Content.of(before)) if before else []
    kinds = {"+": "added", "-": "removed", " ": "same", "@": "place"}
    lines = list(difflib.unified_diff(old, _as_lines(Content.of(revision)), lineterm="", n=2))
    # The first two lines are the names of the files, which we have not.
    return [(kinds[line[0]], line if line[0] == "@" else line[1:]) for line in lines[2:]]


def _as_lines(content: Content) -> list[str]:
    """Return a snapshot as lines of text that a person can compare."""
    lines = []
    for name, value in content.as_json().items():
        if name == "faq":
            text = write_questions(content.faq)
        else:
            text = "\n".join(value) if isinstance(value, list) else str(value or "")
        if text:
            lines += [f"[{name}]", *text.splitlines()]
    return lines
