"""The permanent address of a comment leads to it wherever it stands."""

import pytest
from django.http import HttpResponse
from django.test import Client

from articles.models import Article
from articles.publishing import withdraw
from articles.tests.factories import create_live_guide
from comments.identity import COOKIE, Visitor, remember
from comments.models import Comment
from comments.moderation import READERS, WRITER, decide, reject
from comments.states import Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide() -> Article:
    return create_live_guide(slug="queues")


def way(client: Client, comment: Comment) -> str:
    """Return where the permanent address leads to; empty where nothing is found."""
    response = client.get(comment.get_absolute_url())
    assert response.status_code in {302, 404}
    return response.headers.get("Location", "")


def test_it_leads_to_the_guide(client: Client, guide: Article) -> None:
    comment = create_comment(guide, by=create_moderator())
    assert way(client, comment) == f"/guides/queues/#comment-{comment.pk}"
    assert f'id="comment-{comment.pk}"' in client.get("/guides/queues/").text


def test_it_follows_the_guide_to_another_address(client: Client, guide: Article) -> None:
    comment = create_comment(guide, by=create_moderator())
    Article.objects.update(slug="lines")
    assert way(client, comment) == f"/guides/lines/#comment-{comment.pk}"
    Article.objects.update(shelf="salaries")
    assert way(client, comment) == f"/salaries/lines/#comment-{comment.pk}"
    assert f'id="comment-{comment.pk}"' in client.get("/salaries/lines/").text


def test_it_leads_to_the_page_on_which_it_stands(
    client: Client, guide: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.thread_page.PER_PAGE", 2)
    mo = create_moderator()
    first, second, third = (create_comment(guide, by=mo) for _ in range(3))
    assert way(client, third) == f"/comments/on/queues/?page=2#comment-{third.pk}"
    assert f'id="comment-{third.pk}"' in client.get("/comments/on/queues/?page=2").text
    reject(first, user=mo, reason=Reason.SPAM)
    assert way(client, third) == f"/guides/queues/#comment-{third.pk}"
    answer = create_comment(parent=second, by=mo)  # it stands above the third
    assert way(client, answer) == f"/guides/queues/#comment-{answer.pk}"
    assert way(client, third) == f"/comments/on/queues/?page=2#comment-{third.pk}"


@pytest.mark.parametrize("state", [State.REJECTED, State.DELETED, State.HIDDEN])
def test_a_tombstone_is_found_as_long_as_it_stands(
    client: Client, guide: Article, state: State
) -> None:
    mo = create_moderator()
    gone = create_comment(guide, by=mo)
    create_comment(parent=gone, by=mo)
    if state == State.REJECTED:
        reject(gone, user=mo, reason=Reason.SPAM)
    else:
        actor, reason = (
            (WRITER, Reason.WRITER) if state == State.DELETED else (READERS, Reason.REPORTED)
        )
        decide(gone, state, actor=actor, reason=reason)
    assert way(client, gone) == f"/guides/queues/#comment-{gone.pk}"


@pytest.mark.parametrize("state", sorted(set(State) - {State.APPROVED, State.RECEIVED}))
def test_what_is_not_public_is_found_by_its_writer_alone(guide: Article, state: State) -> None:
    writer = create_reader()
    by_account = create_comment(guide, user=writer, state=State.PENDING, by=create_moderator())
    comment = create_comment(guide, browser="b" * 32, state=state, by=create_moderator())
    anonymous, member, guest, other = Client(), Client(), Client(), Client()
    member.force_login(writer)
    guest.cookies[COOKIE] = _cookie("b" * 32)
    other.cookies[COOKIE] = _cookie("c" * 32)
    assert way(guest, comment) == f"/comments/{comment.pk}/yours/"
    assert way(member, by_account) == f"/comments/{by_account.pk}/yours/"
    for stranger in (anonymous, member, other):
        assert way(stranger, comment) == ""
    answer = guest.get(comment.get_absolute_url())
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def _cookie(browser: str) -> str:
    response = HttpResponse()
    remember(response, Visitor(browser=browser))
    return response.cookies[COOKIE].value


def test_on_a_withdrawn_guide_only_writers_find_theirs(guide: Article) -> None:
    writer = create_reader()
    comment = create_comment(guide, user=writer, by=create_moderator())
    withdraw(guide, reason="Wrong.")
    member = Client()
    member.force_login(writer)
    assert way(member, comment) == f"/comments/{comment.pk}/yours/"
    assert way(Client(), comment) == ""


def test_public_comments_lead_everybody_the_same_way(guide: Article) -> None:
    writer = create_reader()
    comment = create_comment(guide, user=writer, by=create_moderator())
    member = Client()
    member.force_login(writer)
    answers = [client.get(comment.get_absolute_url()) for client in (Client(), member)]
    assert answers[0]["Location"] == answers[1]["Location"]
    for answer in answers:
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies


@pytest.mark.parametrize("key", ["0", "4711", "99999999999999999999"])
def test_comments_that_never_were(client: Client, key: str) -> None:
    assert client.get(f"/comments/{key}/").status_code == 404


def test_it_is_only_read(client: Client, guide: Article) -> None:
    comment = create_comment(guide, by=create_moderator())
    assert client.post(comment.get_absolute_url()).status_code == 405
