"""Writing a comment: the form, the preview, sending, and what a person is told."""

import html
from typing import Any
from unittest import mock

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from articles.models import Article
from articles.tests.factories import create_live_guide
from comments import submissions
from comments.models import Comment, Commenter, Thread
from comments.states import Reason, State
from comments.tests.causes import old_token
from comments.tests.factories import create_comment, create_reader, set_policy
from comments.tests.form_cases import strict_client
from comments.tests.pages import Form, form_with, forms_in

pytestmark = pytest.mark.django_db

GUEST = {"name": "Ada", "email": "ada@example.org"}


def address(article: Article) -> str:
    return reverse("comments:write", args=[article.slug])


def begin(
    article: Article | None = None, user: User | None = None, **asked
) -> tuple[Client, Form, Any]:
    client = strict_client()
    if user is not None:
        client.force_login(user)
    page = client.get(address(article or create_live_guide()), asked)
    return client, form_with(page, "text"), page


def text_of(page: HttpResponse) -> str:
    return html.unescape(page.text)


def preview(client: Client, article: Article, **fields: str) -> Any:
    given = {"text": "Some *words*", **GUEST, "action": "preview", **fields}
    return client.post(address(article), given)


def test_the_form_says_what_is_needed_and_is_not_stored_anywhere() -> None:
    _, form, page = begin()
    said = text_of(page)
    assert page.status_code == 200
    assert "Your email address will not be published." in said
    assert said.count("(required)") == 3
    assert "no-store" in page["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in page.text
    assert form.buttons == [("action", "preview")]
    assert 'class="trap" aria-hidden="true"' in page.text


def test_the_form_in_a_guide_carries_no_token_and_leads_to_the_preview() -> None:
    article = create_live_guide()
    client = strict_client()
    page = client.get(article.get_absolute_url())
    form = form_with(page, "text")
    assert form.action == address(article)
    assert not {"csrfmiddlewaretoken", "submission", "as"} & set(form.fields)
    assert not page.cookies
    answer = form.send(client, changes={"text": "Some *words*", **GUEST})
    assert answer.status_code == 200
    assert "<em>words</em>" in answer.text
    assert form_with(answer, "submission").buttons[0] == ("action", "send")
    assert Comment.objects.count() == Commenter.objects.count() == 0


def test_a_guest_writes_looks_and_sends() -> None:
    client, form, _ = begin()
    looked = form.send(client, changes={"text": "Some *words*", **GUEST})
    sent = form_with(looked, "text").send(client)
    assert sent.status_code == 303
    comment = Comment.objects.get()
    assert sent["Location"] == reverse("comments:own", args=[comment.pk])
    assert (comment.text, comment.name) == ("Some *words*", "Ada")
    assert comment.state == State.UNCONFIRMED
    assert comment.author.guest_email == "ada@example.org"
    assert comment.address_hash
    own = client.get(sent["Location"])
    assert "Waits for your confirmation" in text_of(own)
    assert "ada@example.org" not in own.text


def test_signed_in_people_write_the_comment_only() -> None:
    client, form, page = begin(user=create_reader(name="Rana"))
    assert "You write as <b><bdi>Rana" in page.text
    assert not {"name", "email"} & set(form.fields)
    form.send(client, button="send", changes={"text": "Words"})
    comment = Comment.objects.get()
    assert (comment.name, comment.state) == ("Rana", State.PENDING)


def test_an_account_without_a_name_is_asked_once() -> None:
    user = create_reader(name="")
    article = create_live_guide()
    client, form, page = begin(article, user)
    assert "Your account has no name yet" in page.text
    refused = form.send(client, button="send", changes={"text": "Words"})
    assert refused.status_code == 400
    form.send(client, button="send", changes={"text": "Words", "name": "Rana"})
    user.refresh_from_db()
    assert user.display_name == "Rana"
    assert Comment.objects.get().name == "Rana"
    assert "name" not in form_with(client.get(address(article)), "text").fields


def test_a_refused_comment_names_no_account() -> None:
    user = create_reader(name="")
    article = create_live_guide()
    client, form, _ = begin(article, user)
    Thread.objects.create(article=article, opening=Thread.Opening.CLOSED)
    form.send(client, button="send", changes={"text": "Words", "name": "Rana"})
    user.refresh_from_db()
    assert user.display_name == ""


def test_errors_stand_beside_their_fields_and_above_the_form() -> None:
    client, form, _ = begin()
    page = form.send(client, changes={"text": "Words", "name": "a@b.example", "email": "x"})
    said = text_of(page)
    assert page.status_code == 400
    assert "Not sent yet: some fields need another look" in said
    assert '<a href="#write-name">Name</a>: Your name would be public' in said
    assert 'id="write-name_error"' in page.text
    assert 'aria-describedby="write-name_helptext write-name_error"' in page.text
    assert 'aria-invalid="true"' in page.text


def test_the_preview_is_what_will_be_stored() -> None:
    client, form, _ = begin()
    words = "# no heading\n\n**bold** <i>x</i> [l](javascript:x) https://example.org\n\n> q"
    looked = form.send(client, changes={"text": words, **GUEST})
    form_with(looked, "text").send(client)
    assert Comment.objects.get().html in looked.text


def test_going_back_from_the_preview_keeps_everything() -> None:
    client, form, _ = begin()
    typed = {"text": "\n\n Words", **GUEST, "wants_replies": "on", "section": "where-it-begins"}
    looked = form.send(client, changes=typed)
    back = form_with(looked, "text").send(client, button="change")
    assert back.status_code == 200
    again = form_with(back, "name")
    assert {name: again.fields[name] for name in typed} == typed
    assert "Not sent yet" not in back.text


def test_a_double_click_makes_one_comment_and_shows_it_twice() -> None:
    client, form, _ = begin()
    answers = [
        form.send(client, button="send", changes={"text": "Words", **GUEST}) for _ in range(2)
    ]
    assert {answer.status_code for answer in answers} == {303}
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Comment.objects.count() == 1
    assert client.get(answers[1]["Location"]).status_code == 200


def test_other_words_in_a_form_that_was_taken_are_not_swallowed() -> None:
    client, form, _ = begin()
    form.send(client, button="send", changes={"text": "First", **GUEST})
    answer = form.send(client, button="send", changes={"text": "Second", **GUEST})
    assert answer.status_code == 409
    first = Comment.objects.get()
    assert reverse("comments:own", args=[first.pk]) in answer.text
    assert form_with(answer, "text").send(client).status_code == 303
    assert sorted(Comment.objects.values_list("text", flat=True)) == ["First", "Second"]


def test_a_form_keeps_its_token_until_it_is_taken() -> None:
    client, form, _ = begin()
    page = form.send(client, changes={"text": "Words", **GUEST})
    assert form_with(page, "text").fields["submission"] == form.fields["submission"]
    form.fields["submission"] = old_token()
    page = form.send(client, changes={"text": "Words", **GUEST})
    assert form_with(page, "text").fields["submission"] != form.fields["submission"]


def test_how_long_the_form_was_open_is_noted(monkeypatch) -> None:
    client, form, _ = begin()
    form.fields["submission"] = submissions.make()
    with mock.patch("comments.posting.screen", return_value=[]) as screened:
        form.send(client, button="send", changes={"text": "W", **GUEST, "website": "x"})
    facts = screened.call_args.args[1]
    assert facts.is_trap_filled
    assert 0 <= facts.seconds < 5


def test_a_filled_trap_holds_the_comment() -> None:
    set_policy(mode="none")
    client, form, _ = begin(user=create_reader())
    looked = form.send(client, changes={"text": "Words", "website": "https://spam.example"})
    form_with(looked, "text").send(client)
    act = Comment.objects.get().acts.decisions().newest_first()[0]
    assert act.reason == Reason.AUTOMATIC


def test_an_answer_shows_what_it_answers() -> None:
    parent = create_comment(name="Bea", text="A *question*")
    article = parent.thread.article
    client, form, page = begin(article, parent=parent.pk)
    assert "You answer" in page.text
    assert "<em>question</em>" in page.text
    looked = form.send(client, changes={"text": "Words", **GUEST})
    assert "in reply to Bea" in looked.text
    form_with(looked, "text").send(client)
    assert Comment.objects.get(text="Words").parent == parent


@pytest.mark.parametrize("state", [State.PENDING, State.REJECTED, State.UNCONFIRMED])
def test_words_that_are_not_public_are_not_quoted(state: State) -> None:
    parent = create_comment(text="Secret words", name="Shy", state=state)
    _, form, page = begin(parent.thread.article, parent=parent.pk)
    assert "Secret" not in page.text
    assert "Shy" not in page.text
    assert "is no longer public" in page.text
    assert "parent" not in form.fields


@pytest.mark.parametrize("parent", ["x", "-1", "9" * 30, "0", "１"])
def test_an_answer_to_nothing_can_stand_alone(parent: str) -> None:
    client = strict_client()
    article = create_live_guide()
    page = preview(client, article, parent=parent)
    assert page.status_code == 409
    form = form_with(page, "text")
    assert ("action", "alone") in form.buttons
    alone = form.send(client, button="alone")
    assert alone.status_code == 200
    assert form_with(alone, "text").send(client).status_code == 303
    assert Comment.objects.get().parent is None


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(method: str) -> None:
    assert getattr(Client(), method)(address(create_live_guide())).status_code == 405


def test_a_guide_that_is_not_public_has_no_form() -> None:
    article = create_live_guide()
    Article.objects.update(published_at=None, withdrawn_at=None, modified_at=None)
    client = strict_client()
    assert client.get(address(article)).status_code == 404
    answer = preview(client, article)
    assert answer.status_code == 404
    assert article.title not in answer.text


def test_a_closed_thread_has_no_form() -> None:
    article = create_live_guide()
    Thread.objects.create(article=article, opening=Thread.Opening.CLOSED)
    page = strict_client().get(address(article))
    assert "The comments on this guide are closed." in page.text
    assert not [form for form in forms_in(page) if form.method == "post"]


def test_a_script_gets_the_part_alone() -> None:
    article = create_live_guide()
    client = Client(enforce_csrf_checks=True, headers={"X-Part": "form"})
    part = client.get(address(article))
    assert part.text.lstrip().startswith('<div class="writing"')
    assert "<html" not in part.text
    sent = form_with(part, "text").send(client, button="send", changes={"text": "Words", **GUEST})
    own = client.get(sent["Location"])
    assert own.text.lstrip().startswith('<div class="writing"')
    assert "Your comment is stored: waits for your confirmation" in own.text
    assert f'<a href="{address(article)}">Write another</a>' in own.text  # opened in place
    whole = client.get(sent["Location"], headers={"X-Part": ""})
    assert "All your comments" in whole.text
    assert "Write another" not in whole.text
