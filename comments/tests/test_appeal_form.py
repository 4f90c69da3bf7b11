"""The form of an appeal: who may use it, and what follows from sending it."""

import pytest
from django.test import Client
from django.urls import reverse

from comments import moderation, tokens
from comments.models import Appeal, ModerationAct
from comments.states import Action, Reason, State
from comments.tests.browsers import browser_of
from comments.tests.factories import create_comment, create_moderator, create_reader
from comments.tests.letters import latest
from comments.tests.pages import form_with

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]

BROWSER = "b" * 32


@pytest.fixture
def mo():
    return create_moderator()


def form_of(act: ModerationAct) -> str:
    return reverse("comments:appeal", args=[act.pk])


def test_a_guest_appeals_through_the_letter(client, mo) -> None:
    act = latest(create_comment(state=State.REJECTED, by=mo, text="Buy <b>keys</b>"))
    key = tokens.make(tokens.DECISION, act.pk)
    page = client.get(form_of(act), {"key": key})
    assert "Your comment was rejected" in page.text
    assert "Buy &lt;b&gt;keys" in page.text
    form = form_with(page, "text")
    answer = form.send(client, changes={"text": "I meant «keys» of a map. شكرا"})
    assert answer.status_code == 303
    assert answer["Location"].endswith("#appeal")
    page = client.get(answer["Location"].removesuffix("#appeal"))
    assert "We have your appeal." in page.text
    assert "A moderator who did not take the decision" in page.text
    assert "I meant «keys» of a map. شكرا" in page.text
    assert Appeal.objects.get().act == act


def test_the_writer_appeals_from_the_account_and_from_the_browser(mo) -> None:
    rana = create_reader()
    signed_in = Client()
    signed_in.force_login(rana)
    by_account = latest(create_comment(user=rana, state=State.REJECTED, by=mo))
    by_cookie = latest(create_comment(browser=BROWSER, state=State.REJECTED, by=mo))
    for client, act in ((signed_in, by_account), (browser_of(BROWSER), by_cookie)):
        answer = client.post(form_of(act), {"text": "No."})
        assert answer["Location"] == f"{act.get_absolute_url()}#appeal"
    assert Appeal.objects.count() == 2


def test_others_see_no_form_and_their_words_are_given_back(client, mo) -> None:
    act = latest(create_comment(user=create_reader(), state=State.REJECTED, by=mo))
    other = latest(create_comment(state=State.REJECTED, by=mo))
    wrong = f"{form_of(act)}?key={tokens.make(tokens.DECISION, other.pk)}"
    for address in (form_of(act), wrong):
        assert client.get(address).status_code == 404
        answer = client.post(address, {"text": "Let me in"})
        assert answer.status_code == 403
        assert "Let me in" in answer.text
    client.force_login(create_moderator())
    assert client.get(form_of(act)).status_code == 404
    assert not Appeal.objects.exists()


def test_a_double_click_appeals_once(client, mo) -> None:
    rana = create_reader()
    client.force_login(rana)
    act = latest(create_comment(user=rana, state=State.REJECTED, by=mo))
    answers = [client.post(form_of(act), {"text": "No.\r\nReally."}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert Appeal.objects.get().text == "No.\nReally."
    other = client.post(form_of(act), {"text": "Another thought"})
    assert other.status_code == 409
    assert "appealed against this decision already" in other.text
    assert "Another thought" in other.text
    assert "Send the appeal" not in other.text
    assert client.get(form_of(act))["Location"] == act.get_absolute_url()


@pytest.mark.parametrize("state", [State.PENDING, State.APPROVED])
def test_there_is_no_form_where_there_is_nothing_to_appeal(state, client) -> None:
    rana = create_reader()
    client.force_login(rana)
    act = latest(create_comment(user=rana, state=state))
    assert client.get(form_of(act)).status_code == 303
    answer = client.post(form_of(act), {"text": "Still"})
    assert answer.status_code == 409
    assert "nothing to appeal against" in answer.text


def test_a_crafted_outcome_decides_nothing(client, mo) -> None:
    rana = create_reader()
    client.force_login(rana)
    act = latest(create_comment(user=rana, state=State.REJECTED, by=mo))
    crafted = {"outcome": "reversed", "statement": "Granted", "decided_by": rana.pk, "act": 1}
    client.post(form_of(act), {"text": "No.", **crafted})
    made = Appeal.objects.get()
    assert made.is_open
    assert (made.statement, made.decided_by, made.act) == ("", None, act)
    assert act.comment.__class__.objects.get(pk=act.comment.pk).state == State.REJECTED


def test_a_ban_is_appealed_against(client, mo) -> None:
    rana = create_reader()
    client.force_login(rana)
    person = create_comment(user=rana).author
    act = moderation.restrict(person, Action.BAN, user=mo, reason=Reason.ABUSE)
    assert client.post(form_of(act), {"text": "It was not me."}).status_code == 303
    assert Appeal.objects.get().act == act


def test_many_appeals_in_an_hour_wait(client, mo) -> None:
    rana = create_reader()
    client.force_login(rana)
    acts = [latest(create_comment(user=rana, state=State.REJECTED, by=mo)) for _ in range(5)]
    person = acts[0].comment.author
    acts.append(moderation.restrict(person, Action.BAN, user=mo, reason=Reason.SPAM))
    answers = [client.post(form_of(act), {"text": "No, no."}) for act in acts]
    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
    assert int(answers[-1]["Retry-After"]) > 3000
    assert "No, no." in answers[-1].text


def test_the_form_takes_no_other_method(client, mo) -> None:
    act = latest(create_comment(state=State.REJECTED, by=mo))
    key = tokens.make(tokens.DECISION, act.pk)
    assert client.put(f"{form_of(act)}?key={key}").status_code == 405
