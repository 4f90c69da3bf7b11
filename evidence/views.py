"""The public ledger: every source, and what rests on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.pagination import paginate
from evidence.models import Claim, Source
from evidence.usage import uses_of

SOURCES_PER_PAGE = 50


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """List all sources by publisher."""
    page = paginate(
        Source.objects.with_claim_count().in_order(), request.GET.get("page"), SOURCES_PER_PAGE
    )
    page.object_list = sources = list(page.object_list)
    claims = Claim.objects.filter(source__in=sources).values_list("key", "source_id")
    uses = uses_of(key for key, _ in claims)
    urls: dict[int, set[str]] = {}
    for key, source_id in claims:
        urls.setdefault(source_id, set()).update(use.url for use in uses[key])
    for source in sources:
        source.used_count = len(urls.get(source.pk, ()))
    return render(
        request,
        "evidence/source_list.html",
        {"page_obj": page, "claim_count": Claim.objects.count()},
    )


@require_safe
def source_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one source, the statements that rest on it, and the pages that cite them."""
    source = get_object_or_404(Source, slug=slug)
    claims = list(source.claims.in_order())
    uses = uses_of(claim.key for claim in claims)
    for claim in claims:
        claim.used_in = uses[claim.key]  # type: ignore[attr-defined]
    return render(request, "evidence/source_detail.html", {"source": source, "claims": claims})
