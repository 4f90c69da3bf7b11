"""Numbers that cite no claim are shown to the editor; examples and code are left alone."""

import pytest

from articles.bare_figures import find_bare_figures
from articles.tests.desk import change_url, sign_in
from articles.tests.factories import create_draft


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Of all, 73% agree.", [(1, "73%")]),
        ("One.\n\nPay is $120,000 or 14.2 per cent more.", [(3, "$120,000"), (3, "14.2 per cent")]),
        ("It costs €38 and $1,200.50.", [(1, "$1,200.50")]),
        ("[[claim:SO25-16#back-end]] and `50%` agree.", []),
        ("```text\n99% of it\n```\n\nFive repairs.", []),
    ],
)
def test_what_looks_like_a_fact(body: str, found: list[tuple[int, str]]) -> None:
    assert find_bare_figures(body) == found


@pytest.mark.django_db
def test_desk_points_at_it(client) -> None:
    sign_in(client, "Editor")
    article = create_draft(body="Good.\n\nOf developers, 73% earn well.\n")
    page = client.get(change_url(article)).text
    assert "Line 3: “73%” cites no claim" in page
