"""Previous and next: through the library in reading order, over the ends of categories."""

import re

import pytest
from django.test import Client

from articles.models import Article
from articles.publishing import withdraw
from articles.tests.factories import create_category, create_draft, create_live_guide

pytestmark = pytest.mark.django_db
ORDER = ["a", "b", "c", "d", "e"]


@pytest.fixture(autouse=True)
def library() -> None:
    """Put five guides on three shelves; two of the shelves share a position."""
    shelves = {
        "first": create_category(name="First", position=1),
        "alpha": create_category(name="Alpha", position=5),
        "beta": create_category(name="Beta", position=5),
    }
    create_live_guide(slug="e", title="e", category=shelves["beta"], position=1)
    create_live_guide(slug="d", title="d", category=shelves["alpha"], position=7)
    create_live_guide(slug="a", title="a", category=shelves["first"], position=3)
    create_live_guide(
        slug="b", title="b", category=shelves["first"], position=3
    )  # a tie: older first
    create_live_guide(slug="c", title="c", category=shelves["alpha"], position=2)
    create_draft(slug="draft", category=shelves["first"], position=3)


def neighbours(client: Client, slug: str) -> tuple[str | None, str | None]:
    page = client.get(f"/guides/{slug}/").text
    links = re.findall(r'href="/guides/([^"]+)/" rel="(prev|next)"', page)
    found = {way: slug for slug, way in links}
    return found.get("prev"), found.get("next")


def test_the_way_through_the_whole_library(client: Client) -> None:
    befores, afters = [None, *ORDER[:-1]], [*ORDER[1:], None]
    for slug, before, after in zip(ORDER, befores, afters, strict=True):
        assert neighbours(client, slug) == (before, after), slug


def test_a_withdrawn_guide_is_stepped_over(client: Client) -> None:
    withdraw(Article.objects.get(slug="c"), reason="It was wrong.")
    assert neighbours(client, "b") == ("a", "d")
    assert neighbours(client, "d") == ("b", "e")


def test_the_only_guide_has_no_neighbours(client: Client) -> None:
    for slug in ORDER[1:]:
        withdraw(Article.objects.get(slug=slug), reason="It was wrong.")
    assert neighbours(client, "a") == (None, None)
