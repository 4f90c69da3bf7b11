"""The page that asks whether a comment is yours: only a button decides."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from articles.tests.factories import create_live_guide
from comments import identity, tokens
from comments.models import Comment
from comments.states import Action, Reason, State
from comments.tests.factories import (
    create_comment,
    create_moderator,
    create_reader,
    set_policy,
)
from comments.tests.post import letter, path_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting() -> Comment:
    return unconfirmed()


def unconfirmed(**fields) -> Comment:
    fields = {"text": "Words & <b>more</b>.", "email": "gus@example.org", **fields}
    return create_comment(state=State.UNCONFIRMED, browser="a" * 32, **fields)


def address(comment: Comment) -> str:
    return f"/comments/confirm/{tokens.make(tokens.CONFIRM, comment.pk)}/"


def state_of(comment: Comment) -> str:
    comment.refresh_from_db()
    return comment.state


def cookie(client: Client, *, browser: str = "", confirmed: list[int] | None = None) -> None:
    value = signing.dumps({"b": browser, "c": confirmed or []}, salt=identity.SALT)
    client.cookies[identity.COOKIE] = value


def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def test_the_letter_leads_to_the_question(client, waiting) -> None:
    page = client.get(path_in(letter(), "confirm"))
    assert page.status_code == 200
    assert "<h1>Is this comment yours?</h1>" in page.text
    assert "Words &amp; &lt;b&gt;more&lt;/b&gt;." in page.text
    assert waiting.thread.article.title in page.text
    assert "Yes, I wrote this: send it on" in page.text
    assert "No, this was not me" in page.text


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_page_changes_nothing(client, waiting, method) -> None:
    for _ in range(3):
        assert getattr(client, method)(address(waiting)).status_code == 200
    assert state_of(waiting) == State.UNCONFIRMED
    assert identity.COOKIE not in client.cookies
    assert client.options(address(waiting)).status_code == 405
    assert client.put(address(waiting)).status_code == 405
    assert state_of(waiting) == State.UNCONFIRMED


def test_the_page_is_for_one_person(client, waiting) -> None:
    page = client.get(address(waiting))
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page.text
    assert "canonical" not in page.text
    assert "og:url" not in page.text
    assert "gus@example.org" not in page.text


def test_no_other_page_learns_the_address(client, waiting) -> None:
    """And "no-referrer" is no way: it makes browsers send the form with "Origin: null"."""
    assert client.get(address(waiting))["Referrer-Policy"] == "strict-origin"
    answer = client.post(address(waiting), {"answer": "yes"})
    assert answer["Referrer-Policy"] == "strict-origin"


def test_yes_sends_the_comment_on(client, waiting) -> None:
    answer = client.post(address(waiting), {"answer": "yes"})
    assert answer.status_code == 303
    assert answer["Location"] == f"/comments/{waiting.pk}/yours/"
    assert state_of(waiting) == State.PENDING
    assert waiting.confirmed_at is not None
    own = client.get(answer["Location"])
    assert own.status_code == 200
    assert "Words &amp;" in own.text


def test_yes_can_mean_that_it_appears(client, waiting) -> None:
    set_policy(mode="none")
    client.post(address(waiting), {"answer": "yes"})
    assert state_of(waiting) == State.APPROVED


def test_the_browser_needs_no_letter_from_then_on(client, waiting) -> None:
    client.post(address(waiting), {"answer": "yes"})
    held = signing.loads(client.cookies[identity.COOKIE].value, salt=identity.SALT)
    assert held["c"] == [waiting.author_id]
    assert held["b"] not in {"", waiting.browser}


def test_a_browser_that_has_written_before_keeps_its_key(client, waiting) -> None:
    cookie(client, browser="b" * 32, confirmed=[4711])
    answer = client.post(address(waiting), {"answer": "yes"})
    held = signing.loads(client.cookies[identity.COOKIE].value, salt=identity.SALT)
    assert held == {"b": "b" * 32, "c": [4711, waiting.author_id]}
    assert client.get(answer["Location"]).status_code == 200


def test_confirming_elsewhere_does_not_open_what_others_wrote_in_the_first_browser(client) -> None:
    """On a shared computer: the phone of one does not get at the comments of the next."""
    mine = unconfirmed()
    others = unconfirmed(email="next@example.org")
    client.post(address(mine), {"answer": "yes"})
    assert client.get(f"/comments/{mine.pk}/yours/").status_code == 200
    assert client.get(f"/comments/{others.pk}/yours/").status_code == 404


def test_what_others_type_under_my_address_is_not_mine(client, waiting) -> None:
    client.post(address(waiting), {"answer": "yes"})
    typed = unconfirmed()
    assert typed.author_id == waiting.author_id
    assert client.get(f"/comments/{typed.pk}/yours/").status_code == 404


def test_an_address_of_an_account_leads_back_to_the_page(client) -> None:
    rana = create_reader(email="rana@example.org")
    comment = unconfirmed(email="rana@example.org")
    assert comment.author.user == rana
    answer = client.post(address(comment), {"answer": "yes"}, follow=True)
    assert state_of(comment) == State.PENDING
    assert "<h1>The comment is confirmed</h1>" in answer.text
    client.force_login(rana)
    page = client.get(address(comment))
    assert f'href="/comments/{comment.pk}/yours/"' in page.text


def test_no_deletes_it_and_says_so(client, waiting) -> None:
    answer = client.post(address(waiting), {"answer": "no"}, follow=True)
    assert answer.redirect_chain == [(address(waiting), 303)]
    assert state_of(waiting) == State.DELETED
    assert waiting.text == ""
    assert "<h1>The comment is deleted</h1>" in answer.text
    assert "You said that it was not yours. Nobody has seen it" in answer.text
    assert "<button" not in answer.text.split("<main", 1)[1].split("</main", 1)[0]
    act = waiting.acts.decisions().newest_first()[0]
    assert (act.reason, act.actor_kind) == (Reason.NOT_THE_WRITER, "author")
    assert identity.COOKIE not in client.cookies


@pytest.mark.parametrize("first", ["yes", "no"])
@pytest.mark.parametrize("second", ["yes", "no"])
def test_the_first_answer_counts(client, waiting, first, second) -> None:
    client.post(address(waiting), {"answer": first})
    state = state_of(waiting)
    acts = waiting.acts.count()
    page = client.post(address(waiting), {"answer": second}, follow=True)
    assert page.status_code == (409 if (first, second) == ("yes", "no") else 200)
    assert state_of(waiting) == state
    assert waiting.acts.count() == acts


def test_no_after_yes_says_what_can_be_done(client, waiting) -> None:
    client.post(address(waiting), {"answer": "yes"})
    page = client.post(address(waiting), {"answer": "no"})
    assert "It was confirmed before" in page.text
    assert "report the comment" in page.text


def test_a_comment_that_is_confirmed_shows_where_it_stands(client) -> None:
    comment = create_comment(state=State.APPROVED)
    page = client.get(address(comment))
    assert "<h1>The comment is confirmed</h1>" in page.text
    assert "Everybody can read it." in page.text
    assert f'href="/comments/{comment.pk}/"' in page.text
    assert "Show it in this browser as mine" in page.text
    answer = client.post(address(comment), {"answer": "yes"})
    assert answer["Location"] == f"/comments/{comment.pk}/yours/"
    assert client.get(answer["Location"]).status_code == 200


def test_a_comment_that_its_writer_deleted(client) -> None:
    comment = create_comment(state=State.DELETED)
    page = client.get(address(comment))
    assert "Its writer has deleted it" in page.text


@pytest.mark.parametrize("data", [{}, {"answer": "perhaps"}])
def test_a_post_without_an_answer_asks_again(client, waiting, data) -> None:
    page = client.post(address(waiting), data)
    assert page.status_code == 200
    assert "Is this comment yours?" in page.text
    assert state_of(waiting) == State.UNCONFIRMED


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_without_a_token_the_page_comes_again_with_one(waiting, answer) -> None:
    client = strict()
    page = client.post(address(waiting), {"answer": answer})
    assert page.status_code == 403
    assert "The page was too old for its button to work" in page.text
    assert state_of(waiting) == State.UNCONFIRMED
    data = {"answer": "yes", "csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    assert client.post(address(waiting), data).status_code == 303
    assert state_of(waiting) == State.PENDING


def broken(token: str) -> list[str]:
    other = tokens.make(tokens.UNSUBSCRIBE, 1)
    return [token[:-1], token + "x", "x", other, token.replace(":", ""), f"{token}:{token}"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_token_that_is_not_ours_leads_nowhere(client, waiting, method) -> None:
    for token in broken(tokens.make(tokens.CONFIRM, waiting.pk)):
        page = getattr(client, method)(f"/comments/confirm/{token}/", {"answer": "yes"})
        assert page.status_code == 404
        assert "<h1>This link does not work</h1>" in page.text
        assert 'href="/comments/mine/"' in page.text
        assert page["Referrer-Policy"] == "strict-origin"
    assert state_of(waiting) == State.UNCONFIRMED


def test_a_token_of_31_days_is_too_old(client, waiting, monkeypatch) -> None:
    link = address(waiting)
    monkeypatch.setitem(tokens.VALID, tokens.CONFIRM, timedelta(seconds=-1))
    page = client.post(link, {"answer": "yes"})
    assert page.status_code == 404
    assert "work for 30 days" in page.text
    assert state_of(waiting) == State.UNCONFIRMED


def test_a_token_for_a_comment_that_never_was(client) -> None:
    page = client.get(f"/comments/confirm/{tokens.make(tokens.CONFIRM, 999)}/")
    assert page.status_code == 404


def refused(client: Client, comment: Comment, status: int, words: str) -> None:
    page = client.post(address(comment), {"answer": "yes"})
    assert page.status_code == status
    assert words in page.text
    assert "The comment cannot be sent on now" in page.text
    assert "Words &amp; &lt;b&gt;more&lt;/b&gt;.</textarea>" in page.text
    assert "readonly" in page.text
    assert state_of(comment) == State.UNCONFIRMED
    assert comment.confirmed_at is None
    assert identity.COOKIE not in client.cookies


def test_a_person_who_is_banned(client, waiting) -> None:
    from comments.restrictions import restrict

    restrict(waiting.author, Action.BAN, user=create_moderator(), reason=Reason.ABUSE)
    refused(client, waiting, 403, "you cannot comment here any more")


def test_a_person_who_is_suspended(client, waiting) -> None:
    waiting.author.suspended_until = timezone.now() + timedelta(days=2)
    waiting.author.save()
    refused(client, waiting, 403, "has suspended you from commenting until")


def test_a_guide_that_is_gone(client, waiting) -> None:
    from articles.publishing import withdraw

    withdraw(waiting.thread.article, reason="Out of date.")
    refused(client, waiting, 409, "not public any more")


def test_a_guide_page_never_gets_the_cookie(client, waiting) -> None:
    client.post(address(waiting), {"answer": "yes"})
    assert client.cookies[identity.COOKIE]["path"] == "/comments/"
    assert create_live_guide().get_absolute_url().startswith("/guides/")
