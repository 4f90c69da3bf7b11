"""Stopping letters about replies."""

import pytest
from django.test import Client

from comments import tokens
from comments.models import Comment
from comments.states import State
from comments.tests.factories import create_comment
from comments.tests.post import forget_mail, letters, path_in
from mailing.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Comment:
    comment = create_comment(state=State.APPROVED, wants_replies=True, email="gus@example.org")
    forget_mail()
    return comment


def address(comment: Comment) -> str:
    return f"/comments/unsubscribe/{tokens.make(tokens.UNSUBSCRIBE, comment.pk)}/"


def wants(comment: Comment) -> bool:
    comment.refresh_from_db()
    return comment.wants_replies


def told(comment: Comment) -> list:
    return [message for message in letters() if "answered your comment" in message.subject]


def test_the_letter_leads_to_the_page(client, asked) -> None:
    create_comment(parent=asked, state=State.APPROVED)
    (message,) = told(asked)
    page = client.get(path_in(message, "unsubscribe"))
    assert page.status_code == 200
    assert "We write to you when somebody answers your comment" in page.text
    assert "Stop these letters" in page.text
    assert asked.thread.article.title in page.text


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_page_changes_nothing(client, asked, method) -> None:
    assert getattr(client, method)(address(asked)).status_code == 200
    assert wants(asked)
    assert client.delete(address(asked)).status_code == 405
    assert wants(asked)


def test_one_click_from_a_mail_program(asked) -> None:
    """RFC 8058: a POST without cookie, token or referrer, and no redirect as the answer."""
    client = Client(enforce_csrf_checks=True)
    answer = client.post(
        address(asked),
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 200
    assert not wants(asked)
    assert not answer.cookies


def test_the_address_in_the_header_is_the_one_that_works(client, asked) -> None:
    create_comment(parent=asked, state=State.APPROVED)
    (message,) = told(asked)
    link = message.extra_headers["List-Unsubscribe"].strip("<>")
    client.post(link.removeprefix("http://localhost:8000"))
    assert not wants(asked)


def test_the_button_on_the_page(client, asked) -> None:
    page = client.post(address(asked), {"comments": "this"})
    assert "<h1>No more letters about replies</h1>" in page.text
    assert "Stop these letters" not in page.text
    create_comment(parent=asked, state=State.APPROVED)
    assert told(asked) == []


def test_twice_is_once(client, asked) -> None:
    for _ in range(2):
        page = client.post(address(asked))
        assert page.status_code == 200
        assert "No more letters about replies" in page.text
    assert not wants(asked)


def test_what_waits_is_not_sent_either(client, asked) -> None:
    create_comment(parent=asked, state=State.APPROVED)
    assert Letter.objects.waiting().filter(key__startswith="reply-").count() == 1
    client.post(address(asked))
    assert told(asked) == []


def test_other_comments_go_on_until_all_are_stopped(client, asked) -> None:
    other = create_comment(author=asked.author, state=State.APPROVED, wants_replies=True)
    strangers = create_comment(state=State.APPROVED, wants_replies=True)
    page = client.post(address(asked), {"comments": "this"})
    assert wants(other)
    assert "One other comment of yours asks" in page.text
    assert "Stop them for my other comments too" in page.text
    page = client.post(address(asked), {"comments": "all"})
    assert not wants(other)
    assert wants(strangers)
    assert "<button" not in page.text.split("<main", 1)[1].split("</main", 1)[0]


def test_all_at_once(client, asked) -> None:
    others = [
        create_comment(author=asked.author, state=State.APPROVED, wants_replies=True)
        for _ in range(2)
    ]
    page = client.get(address(asked))
    assert "2 other comments of yours ask" in page.text
    assert "Stop them for all my comments" in page.text
    client.post(address(asked), {"comments": "all"})
    assert not any(wants(comment) for comment in [asked, *others])


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_token_that_is_not_ours_changes_nothing(client, asked, method) -> None:
    good = tokens.make(tokens.UNSUBSCRIBE, asked.pk)
    confirming = tokens.make(tokens.CONFIRM, asked.pk)
    nowhere = tokens.make(tokens.UNSUBSCRIBE, 999)
    for token in (good[:-1], f"{good}x", "x", confirming, nowhere):
        page = getattr(client, method)(f"/comments/unsubscribe/{token}/")
        assert page.status_code == 404
        assert "<h1>This link does not work</h1>" in page.text
        assert "Nothing was changed." in page.text
    assert wants(asked)


def test_the_page_is_for_one_person(client, asked) -> None:
    page = client.get(address(asked))
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"
    assert page["Referrer-Policy"] == "strict-origin"
    assert "gus@example.org" not in page.text
