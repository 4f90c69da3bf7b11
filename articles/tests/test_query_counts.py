"""Pages cost the same number of queries however many rows there are."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from articles.publishing import go_live, save_revision
from articles.tests.factories import (
    create_category,
    create_contributor,
    create_live_guide,
    create_tag,
)
from evidence.tests.factories import create_claim, create_source

pytestmark = pytest.mark.django_db

AssertQueries = Callable[..., Any]
FEW, MANY = 3, 40

PAGES = [
    ("/", 5),
    ("/guides/", 4),
    ("/guides/?category=full-shelf&level=beginner", 4),
    ("/categories/full-shelf/", 4),
    ("/tags/full-tag/", 4),
    ("/people/full-writer/", 4),
    ("/sources/", 5),
    ("/sources/full-source/", 3),
    ("/about/", 3),
    ("/guides/rich/", 9),  # two ask for its comments; what comments cost is tested with them
    ("/guides/rich/changes/", 3),
    ("/guides/rich/changes/1/", 11),
    ("/guides/rich.md", 5),
    ("/guides/rich.json", 3),
]


def fill(count: int) -> Article:
    """Publish guides, and one that uses all of everything, until there are `count` of each."""
    category = create_category(slug="full-shelf")
    source = create_source(slug="full-source")
    tags = [create_tag(slug="full-tag"), *(create_tag() for _ in range(count))]
    writers = [
        create_contributor(slug="full-writer"),
        *(create_contributor() for _ in range(count)),
    ]
    claims = [create_claim(source=source) for _ in range(count)]
    for _ in range(count):
        create_source()
    cited = "\n\n".join(f"Here stands [[claim:{claim.key}]] of it." for claim in claims)
    guides = [
        create_live_guide(category=category, tags=tags[:2], authors=writers[:2])
        for _ in range(count)
    ]
    linked = "\n\n".join(f"See [[guide:{guide.slug}]]." for guide in guides)
    rich = create_live_guide(
        slug="rich",
        category=category,
        body=f"## All of it\n\n{cited}\n\n{linked}\n",
        tags=tags,
        authors=writers,
        reviewer=writers[0],
        related=guides,
    )
    _change_often(rich, count)
    return rich


def _change_often(article: Article, count: int) -> None:
    from articles.content import Content

    content = Content.of(article.revisions.get())
    for _ in range(count):
        go_live(save_revision(article, content, author=None), actor=None)


@pytest.fixture(params=[FEW, MANY], ids=["few", "many"])
def filled(request: pytest.FixtureRequest) -> Article:
    return fill(request.param)


def test_every_public_page_has_its_fixed_price(
    client: Client, filled: Article, django_assert_num_queries: AssertQueries
) -> None:
    for address, price in PAGES:
        with django_assert_num_queries(price, info=address):
            assert client.get(address).status_code == 200, address


def test_prices_are_within_the_promise() -> None:
    assert dict(PAGES)["/guides/rich/"] <= 10
    assert all(price <= 6 for address, price in PAGES if "rich" not in address)


def test_guide_in_the_middle_with_neighbours_on_both_sides(
    client: Client, django_assert_num_queries: AssertQueries
) -> None:
    category = create_category()
    for position in (1, 2, 3):
        create_live_guide(slug=f"at-{position}", category=category, position=position)
    with django_assert_num_queries(8):  # it cites nothing
        client.get("/guides/at-2/")


def test_missing_guide_is_cheap(client: Client, django_assert_num_queries: AssertQueries) -> None:
    with django_assert_num_queries(1):
        assert client.get("/guides/nothing-here/").status_code == 404
