"""The pages of a thread behind the one that stands in the guide."""

import re

import pytest
from django.test import Client

from articles.models import Article
from articles.publishing import withdraw
from articles.tests.factories import create_category, create_draft, create_live_guide
from comments.models import Comment
from comments.tests.factories import create_comment, create_moderator
from comments.tests.thread_html import item, listed, thread_part, words

pytestmark = pytest.mark.django_db

ADDRESS = "/comments/on/queues/"


@pytest.fixture
def guide(monkeypatch: pytest.MonkeyPatch) -> Article:
    monkeypatch.setattr("comments.thread_page.PER_PAGE", 2)
    return create_live_guide(
        slug="queues", title="Queues & lines", category=create_category(name="Shop", slug="shop")
    )


@pytest.fixture
def comments(guide: Article) -> list[Comment]:
    mo = create_moderator()
    return [
        create_comment(guide, text=f"Words {n}", section="where-it-begins", by=mo) for n in range(5)
    ]


def canonical(page: str) -> str:
    return re.findall(r'<link rel="canonical" href="([^"]*)">', page)[0]


def test_pages_in_reading_order(client: Client, comments: list[Comment]) -> None:
    for number, expected in ((1, comments[:2]), (2, comments[2:4]), (3, comments[4:])):
        page = client.get(f"{ADDRESS}?page={number}").text
        assert listed(page) == [comment.pk for comment in expected]
        assert f"Page {number} of 3" in page


def test_ways_between_pages_lead_to_the_guide_for_the_first(
    client: Client, comments: list[Comment]
) -> None:
    guide = client.get("/guides/queues/").text
    assert '<a rel="next" href="/comments/on/queues/?page=2">' in guide
    assert 'rel="prev"' not in thread_part(guide)
    second = client.get(f"{ADDRESS}?page=2").text
    assert '<a rel="prev" href="/guides/queues/#comments">' in second
    assert '<a rel="next" href="/comments/on/queues/?page=3">' in second
    last = client.get(f"{ADDRESS}?page=3").text
    assert '<a rel="prev" href="/comments/on/queues/?page=2">' in last
    assert 'rel="next"' not in last


def test_one_page_needs_no_ways(client: Client, guide: Article) -> None:
    create_comment(guide, by=create_moderator())
    assert "Pages of comments" not in client.get("/guides/queues/").text


def test_each_page_says_what_it_is(client: Client, comments: list[Comment]) -> None:
    page = client.get(f"{ADDRESS}?page=2").text
    assert "<title>Comments on “Queues &amp; lines”, page 2 · Backend Guide</title>" in page
    assert "<h1>Comments on “Queues &amp; lines”</h1>" in page
    assert "5 comments on the guide" in words(page)
    trail = page.split('aria-label="Breadcrumb"')[1].split("</nav>")[0]
    assert words(trail.partition(">")[2]) == "HomeGuidesShop Queues & lines"
    assert 'href="/guides/queues/"' in trail


def test_search_engines_find_each_comment_under_one_address(
    client: Client, comments: list[Comment]
) -> None:
    """The first page is the guide's; those behind it stand for themselves."""
    site = "http://localhost:8000"
    assert canonical(client.get(ADDRESS).text) == f"{site}/guides/queues/"
    assert canonical(client.get(f"{ADDRESS}?page=1").text) == f"{site}/guides/queues/"
    second = client.get(f"{ADDRESS}?page=2").text
    assert canonical(second) == f"{site}/comments/on/queues/?page=2"
    assert "noindex" not in second


def test_sections_are_those_of_the_guide(client: Client, comments: list[Comment]) -> None:
    page = client.get(f"{ADDRESS}?page=2").text
    assert '<a href="/guides/queues/#where-it-begins">' in item(page, comments[2])


def test_the_form_is_there_too_and_no_cookie(client: Client, comments: list[Comment]) -> None:
    response = client.get(f"{ADDRESS}?page=2")
    assert 'action="/comments/write/queues/"' in response.text
    assert "csrfmiddlewaretoken" not in response.text
    assert not response.cookies


@pytest.mark.parametrize("number", ["0", "-1", "4", "two", "01", "1.5", "", "9999999", "²"])
def test_pages_that_do_not_exist(client: Client, comments: list[Comment], number: str) -> None:
    assert client.get(ADDRESS, {"page": number}).status_code == 404


def test_the_first_page_exists_without_a_comment(client: Client, guide: Article) -> None:
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert "Nobody has commented yet." in page.text
    assert client.get(f"{ADDRESS}?page=2").status_code == 404


def test_only_public_guides_have_threads(client: Client, comments: list[Comment]) -> None:
    draft = create_draft(slug="draft")
    for address in (f"/comments/on/{draft.slug}/", "/comments/on/nothing/"):
        assert client.get(address).status_code == 404
    withdraw(Article.objects.get(slug="queues"), reason="Wrong.")
    assert client.get(ADDRESS).status_code == 404
    assert client.get(f"{ADDRESS}feed/").status_code == 404


def test_pages_are_only_read(client: Client, guide: Article) -> None:
    assert client.post(ADDRESS).status_code == 405
