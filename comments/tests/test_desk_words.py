"""What is typed at the desk survives every refusal; and what the script of the desk reads."""

import json
import re

import pytest
from django.test import Client

from accounts.models import User
from comments.models import Comment, ModerationAct
from comments.states import State
from comments.tests.desk import (
    DECIDE,
    DESK,
    fields_of,
    page_url,
    press,
    sign_in_moderator,
    state_of,
    typed_in,
    words_in,
)
from comments.tests.factories import create_comment

pytestmark = pytest.mark.django_db
WORDS = "It is about <tea> & not about queues.\nSee the rules."


def last_act(comment: Comment) -> ModerationAct:
    return comment.acts.newest_first()[0]


@pytest.fixture
def moderator_with_token() -> Client:
    client = Client(enforce_csrf_checks=True)
    sign_in_moderator(client)
    return client


def test_a_form_without_its_token_comes_back_filled_in(moderator_with_token: Client) -> None:
    comment = create_comment(state=State.PENDING)
    fields = fields_of(comment, reason="abuse", statement=WORDS)
    response = moderator_with_token.post(DECIDE, {**fields, "do": f"reject:{comment.pk}"})

    assert response.status_code == 403
    assert "so nothing was decided" in words_in(response)
    assert typed_in(response, f"statement-{comment.pk}") == WORDS
    assert state_of(comment) == State.PENDING

    token = response.context["csrf_token"]
    fields |= {"do": f"reject:{comment.pk}", "csrfmiddlewaretoken": str(token)}
    assert moderator_with_token.post(DECIDE, fields).status_code == 302
    assert last_act(comment).statement == WORDS


def test_who_is_signed_out_meanwhile_gets_the_words_back(client: Client) -> None:
    comment = create_comment(state=State.PENDING)
    fields = fields_of(comment, reason="abuse", statement=WORDS)
    response = client.post(DECIDE, {**fields, "do": f"reject:{comment.pk}"})

    assert response.status_code == 403
    assert "You are signed out" in words_in(response)
    assert "It is about &lt;tea&gt; &amp; not about queues." in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert state_of(comment) == State.PENDING


def test_who_lost_the_role_meanwhile_is_signed_out_and_gets_the_words_back(client: Client) -> None:
    mo = sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    User.objects.get(pk=mo.pk).groups.clear()  # ends the sessions of whose role it was
    fields = fields_of(comment, reason="abuse", statement=WORDS)
    response = client.post(DECIDE, {**fields, "do": f"reject:{comment.pk}"})

    assert response.status_code == 403
    assert "You are signed out" in words_in(response)
    assert "not about queues." in response.content.decode()


def test_whose_role_lost_the_right_meanwhile_gets_the_words_back(client: Client) -> None:
    mo = sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    mo.groups.get().permissions.clear()
    fields = fields_of(comment, reason="abuse", statement=WORDS)
    response = client.post(DECIDE, {**fields, "do": f"reject:{comment.pk}"})

    assert response.status_code == 403
    assert "You may not decide this" in words_in(response)
    assert "not about queues." in response.content.decode()


def test_a_character_that_no_database_takes_is_left_out(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    press(client, "reject", comment, reason="other", statement="One\0 two")

    assert last_act(comment).statement == "One two"


# What the script of the desk reads


def ask(client: Client, comment: Comment, verb: str, **words: str):
    fields = {**fields_of(comment, **words), "do": f"{verb}:{comment.pk}"}
    response = client.post(DECIDE, fields, headers={"X-Part": "answer"})
    return response.status_code, json.loads(response.content)


def test_the_script_learns_what_was_done(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    status, answer = ask(client, comment, "approve")

    assert (status, answer) == (200, {"did": "Approved", "seen": last_act(comment).pk})
    assert ask(client, comment, "undo")[1]["did"] == "Taken back"
    assert state_of(comment) == State.PENDING


def test_the_script_gets_the_card_back_with_problem_and_words(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    status, answer = ask(client, comment, "reject", statement=WORDS)

    assert status == 400
    assert answer["problem"] == "Choose the reason that the writer will read."
    assert answer["problem"] in answer["card"]
    assert "It is about &lt;tea&gt; &amp; not about queues." in answer["card"]
    assert f'data-card="{comment.pk}"' in answer["card"]


def test_the_script_gets_a_fresh_token(moderator_with_token: Client) -> None:
    comment = create_comment(state=State.PENDING)
    status, answer = ask(moderator_with_token, comment, "approve")

    assert status == 403
    assert answer["token"]
    assert answer["card"] == ""
    assert state_of(comment) == State.PENDING


def test_enter_in_a_box_decides_nothing(client: Client) -> None:
    """The first button of a form is what Enter presses: here it is one that does nothing."""
    sign_in_moderator(client)
    create_comment(state=State.PENDING)
    comment = create_comment(state=State.PENDING)
    press(client, "approve", comment)  # so that there is something to take back

    for address in (DESK, page_url(comment)):
        form = client.get(address).content.decode().split('class="mod-')[1:]
        html = 'class="mod-'.join(form)
        buttons = re.findall(r'<button type="submit"[^>]*>', html)
        assert buttons[0] == '<button type="submit" name="do" value="" hidden>'
