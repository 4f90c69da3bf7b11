"""Small screens beside the form of a guide: claims to insert, withdrawal, what is missing."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.admin.rights import PUBLISH, GuideRights
from articles.bare_figures import find_bare_figures
from articles.content import Content
from articles.models import Article, Revision
from articles.publishing import withdraw
from articles.readiness import check_content
from evidence.models import Claim

CLAIMS_OFFERED = 12
MAX_REASON = Article._meta.get_field("withdrawal_reason").max_length or 0

# How the checklist calls a field, and the id by which it finds it.
FIELDS = {
    "title": ("Title", "id_title"),
    "standfirst": ("Standfirst", "id_standfirst"),
    "body": ("Body", "id_body"),
    "takeaways": ("Key takeaways", "id_takeaways_text"),
    "faq": ("Questions and answers", "id_faq_text"),
    "authors": ("Byline", "id_byline"),
    "next_review_on": ("Next review", "id_next_review_on"),
    "cover_alt": ("Cover", "id_cover_alt"),
}


class DeskViews(GuideRights, admin.ModelAdmin):
    """Views of `GuideAdmin`; kept apart because each is a small screen of its own."""

    def claims_view(self, request: HttpRequest) -> JsonResponse:
        """Answer with claims of the ledger that hold all the words of `q`, for insertion."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        claims = Claim.objects.with_source().in_order()
        for word in request.GET.get("q", "").split():
            claims = claims.filter(
                Q(key__icontains=word)
                | Q(statement__icontains=word)
                | Q(figure__icontains=word)
                | Q(source__title__icontains=word)
                | Q(source__publisher__icontains=word)
            )
        found = [_as_offer(claim) for claim in claims[:CLAIMS_OFFERED]]
        return JsonResponse({"claims": found})

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why, then take the guide from the public."""
        article = self.guide_to_change(request, pk)
        if not request.user.has_perm(PUBLISH) or article.published_at is None:
            raise PermissionDenied
        if article.state == Article.State.WITHDRAWN:
            self.message_user(request, f"“{article}” is withdrawn already.", messages.WARNING)
            return redirect("admin:articles_article_change", article.pk)
        reason = request.POST.get("reason", "")
        error = ""
        if request.method == "POST":
            try:
                if len(reason) > MAX_REASON:
                    raise ValueError(f"Say it in at most {MAX_REASON} characters.")
                withdraw(article, reason=reason, actor=request.user)  # type: ignore[arg-type]
            except ValueError as refusal:
                error = str(refusal)
            else:
                self.log_change(request, article, f"Withdrawn: {reason}")
                self.message_user(request, f"“{article}” is withdrawn.", messages.SUCCESS)
                return redirect("admin:articles_article_change", article.pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "article": article,
            "title": f"Withdraw “{article}”",
            "linking": Article.objects.published().filter(
                references__kind="guide", references__key=article.slug
            ),
            "reason": reason,
            "error": error,
        }
        return render(request, "admin/articles/article/withdraw.html", context)


def _as_offer(claim: Claim) -> dict[str, object]:
    tokens: list[tuple[str, str | None]] = [(f"[[claim:{claim.key}]]", claim.figure)]
    tokens += [
        (f"[[claim:{claim.key}#{name}]]", claim.value_of(name)) for name in claim.value_names
    ]
    tokens += [(f"[[cite:{claim.key}]]", "the source only")]
    return {
        "key": claim.key,
        "statement": claim.statement,
        "figure": claim.figure,
        "source": str(claim.source),
        "year": claim.year,
        "confidence": claim.confidence_words,
        "tokens": [{"token": token, "shows": shows} for token, shows in tokens],
    }


def render_checklist(article: Article, revision: Revision) -> SafeString:
    """Return the box that tells an editor where a guide stands and what it lacks."""
    content = Content.of(revision)
    rendered, problems = check_content(content)
    context = {
        "article": article,
        "revision": revision,
        "live": article.live_revision,
        "problems": [
            (*FIELDS.get(name, (name.capitalize(), f"id_{name}")), text)
            for name, texts in problems.items()
            for text in texts
        ],
        "bare_figures": find_bare_figures(content.body),
        "word_count": rendered.word_count if rendered else 0,
    }
    return render_to_string("admin/articles/article/checklist.html", context)
