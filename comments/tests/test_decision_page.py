"""Who may open the statement of reasons of a decision: whom it concerns, and nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from comments import moderation, tokens
from comments.models import ModerationAct
from comments.states import Action, ActorKind, Reason, State
from comments.tests.browsers import browser_of
from comments.tests.factories import create_comment, create_moderator, create_reader
from comments.tests.letters import latest

pytestmark = pytest.mark.django_db

BROWSER = "b" * 32


@pytest.fixture
def mo():
    return create_moderator(name="Mo Derator")


# Who may open it


def test_the_writer_opens_it_from_the_account(client, mo) -> None:
    rana = create_reader()
    act = latest(create_comment(user=rana, state=State.REJECTED, by=mo))
    client.force_login(rana)
    assert client.get(act.get_absolute_url()).status_code == 200


def test_a_guest_opens_it_in_the_browser_that_wrote_it(mo) -> None:
    act = latest(create_comment(browser=BROWSER, state=State.REJECTED, by=mo))
    assert browser_of(BROWSER).get(act.get_absolute_url()).status_code == 200
    assert browser_of("c" * 32).get(act.get_absolute_url()).status_code == 404


def test_a_guest_opens_it_where_the_address_was_confirmed(mo) -> None:
    comment = create_comment(browser=BROWSER, state=State.REJECTED, by=mo)
    elsewhere = browser_of("c" * 32, confirmed=[comment.author.pk])
    assert elsewhere.get(latest(comment).get_absolute_url()).status_code == 200


def test_everybody_else_gets_404(client, mo) -> None:
    comment = create_comment(user=create_reader(), state=State.REJECTED, by=mo)
    address = latest(comment).get_absolute_url()
    assert client.get(address).status_code == 404
    for stranger in (create_reader(), mo, create_moderator()):
        client.force_login(stranger)
        assert client.get(address).status_code == 404
    assert browser_of("").get(address).status_code == 404  # no key of a browser is nobody's
    client.cookies["commenter"] = "forged:cookie"
    assert client.get(address).status_code == 404


def test_the_key_of_the_letter_opens_its_own_decision_alone(client, mo) -> None:
    act, other = (latest(create_comment(state=State.REJECTED, by=mo)) for _ in range(2))
    address = act.get_absolute_url()
    for key in (
        tokens.make(tokens.DECISION, other.pk),
        tokens.make(tokens.UNSUBSCRIBE, act.pk),
        tokens.make(tokens.CONFIRM, act.pk),
        f"{act.pk}",
        tokens.make(tokens.DECISION, act.pk) + "x",
        "\x00",
        "",
    ):
        assert client.get(address, {"key": key}).status_code == 404
    assert client.get(address, {"key": tokens.make(tokens.DECISION, act.pk)}).status_code == 200


def test_a_key_ends(client, mo, monkeypatch) -> None:
    act = latest(create_comment(state=State.REJECTED, by=mo))
    key = tokens.make(tokens.DECISION, act.pk)
    monkeypatch.setitem(tokens.VALID, tokens.DECISION, timedelta(seconds=-1))
    assert client.get(act.get_absolute_url(), {"key": key}).status_code == 404


def test_the_page_stays_out_of_caches_and_search_engines(client, mo) -> None:
    act = latest(create_comment(state=State.REJECTED, by=mo))
    key = tokens.make(tokens.DECISION, act.pk)
    response = client.get(act.get_absolute_url(), {"key": key})
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "strict-origin"  # the site, never the key
    assert "noindex" in response["X-Robots-Tag"]
    body = response.content.decode()
    assert '<meta name="robots" content="noindex">' in body
    assert 'rel="canonical"' not in body
    assert client.post(act.get_absolute_url()).status_code == 405


def test_what_concerns_a_thread_or_was_done_by_oneself_has_no_page(client, mo) -> None:
    rana = create_reader()
    comment = create_comment(user=rana)
    client.force_login(rana)
    closing = moderation.set_opening(comment.thread, "closed", user=mo, reason=Reason.ORDER)
    edit = ModerationAct.objects.create(
        comment=comment, action=Action.EDIT, actor_kind=ActorKind.AUTHOR, reason=Reason.WRITER
    )
    for act in (closing, edit):
        key = tokens.make(tokens.DECISION, act.pk)
        assert client.get(act.get_absolute_url(), {"key": key}).status_code == 404
    assert client.get(reverse("comments:decision", args=[10**17])).status_code == 404
