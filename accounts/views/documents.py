"""Terms, privacy, community rules: the text in force, and every version there was."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Document, DocumentVersion
from accounts.terms.document_diff import difference
from core import retention

TITLES = {
    Document.TERMS: "Terms of use",
    Document.PRIVACY: "Privacy",
    Document.COMMUNITY_RULES: "Community rules",
}


@require_safe
def document(request: HttpRequest, document: str) -> HttpResponse:
    """Show the version in force; the privacy text with the table that the purge carries out."""
    today = timezone.now().date()
    versions = DocumentVersion.objects.of(document).defer("text")
    shown = versions.in_force(today).first()
    upcoming = versions.filter(in_force_from__gt=today).defer("text", "html").last()
    rows = retention.in_words() if document == Document.PRIVACY and shown else []
    context = {**_context(document), "version": shown, "upcoming": upcoming, "rows": rows}
    return render(request, "accounts/document.html", context)


@require_safe
def versions(request: HttpRequest, document: str) -> HttpResponse:
    """List every version of a document, newest first."""
    kind = _document(document)
    found = list(DocumentVersion.objects.of(kind).defer("text", "html"))
    if not found:
        raise Http404
    current = DocumentVersion.objects.of(kind).in_force().first()
    context = {**_context(kind), "versions": found, "current": current}
    return render(request, "accounts/document_versions.html", context)


@require_safe
def version(request: HttpRequest, document: str, number: int) -> HttpResponse:
    """Show a version as it was and stays, and what it changed."""
    kind = _document(document)
    shown = get_object_or_404(DocumentVersion, document=kind, number=number)
    before = shown.before
    context = {
        **_context(kind),
        "version": shown,
        "before": before,
        "changes": difference(shown, before),
        "current": DocumentVersion.objects.of(kind).in_force().first(),
        "after": DocumentVersion.objects.of(kind).filter(number__gt=number).last(),
        "rows": shown.keepings,
    }
    return render(request, "accounts/document_version.html", context)


def _document(name: str) -> Document:
    try:
        return Document(name)
    except ValueError as error:
        raise Http404 from error


def _context(name: str) -> dict[str, Any]:
    kind = Document(name)
    return {"document": kind, "title": TITLES[kind], "lede": kind.about}
