"""The public page on how comments are moderated, with its figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from comments.appeals import APPEAL_WITHIN
from comments.counting import FEWEST
from comments.house_rules import HOUSE_RULES
from comments.models import Policy
from comments.transparency import figures
from comments.trust import approvals_to_weigh


@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """Explain how comments are moderated, and count what was decided in the last twelve months."""
    found = figures(timezone.now())
    policy = Policy.current()
    context = {
        "figures": found,
        "house_rules": [(rule, found.rejected.get(rule.reason, 0)) for rule in HOUSE_RULES],
        "policy": policy,
        "approvals_to_weigh": approvals_to_weigh(policy),
        "appeal_days": APPEAL_WITHIN.days,
        "fewest": FEWEST,
    }
    return render(request, "comments/transparency.html", context)
