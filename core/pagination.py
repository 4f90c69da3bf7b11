"""Lists in pages. A page that does not exist is a missing page, not an empty one."""

import re
from collections.abc import Sequence
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404

PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


def paginate(
    queryset: "QuerySet[Any] | Sequence[Any]", page_number: str | int | None, per_page: int
) -> "Page[Any]":
    """Return one page of an ordered queryset or list; None stands for the first.

    Raises Http404 for everything that is not the plain number of an existing page, so that each
    page has exactly one address. The first page exists even when the list is empty.
    """
    wanted = "1" if page_number is None else str(page_number)
    if not PAGE_NUMBER.fullmatch(wanted):
        raise Http404("That page number is not valid.")
    try:
        return Paginator(queryset, per_page).page(int(wanted))
    except InvalidPage as error:
        raise Http404("That page does not exist.") from error
