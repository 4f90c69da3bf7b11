"""The public page on how comments are moderated, with its figures, and the figures as files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from comments import transparency_files
from comments.appeals import APPEAL_WITHIN
from comments.counting import FEWEST
from comments.house_rules import HOUSE_RULES
from comments.models import Policy
from comments.transparency import DEFINITIONS, figures
from comments.trust import approvals_to_weigh

FRESH = 600  # seconds for which anybody may keep the figures; they say when they were counted


@cache_control(public=True, max_age=FRESH)
@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """Explain how comments are moderated, and count what was decided in the last twelve months."""
    found = figures(timezone.now())
    policy = Policy.current()
    context = {
        "figures": found,
        "definitions": [(line.label, DEFINITIONS[line.key]) for line in found.lines],
        "house_rules": [(rule, found.rejected.get(rule.reason, 0)) for rule in HOUSE_RULES],
        "policy": policy,
        "approvals_to_weigh": approvals_to_weigh(policy),
        "appeal_days": APPEAL_WITHIN.days,
        "fewest": FEWEST,
    }
    return render(request, "comments/transparency.html", context)


@cache_control(public=True, max_age=FRESH)
@require_safe
def transparency_csv(request: HttpRequest) -> HttpResponse:
    """Answer with the figures of the page as CSV, each with its definition and period."""
    text = transparency_files.as_csv(figures(timezone.now()))
    return _file(text, "text/csv; charset=utf-8", "attachment", "csv")


@cache_control(public=True, max_age=FRESH)
@require_safe
def transparency_json(request: HttpRequest) -> HttpResponse:
    """Answer with the figures of the page as JSON."""
    text = transparency_files.as_json_text(figures(timezone.now()))
    return _file(text, "application/json", "inline", "json")


def _file(text: str, media_type: str, way: str, extension: str) -> HttpResponse:
    name = f"moderation-{timezone.now():%Y-%m-%d}.{extension}"
    headers = {"Content-Disposition": f'{way}; filename="{name}"'}
    return HttpResponse(text, content_type=media_type, headers=headers)
