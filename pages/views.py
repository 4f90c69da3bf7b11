"""The pages that belong to no single app."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Article, Category, Shelf
from core.embeds import EmbedContext
from core.markup import render as render_markup
from evidence.models import Claim
from pages.style_sample import SAMPLE
from salaries.listing import salary_guides

# The figure that explains our receipts on the home page: what the site is about, in one number.
SAMPLE_CLAIM = "SO25-16"

PAY_THEMES = 3  # lines of the block on pay; the rest of that shelf has its own front page


def _ledger_counts() -> dict[str, Any]:
    return Claim.objects.aggregate(
        claim_count=Count("pk"),
        source_count=Count("source", distinct=True),
        latest_checked=Max("checked_on"),
    )


def _newest(guides: list[Article]) -> list[Article]:
    dated = [(guide.published_at, guide.pk, guide) for guide in guides if guide.published_at]
    return [guide for _, _, guide in sorted(dated, reverse=True)]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is and where to begin, then show the library as a table of contents."""
    library = Article.objects.published().on_shelf(Shelf.GUIDES)
    guides = list(library.for_list().in_library_order())
    pay = salary_guides()
    sections: list[dict[str, Any]] = []
    for guide in guides:
        if not sections or sections[-1]["category"] != guide.category:
            sections.append({"category": guide.category, "guides": []})
        sections[-1]["guides"].append(guide)
    context = {
        "sections": sections,
        "start": guides[0] if guides else None,
        "pay": pay,
        "pay_themes": pay.themes[:PAY_THEMES],
        "guide_count": len(guides) + len(pay.themes) + len(pay.countries),
        "latest": _newest(guides)[:3],
        "sample_claim": Claim.objects.with_source().filter(key=SAMPLE_CLAIM).first(),
        **_ledger_counts(),
    }
    return render(request, "pages/home.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say who stands behind the site and how a statement gets onto it."""
    confidence = Claim.objects.aggregate(
        **{name: Count("pk", filter=Q(confidence=name)) for name in Claim.Confidence.values}
    )
    context = {
        "guide_count": Article.objects.published().count(),
        "confidence_counts": confidence,
        **_ledger_counts(),
    }
    return render(request, "pages/about.html", context)


@require_safe
@login_required
def style(request: HttpRequest) -> HttpResponse:
    """Show every component of the design, for people who build and write."""
    if not request.user.is_staff:
        raise PermissionDenied
    sample = render_markup(SAMPLE, embeds=EmbedContext(strict=False))
    context = {
        "sample_html": sample.html,
        "sample_claim": Claim.objects.with_source().filter(key=SAMPLE_CLAIM).first(),
        "categories": Category.objects.in_order(),
    }
    return render(request, "pages/style.html", context)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form whose token is missing or old, and give the words in it back.

    Only long texts and lines are shown again: no password, no file, no token.
    """
    words = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and name != "csrfmiddlewaretoken" and "password" not in name
    ]
    context = {"words": words, "back": request.path}
    return render(request, "403_csrf.html", context, status=403)
