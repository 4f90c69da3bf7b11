"""A writer's own comment: its state in words, changing it, deleting it."""

import html
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from comments.models import Comment
from comments.moderation import SYSTEM, WRITER, decide, reject
from comments.states import Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader, set_policy
from comments.tests.form_cases import BROWSER, guest_client, strict_client
from comments.tests.pages import form_with, forms_in

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]


def page_of(comment: Comment, name: str = "own", client: Client | None = None) -> Any:
    return (client or guest_client()).get(reverse(f"comments:{name}", args=[comment.pk]))


def said(page: HttpResponse) -> str:
    assert page.status_code == 200
    return html.unescape(page.text)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.UNCONFIRMED, ["Waits for your confirmation", "The address has to be confirmed"]),
        (State.PENDING, ["Waits for a moderator", "First comments of a person are read"]),
        (State.APPROVED, ["Public", "Everybody can read it.", "See it in the thread"]),
        (State.HIDDEN, ["Hidden after readers’ reports", "Several readers reported it."]),
        (State.REJECTED, ["Rejected", "It is not about the guide", "how to appeal"]),
        (State.DELETED, ["Deleted", "Its words are gone from the site."]),
    ],
)
def test_each_state_is_explained(state: State, words: list[str]) -> None:
    comment = create_comment(browser=BROWSER, state=state, text="My *words*")
    page = page_of(comment)
    for part in words:
        assert part in said(page)
    assert ("<em>words</em>" in page.text) == (state != State.DELETED)
    assert "no-store" in page["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in page.text
    assert comment.author.guest_email not in page.text


def test_a_rejection_shows_the_moderators_words_and_not_the_notes_for_colleagues() -> None:
    comment = create_comment(browser=BROWSER, state=State.PENDING)
    reject(comment, user=create_moderator(), reason=Reason.OTHER, statement="Too <many> links.")
    act = comment.acts.decisions().newest_first()[0]
    page = page_of(comment)
    assert "Too &lt;many&gt; links." in page.text
    assert reverse("comments:decision", args=[act.pk]) in page.text


def test_details_for_moderators_are_not_shown() -> None:
    comment = create_comment(browser=BROWSER, state=State.APPROVED)
    decide(comment, State.PENDING, actor=SYSTEM, reason=Reason.RULE, detail="Rule “casino”")
    assert "casino" not in said(page_of(comment))
    assert "A rule of the site asks that a moderator reads it first." in said(page_of(comment))


def test_a_comment_on_a_withdrawn_guide_says_so() -> None:
    comment = create_comment(browser=BROWSER)
    Article.objects.update(withdrawn_at=timezone.now())
    assert "The guide is not public at the moment" in said(page_of(comment))


def test_the_mail_can_be_sent_again() -> None:
    comment = create_comment(browser=BROWSER, state=State.UNCONFIRMED)
    form = forms_in(page_of(comment))[-1]
    assert form.action == reverse("comments:confirm-again", args=[comment.pk])
    assert "csrfmiddlewaretoken" in form.fields


def test_the_exact_time_until_which_it_can_be_changed() -> None:
    comment = create_comment(browser=BROWSER, state=State.PENDING)
    until = comment.edit_until()
    page = said(page_of(comment))
    assert "until <time" in page
    assert f"{until:%H:%M} UTC" in page
    assert "15 minutes from now" in page
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    assert reverse("comments:edit", args=[comment.pk]) not in said(page_of(comment))


@pytest.mark.parametrize("name", ["own", "edit", "delete"])
def test_strangers_see_nothing(name: str) -> None:
    comment = create_comment(browser=BROWSER)
    other = strict_client()
    other.force_login(create_moderator())
    for client in (strict_client(), guest_client("e" * 32), other):
        assert page_of(comment, name, client).status_code == 404
    url = reverse(f"comments:{name}", args=[10**9])
    assert guest_client().get(url).status_code == 404


@pytest.mark.parametrize("name", ["edit", "delete"])
def test_strangers_change_nothing(name: str) -> None:
    comment = create_comment(browser=BROWSER, text="Mine")
    url = reverse(f"comments:{name}", args=[comment.pk])
    answer = Client().post(url, {"text": "Theirs", "action": "send"})
    assert answer.status_code == 403
    assert "Theirs" in answer.text
    assert "Mine" not in answer.text
    absent = Client().post(
        reverse(f"comments:{name}", args=[10**9]), {"text": "Theirs", "action": "send"}
    )
    assert absent.status_code == 403
    comment.refresh_from_db()
    assert (comment.text, comment.state) == ("Mine", State.APPROVED)


@pytest.mark.parametrize("name", ["own", "edit", "delete"])
def test_other_methods_are_refused(name: str) -> None:
    url = reverse(f"comments:{name}", args=[create_comment(browser=BROWSER).pk])
    assert guest_client().put(url).status_code == 405


def test_changing_shows_a_preview_and_what_follows() -> None:
    set_policy(mode="all")
    comment = create_comment(browser=BROWSER, text="Old words")
    client = guest_client()
    form = form_with(page_of(comment, "edit", client), "text")
    assert form.fields["text"] == "Old words"
    looked = form.send(client, changes={"text": "New *words*"})
    assert "<em>words</em>" in looked.text
    assert "A moderator reads it before it appears, as every comment here." in looked.text
    saved = form_with(looked, "text").send(client)
    assert saved.status_code == 303
    comment.refresh_from_db()
    assert (comment.text, comment.state) == ("New *words*", State.PENDING)
    assert comment.edited_at
    assert "edited" in page_of(comment).text


def test_going_back_from_the_preview_of_a_change_keeps_the_words() -> None:
    comment = create_comment(browser=BROWSER)
    client = guest_client()
    form = form_with(page_of(comment, "edit", client), "text")
    looked = form.send(client, changes={"text": "\n\nNew"})
    back = form_with(looked, "text").send(client, button="change")
    assert form_with(back, "text").fields["text"] == "\n\nNew"


@pytest.mark.parametrize("text", ["", "  \n", "x" * 5_001])
def test_a_change_is_checked(text: str) -> None:
    comment = create_comment(browser=BROWSER, text="Old words")
    client = guest_client()
    form = form_with(page_of(comment, "edit", client), "text")
    answer = form.send(client, button="send", changes={"text": text})
    assert answer.status_code == 400
    assert "Not saved yet" in answer.text
    comment.refresh_from_db()
    assert comment.text == "Old words"


def test_many_changes_are_too_many() -> None:
    comment = create_comment(browser=BROWSER)
    client = guest_client()
    form = form_with(page_of(comment, "edit", client), "text")
    answers = [
        form.send(client, button="send", changes={"text": f"Words {number}"})
        for number in range(21)
    ]
    assert [answer.status_code for answer in answers] == [303] * 20 + [429]
    assert int(answers[-1]["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("minutes", "answered", "why"),
    [(16, False, "they have passed"), (1, True, "Somebody has answered the comment")],
)
def test_what_cannot_be_changed_says_why(minutes: int, answered: bool, why: str) -> None:
    comment = create_comment(browser=BROWSER)
    if answered:
        create_comment(parent=comment)
    past = timezone.now() - timedelta(minutes=minutes)
    Comment.objects.filter(pk=comment.pk).update(created_at=past)
    for name in ("edit", "delete"):
        page = page_of(comment, name)
        assert why in said(page)
        assert "Delete it" not in page.text
        assert "Continue" not in page.text


def test_deleting_asks_and_gives_the_words_back() -> None:
    comment = create_comment(browser=BROWSER, text="\n\nMy <b>words</b>")
    client = guest_client()
    page = page_of(comment, "delete", client)
    form = form_with(page, "text")
    assert form.fields["text"] == "\n\nMy <b>words</b>"
    for _ in range(2):  # a double click
        done = form.send(client)
        assert done.status_code == 200
        assert "Your comment is deleted" in done.text
        assert form_with(done, "text").fields["text"] == "\n\nMy <b>words</b>"
    comment.refresh_from_db()
    assert (comment.state, comment.text) == (State.DELETED, "")
    assert comment.acts.decisions().newest_first()[0].reason == Reason.WRITER
    assert comment.acts.decisions().filter(to_state=State.DELETED).count() == 1


def test_deleting_needs_a_token() -> None:
    comment = create_comment(browser=BROWSER)
    client = guest_client()
    answer = client.post(reverse("comments:delete", args=[comment.pk]))
    assert answer.status_code == 403
    comment.refresh_from_db()
    assert comment.state == State.APPROVED


def test_ones_own_comments_that_are_not_public_stand_in_the_thread() -> None:
    comment = create_comment(browser=BROWSER, state=State.PENDING, text="Held *words*")
    create_comment(comment.thread.article, browser=BROWSER, text="Public words")
    create_comment(comment.thread.article, state=State.PENDING, text="Of others")
    gone = create_comment(comment.thread.article, browser=BROWSER, text="Gone")
    decide(gone, State.DELETED, actor=WRITER, reason=Reason.WRITER)
    create_comment(browser=BROWSER, state=State.PENDING, text="Elsewhere")
    url = reverse("comments:mine-in-thread", args=[comment.thread.article.slug])
    part = guest_client().get(url)
    assert "<em>words</em>" in part.text
    assert "Waits for a moderator" in part.text
    for other in ("Public words", "Of others", "Gone", "Elsewhere", "<html"):
        assert other not in part.text
    assert "no-store" in part["Cache-Control"]


def test_strangers_have_nothing_in_a_thread() -> None:
    comment = create_comment(browser=BROWSER, state=State.PENDING)
    url = reverse("comments:mine-in-thread", args=[comment.thread.article.slug])
    for client in (strict_client(), guest_client("e" * 32)):
        answer = client.get(url)
        assert (answer.status_code, answer.content) == (204, b"")
    assert strict_client().get(url.replace(comment.thread.article.slug, "none")).status_code == 204
    assert guest_client().post(url).status_code in {403, 405}


def test_the_script_learns_who_is_signed_in() -> None:
    client = strict_client()
    answer = client.get(reverse("comments:me"))
    assert answer.json() == {"is_signed_in": False, "name": ""}
    client.force_login(create_reader(name="Rana <b>"))
    answer = client.get(reverse("comments:me"))
    assert answer.json() == {"is_signed_in": True, "name": "Rana <b>"}
    assert "no-store" in answer["Cache-Control"]
    assert "@" not in answer.text
