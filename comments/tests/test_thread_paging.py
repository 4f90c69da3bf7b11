"""A thread of thousands: its pages, and what they cost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from articles.tests.factories import create_live_guide
from comments.models import Comment, Thread
from comments.moderation import pin, reject
from comments.sections import _known
from comments.states import Reason, State
from comments.tests.factories import create_moderator
from comments.tests.many import create_many
from evidence.tests.factories import create_claim

pytestmark = pytest.mark.django_db

AssertQueries = Callable[..., Any]
MANY = 2_000
PAGES = 50
BODY = "## Where it begins\n\nIt is [[claim:{key}]].\n"


@pytest.fixture
def guide() -> Article:
    return create_live_guide(slug="busy", body=BODY.format(key=create_claim().key))


def ids(page: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'<li class="comment[^"]*" id="comment-(\d+)">', page)]


def test_two_thousand_comments_cost_ten_queries(
    client: Client, guide: Article, django_assert_num_queries: AssertQueries
) -> None:
    comments = create_many(guide, MANY, section="where-it-begins")
    reject(comments[0], user=create_moderator(), reason=Reason.SPAM)  # its answers stay
    pin(comments[700], user=create_moderator())
    for is_known in (False, True):  # whether the process knows the sections of the guide
        if not is_known:
            _known.clear()
        with django_assert_num_queries(10):
            page = client.get("/guides/busy/").text
        assert ids(page) == [comment.pk for comment in comments[:40]]
        assert "Page 1 of 50" in page
        assert 'href="/comments/on/busy/?page=2"' in page
    for number in (1, 2, 25, PAGES):
        with django_assert_num_queries(4):
            page = client.get(f"/comments/on/busy/?page={number}").text
        expected = comments[(number - 1) * 40 : number * 40]
        assert ids(page) == [comment.pk for comment in expected]
    with django_assert_num_queries(4):
        assert client.get("/comments/on/busy/?page=51").status_code == 404
    assert Thread.objects.get().comment_count == MANY - 1


def test_a_permalink_far_behind_is_cheap(
    client: Client, guide: Article, django_assert_num_queries: AssertQueries
) -> None:
    comments = create_many(guide, 100)
    with django_assert_num_queries(4):
        response = client.get(f"/comments/{comments[90].pk}/")
    assert response["Location"] == f"/comments/on/busy/?page=3#comment-{comments[90].pk}"


def test_a_page_counts_tombstones(client: Client, guide: Article) -> None:
    """Forty-one rows make two pages, although forty comments are public."""
    comments = create_many(guide, 41, depths=(0, 1))
    reject(comments[0], user=create_moderator(), reason=Reason.SPAM)
    assert Thread.objects.get().comment_count == 40
    page = client.get("/guides/busy/").text
    assert "Page 1 of 2" in page
    assert len(ids(page)) == 40
    assert ids(client.get("/comments/on/busy/?page=2").text) == [comments[40].pk]


def test_what_is_gone_without_an_answer_takes_no_room(client: Client, guide: Article) -> None:
    comments = create_many(guide, 41, depths=(0,))
    reject(comments[0], user=create_moderator(), reason=Reason.SPAM)
    page = client.get("/guides/busy/").text
    assert ids(page) == [comment.pk for comment in comments[1:]]
    assert "Page 1 of" not in page
    assert client.get("/comments/on/busy/?page=2").status_code == 404


def test_the_helper_keeps_the_rules_of_the_house(guide: Article) -> None:
    create_many(guide, 12)
    stored = list(Comment.objects.in_reading_order().select_related("parent"))
    assert [comment.number for comment in stored] == list(range(1, 13))
    assert [comment.depth for comment in stored] == [0, 1, 2, 3, 3, 1, 0, 0, 1, 2, 3, 3]
    assert stored[4].parent == stored[3]  # deeper than the deepest: beside what it answers
    assert all(comment.state == State.APPROVED for comment in stored)
    assert all(comment.acts.count() == 1 for comment in stored)
