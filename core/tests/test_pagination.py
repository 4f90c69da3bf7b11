"""Pages of lists."""

import pytest
from django.http import Http404

from core.pagination import paginate

ITEMS = list(range(25))


@pytest.mark.parametrize(
    ("number", "items"),
    [
        (None, ITEMS[:10]),
        ("1", ITEMS[:10]),
        ("2", ITEMS[10:20]),
        ("3", ITEMS[20:]),
        (2, ITEMS[10:20]),
    ],
)
def test_page(number: str | int | None, items: list[int]) -> None:
    page = paginate(ITEMS, number, 10)
    assert list(page) == items
    assert page.paginator.num_pages == 3


@pytest.mark.parametrize(
    "number",
    [
        "0",
        "4",
        "-1",
        "",
        " 1",
        "1 ",
        "01",
        "+1",
        "1.0",
        "1e0",
        "x",
        "٢",
        "1\n",
        "9" * 7,
        "9" * 5000,
        0,
        -1,
    ],
)
def test_missing_page(number: str | int) -> None:
    with pytest.raises(Http404):
        paginate(ITEMS, number, 10)


def test_first_page_of_nothing() -> None:
    assert list(paginate([], None, 10)) == []
    with pytest.raises(Http404):
        paginate([], "2", 10)
