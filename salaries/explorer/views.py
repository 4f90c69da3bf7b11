"""The explorer: a question in the address, its answer on the page."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from salaries.explorer.answer import Answer, answer_to
from salaries.explorer.asking import choose_edition, understand
from salaries.explorer.cells import Known
from salaries.explorer.page import context_of
from salaries.explorer.pay import Pay, place_pay
from salaries.explorer.question import SLUG
from salaries.models import Country, Edition
from salaries.selection import MAIN_SERIES, MAX_PARTS

# What is needed of editions that are only offered. The chosen one is loaded in full.
OFFERED = (
    *("slug", "short_title", "series", "kind", "year", "fieldwork_from", "fieldwork_to", "scope"),
    *("pay_basis", "period", "currency", "published_at", "source__publisher"),
)


# Exempt from the token: the one form that is sent changes nothing and stores nothing, so there is
# nothing to forge, and a token would need a cookie for somebody who only reads.
@csrf_exempt
@sensitive_post_parameters("pay", "currency")  # not even the report of a failure shows them
@require_http_methods(["GET", "HEAD", "POST"])
def explore(request: HttpRequest) -> HttpResponse:
    """Answer the question of the address; a POST also says where an amount of pay stands.

    The question of a POST is in its address as well. The amount is in its body, so it reaches
    neither the log nor the history of the browser.
    """
    wanted = [slug for slug in request.GET.getlist("edition") if SLUG.fullmatch(slug)]
    known = Known(_editions(wanted), Country.objects.in_bulk())
    problems: list[str] = []
    chosen = choose_edition(request.GET.getlist("edition"), known.editions, problems)
    if chosen is None:
        return render(request, "salaries/explore.html", {"is_empty": True})
    edition = Edition.objects.select_related("source").get(pk=chosen.pk)
    asked = understand(request.GET, edition, known.countries, problems)
    is_sent = request.method == "POST"
    if asked.is_untidy and not is_sent:
        return HttpResponseRedirect(asked.question.href)
    answer = answer_to(asked.question, known)
    pay = _pay(request, answer) if is_sent else None
    context = context_of(answer, known, asked.problems, pay)
    context["is_bare"] = not request.GET
    response = render(request, "salaries/explore.html", context)
    if is_sent:
        add_never_cache_headers(response)
    return response


def _editions(wanted: Sequence[str]) -> Sequence[Edition]:
    """Return the editions to choose from, newest first, in one query.

    Every year of the main survey and of the asked series, the newest of all others: the page stays
    as short, and as quick, when there are hundreds.
    """
    published = Edition.objects.published()
    asked = published.filter(slug__in=wanted[:MAX_PARTS], series=OuterRef("series"))
    newer = published.filter(series=OuterRef("series")).filter(
        Q(year__gt=OuterRef("year")) | Q(year=OuterRef("year"), slug__lt=OuterRef("slug"))
    )
    found = published.filter(Q(series=MAIN_SERIES) | Q(Exists(asked)) | ~Q(Exists(newer)))
    return list(found.newest_first().select_related("source").only(*OFFERED))


def _pay(request: HttpRequest, answer: Answer) -> Pay | None:
    if answer.own_rows:
        return place_pay(request.POST, answer)
    answer.why.append("There is no figure here that your pay could be compared with.")
    return None
