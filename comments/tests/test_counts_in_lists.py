"""How many comments a guide has, wherever guides are listed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from articles.tests.factories import (
    create_category,
    create_contributor,
    create_live_guide,
    create_tag,
)
from comments.moderation import reject
from comments.states import Reason, State
from comments.tests.factories import create_comment, create_moderator
from comments.tests.thread_html import words

pytestmark = pytest.mark.django_db

LISTS = [
    ("/", 5),
    ("/guides/", 4),
    ("/guides/?category=shop&level=beginner", 4),
    ("/categories/shop/", 4),
    ("/tags/pots/", 4),
    ("/people/ada/", 4),
]


@pytest.fixture
def guides() -> tuple[Article, Article]:
    filed: Any = {
        "category": create_category(slug="shop"),
        "tags": [create_tag(slug="pots")],
        "authors": [create_contributor(slug="ada")],
    }
    busy = create_live_guide(slug="busy", title="Busy & loud", **filed)
    return busy, create_live_guide(slug="quiet", **filed)


def entry(page: str, slug: str) -> str:
    return next(
        part
        for part in re.findall(r'<li class="entry">.*?</li>', page, re.DOTALL)
        if f'href="/guides/{slug}/"' in part or f'href="/salaries/{slug}/"' in part
    )


@pytest.mark.parametrize(("address", "price"), LISTS)
def test_every_list_counts_at_no_price(
    client: Client,
    guides: tuple[Article, Article],
    address: str,
    price: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    mo = create_moderator()
    for _ in range(3):
        create_comment(guides[0], by=mo)
    create_comment(guides[0], state=State.PENDING, by=mo)
    create_comment(guides[1], state=State.REJECTED, by=mo)
    with django_assert_num_queries(price):
        page = client.get(address).text
    busy = entry(page, "busy")
    assert '<a href="/guides/busy/#comments">3 comments' in busy
    assert words(busy).endswith("3 comments on Busy & loud")
    assert "comment" not in entry(page, "quiet")


def test_one_is_a_comment_and_a_removed_one_none(
    client: Client, guides: tuple[Article, Article]
) -> None:
    mo = create_moderator()
    comment = create_comment(guides[0], by=mo)
    assert "1 comment<" in entry(client.get("/guides/").text, "busy")
    reject(comment, user=mo, reason=Reason.SPAM)
    assert "comment" not in entry(client.get("/guides/").text, "busy")


def test_salary_guides_are_counted_too(client: Client) -> None:
    guide = create_live_guide(slug="pay", shelf="salaries")
    create_comment(guide, by=create_moderator())
    page = client.get("/salaries/").text
    assert '<a href="/salaries/pay/#comments">1 comment<' in entry(page, "pay")
