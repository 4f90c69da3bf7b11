"""The comments in a guide are the same bytes for every reader, and give nobody away."""

import pytest
from django.http import HttpResponse
from django.test import Client

from articles.models import Article
from articles.tests.factories import create_live_guide
from comments.identity import COOKIE, Visitor, remember
from comments.models import Comment
from comments.tests.factories import create_comment, create_moderator, create_reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide() -> Article:
    return create_live_guide(slug="queues")


def test_no_address_is_in_the_page(client: Client, guide: Article) -> None:
    reader = create_reader(email="reader@secret.example")
    mo = create_moderator()
    create_comment(guide, email="guest@secret.example", by=mo)
    create_comment(guide, user=reader, by=mo)
    assert "secret.example" not in client.get("/guides/queues/").text


def test_every_visitor_gets_the_same_bytes_and_no_cookie(guide: Article) -> None:
    mo = create_moderator()
    writer = create_reader()
    create_comment(guide, user=writer, by=mo)
    guest_comment = create_comment(guide, browser="a" * 32, by=mo)
    anonymous, member, guest = Client(), Client(), Client()
    member.force_login(writer)
    holder = _with_cookie(guest_comment)
    guest.cookies[COOKIE] = holder
    pages = [client.get("/guides/queues/") for client in (anonymous, member, guest)]
    assert pages[0].content == pages[1].content == pages[2].content
    for page in pages:
        assert not page.cookies
        assert "csrfmiddlewaretoken" not in page.text


def _with_cookie(comment: Comment) -> str:
    """Return the cookie of the guest who wrote a comment."""
    response = HttpResponse()
    remember(response, Visitor(browser=comment.browser), [comment.author])
    return response.cookies[COOKIE].value
