"""What is written on the page of a comment: notes, decisions about people and threads."""

from typing import Any

import pytest
from django.test import Client

from comments import moderation
from comments.models import Comment, Commenter, Note, Thread
from comments.states import Action, Reason, State
from comments.tests.desk import (
    act_url,
    chosen_in,
    fields_of,
    page_url,
    sign_in_moderator,
    state_of,
    typed_in,
    words_in,
)
from comments.tests.factories import create_comment, create_moderator

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]


def send(client: Client, comment: Comment, do: str, **fields: str) -> Any:
    return client.post(act_url(comment), {"do": do, **fields}, follow=True)


def person_fields(**changes: str) -> dict[str, str]:
    fields = {"action": "ban", "until": "", "reason": "abuse", "statement": "Enough."} | changes
    return {f"person-{name}": value for name, value in fields.items()}


def test_a_note_is_for_colleagues_and_written_once(client: Client) -> None:
    mo = sign_in_moderator(client)
    comment = create_comment()
    response = send(client, comment, "note", **{"note-text": "I know <her>.\n\nAsk me."})

    assert "Note added." in words_in(response)
    assert "I know &lt;her&gt;." in response.content.decode()
    assert typed_in(response, "note-text") == ""
    note = Note.objects.get()
    assert (note.comment, note.written_by) == (comment, mo)
    again = send(client, comment, "note", **{"note-text": "I know <her>.\n\nAsk me."})
    assert again.status_code == 400
    assert Note.objects.count() == 1


@pytest.mark.parametrize(("text", "problem"), [(" ", "Write the note"), ("x" * 2001, "at most")])
def test_a_note_that_is_refused_keeps_its_words(client: Client, text: str, problem: str) -> None:
    sign_in_moderator(client)
    response = send(client, create_comment(), "note", **{"note-text": text})

    assert response.status_code == 400
    assert problem in words_in(response)
    assert typed_in(response, "note-text") == text


@pytest.mark.parametrize(
    ("fields", "field", "value"),
    [
        ({"action": "ban"}, "is_banned", True),
        ({"action": "hold-always"}, "always_hold", True),
        ({"action": "suspend", "until": "2999-01-31T12:00"}, "suspended_until", "2999-01-31 12:00"),
    ],
)
def test_a_person_is_restricted_with_reason_and_words(
    client: Client, fields: dict, field: str, value: object
) -> None:
    mo = sign_in_moderator(client)
    comment = create_comment()
    response = send(client, comment, "person", **person_fields(**fields))
    person = Commenter.objects.get(pk=comment.author_id)
    act = person.acts.get()

    assert "the person is told" in words_in(response)
    stored = getattr(person, field)
    assert (f"{stored:%Y-%m-%d %H:%M}" if field == "suspended_until" else stored) == value
    assert (act.reason, act.statement, act.actor) == (Reason.ABUSE, "Enough.", mo)


