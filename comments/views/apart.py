"""Pages for one person: kept out of caches, of search engines, and of the addresses others see."""

import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from comments.admission import Refused
from comments.views.refusals import Told

TRAPPED = Told(
    "trapped",
    HTTPStatus.BAD_REQUEST,
    "Not sent yet: a hidden field was filled in",
    "Some browsers fill in a field that people do not see. It is empty again, and your words are "
    "still here; send them once more.",
)


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    told: Told | None = None,
    status: HTTPStatus | None = None,
) -> HttpResponse:
    """Return a page for one person; `told` stands above its form and gives the status."""
    status = status or (told.status if told else HTTPStatus.OK)
    response = render(request, template, {**context, "told": told}, status=status)
    if told is not None and told.retry_after is not None:
        response["Retry-After"] = str(told.retry_after)
    return _apart(response)


def see_other(address: str) -> HttpResponse:
    """Return the way to the page that shows what was stored."""
    response = HttpResponseRedirect(address)
    response.status_code = HTTPStatus.SEE_OTHER
    return _apart(response)


def _apart(response: HttpResponse) -> HttpResponse:
    # The address may hold a key: other pages learn of the site at most, never of the address.
    # "no-referrer" would make browsers send forms with "Origin: null", which no token survives.
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def refused(refusal: Refused, titles: Mapping[str, str]) -> Told:
    """Return what to tell about a refusal, under the title for its code."""
    wait = refusal.wait
    is_limit = refusal.code == "limit"
    return Told(
        refusal.code,
        HTTPStatus.TOO_MANY_REQUESTS if is_limit else HTTPStatus.CONFLICT,
        titles[refusal.code],
        refusal.message,
        retry_after=math.ceil(wait.total_seconds()) if wait is not None else None,
    )