def test_restrictions_are_lifted_with_words(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment()
    colleague, why = create_moderator(), Reason.ABUSE
    act = moderation.restrict(comment.author, Action.BAN, user=colleague, reason=why)
    fields = person_fields(action="lift", reason="", statement="We spoke.")
    send(client, comment, "person", **fields, **{"seen-person": str(act.pk)})

    assert not Commenter.objects.get(pk=comment.author_id).is_banned


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"action": ""}, "Choose what to do."),
        ({"reason": ""}, "Choose the reason that the person will read."),
        ({"reason": "fits"}, "Select a valid choice."),
        ({"reason": "other", "statement": ""}, "Say the reason in your own words."),
        ({"action": "suspend"}, "Say until when"),
        ({"action": "suspend", "until": "soon"}, "Write a day and a time"),
        ({"action": "suspend", "until": "2001-01-01T00:00"}, "a moment ahead"),
        ({"action": "lift", "statement": " "}, "Say why the restrictions are lifted"),
        ({"statement": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_a_restriction_that_is_refused_keeps_its_words(
    client: Client, fields: dict, problem: str
) -> None:
    sign_in_moderator(client)
    comment = create_comment()
    sent = person_fields(**fields)
    response = send(client, comment, "person", **sent)

    assert response.status_code == 400
    assert problem in words_in(response)
    assert typed_in(response, "person-statement") == sent["person-statement"]
    assert not comment.author.acts.exists()


def test_who_works_here_is_not_restricted(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(user=create_moderator())

    assert "Hold, suspend, ban" not in words_in(client.get(page_url(comment)))
    response = send(client, comment, "person", **person_fields())
    assert "People who work at the desk cannot be restricted" in words_in(response)


def test_a_quicker_colleague_decided_about_the_person(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment()
    carla, words = create_moderator(name="Carla Colleague"), "Twice in a day."
    moderation.restrict(
        comment.author, Action.HOLD_ALWAYS, user=carla, reason=Reason.ABUSE, statement=words
    )
    response = send(client, comment, "person", **person_fields(), **{"seen-person": "0"})

    assert response.status_code == 409
    text = words_in(response)
    assert "Carla Colleague was quicker" in text
    assert "In their words: “Twice in a day.”" in text
    assert typed_in(response, "person-statement") == "Enough."
    assert chosen_in(response, "person-reason") == "abuse"


def test_the_thread_is_closed_and_opened_with_a_reason(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment()
    fields = {"thread-opening": "closed", "thread-reason": "order", "thread-statement": "Night."}
    response = send(client, comment, "thread", **fields)
    thread = Thread.objects.get()

    assert "Its thread is: Closed" in words_in(response)
    assert (thread.opening, thread.acts.get().statement) == ("closed", "Night.")
    late = send(client, comment, "thread", **fields, **{"seen-thread": "0"})
    assert late.status_code == 409
    assert typed_in(late, "thread-statement") == "Night."


def test_closing_without_a_reason_is_refused(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment()
    fields = {"thread-opening": "closed", "thread-reason": "", "thread-statement": "Night."}
    response = send(client, comment, "thread", **fields)

    assert "Choose the reason; it stands in the log." in words_in(response)
    assert typed_in(response, "thread-statement") == "Night."
    assert Thread.objects.get().opening == "by-age"


# What is never lost

OTHERS = {
    "note-text": "A half-written note.",
    "person-action": "ban",
    "person-statement": "Half a ban.",
    "thread-statement": "Half a closing.",
}


def test_words_in_the_other_fields_survive_a_decision(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    fields = {**fields_of(comment), **OTHERS, "do": f"approve:{comment.pk}"}
    response = client.post(act_url(comment), fields)

    assert response.status_code == 200
    assert state_of(comment) == State.APPROVED
    for name in ("note-text", "person-statement", "thread-statement"):
        assert typed_in(response, name) == OTHERS[name]
    assert chosen_in(response, "person-action") == "ban"
    assert "Choose" not in words_in(response).split("Nothing was stored")[0][:200]


def test_a_form_without_its_token_comes_back_filled_in() -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    fields = {**fields_of(comment, reason="abuse", statement="Rude."), **OTHERS}
    response = client.post(act_url(comment), {**fields, "do": f"reject:{comment.pk}"})

    assert response.status_code == 403
    assert "so nothing was decided" in words_in(response)
    assert typed_in(response, f"statement-{comment.pk}") == "Rude."
    for name in ("note-text", "person-statement", "thread-statement"):
        assert typed_in(response, name) == OTHERS[name]
    assert state_of(comment) == State.PENDING


def test_who_is_signed_out_gets_a_note_back(client: Client) -> None:
    response = send(client, create_comment(), "note", **OTHERS)

    assert response.status_code == 403
    assert "A half-written note." in response.content.decode()
    assert not Note.objects.exists()


def test_who_was_slower_keeps_the_statement(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    before = fields_of(comment, reason="abuse", statement="Rude.")
    moderation.reject(comment, user=create_moderator(name="Carla"), reason=Reason.SPAM)
    response = client.post(act_url(comment), {**before, "do": f"reject:{comment.pk}"})

    assert response.status_code == 409
    assert "Carla was quicker" in words_in(response)
    assert typed_in(response, f"statement-{comment.pk}") == "Rude."


@pytest.mark.parametrize("do", ["", "fly", "approve", "edit:1"])
def test_a_button_that_does_not_exist_does_nothing(client: Client, do: str) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    response = send(client, comment, do, **OTHERS)

    assert typed_in(response, "note-text") == OTHERS["note-text"]
    assert state_of(comment) == State.PENDING
