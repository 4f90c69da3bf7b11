"""What the spam score has learned, at the desk; and the button that has it learn again."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.roles import EDITOR
from articles.tests.factories import create_live_guide
from comments.models import SpamModel
from comments.screening import learning
from comments.states import Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader, set_policy

PAGE = "/admin/comments/spammodel/"
TRAIN = f"{PAGE}train/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(create_moderator())
    return client


@pytest.fixture
def _decisions(settings, monkeypatch) -> None:
    settings.COMMENT_LIMITS = {"comment": ()}
    monkeypatch.setattr(learning, "LEAST", 3)
    set_policy(mode="all")
    guide, judge, reader = create_live_guide(), create_moderator(), create_reader()
    for number in range(3):
        good, spam = f"Queues and <b>retries</b> {number}", f"A casino bonus {number}"
        create_comment(guide, text=good, user=reader, by=judge)
        create_comment(
            guide, text=spam, user=reader, by=judge, state=State.REJECTED, reason=Reason.SPAM
        )


def shown(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_before_there_is_enough_it_says_what_is_missing(desk) -> None:
    text = shown(desk.get(PAGE))
    assert "Not enough decisions yet." in text
    assert "It begins with 20 comments that they approved and 20" in text
    assert "now there are 0 and 0." in text
    text = shown(desk.post(TRAIN, follow=True))
    assert "Not enough decisions yet: 0 good comments and 0 of spam. It takes 20 of each." in text


@pytest.mark.usefixtures("_decisions")
def test_the_button_has_it_learn_and_the_page_shows_what() -> None:
    desk = Client()
    desk.force_login(create_moderator())
    response = desk.post(TRAIN, follow=True)
    text = shown(response)
    assert response.redirect_chain == [(PAGE, 302)]
    assert "Learned from 3 good comments and 3 of spam. The next comment is scored by it." in text
    assert "3 comments that moderators approved and 3 that they rejected as advertising" in text
    weight = re.search(r"casino \+([0-9.]+)", text)
    assert weight
    assert float(weight[1]) > 1
    assert re.search(r"retries −[0-9.]+", text)
    assert re.search("0.90 [0-3] of 3 [0-3] of 3", text)
    assert SpamModel.objects.get().digest[:16] in text


@pytest.mark.usefixtures("_decisions")
def test_learning_the_same_again_says_so(desk) -> None:
    desk.post(TRAIN)
    text = shown(desk.post(TRAIN, follow=True))
    assert "The decisions are the same as before; so is the score." in text
    assert SpamModel.objects.count() == 1


@pytest.mark.usefixtures("_decisions")
def test_earlier_trainings_are_listed(desk) -> None:
    desk.post(TRAIN)
    create_comment(text="Another good one")
    text = shown(desk.post(TRAIN, follow=True))
    assert "Learned from 4 good comments" in text
    assert "Earlier trainings" in text
    assert "3 good comments, 3 of spam" in text


def test_words_are_escaped(desk) -> None:
    SpamModel.objects.create(
        good_count=1, spam_count=1, words={"<script>": [0, 9], "a": [3, 0]}, digest="x"
    )
    html = desk.get(PAGE).content.decode()
    assert "&lt;script&gt;" in html
    assert "<script>alert" not in html


def test_nothing_is_learned_by_following_a_link(desk) -> None:
    assert desk.get(TRAIN).status_code == 405


def test_without_the_token_of_the_form_nothing_is_learned() -> None:
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(create_moderator())
    assert desk.post(TRAIN).status_code == 403


def test_rows_cannot_be_added_changed_or_deleted(desk) -> None:
    model = SpamModel.objects.create(good_count=1, spam_count=1, words={}, digest="x")
    assert desk.get(f"{PAGE}add/").status_code == 403
    assert desk.get(f"{PAGE}{model.pk}/delete/").status_code == 403
    assert desk.get(f"{PAGE}{model.pk}/change/").url == PAGE
    assert desk.post(f"{PAGE}{model.pk}/change/", {"good_count": 9}).status_code == 302
    model.refresh_from_db()
    assert model.good_count == 1


def test_editors_look_and_do_not_train(client) -> None:
    editor = create_reader(is_staff=True)
    editor.groups.add(Group.objects.get(name=EDITOR))
    client.force_login(editor)
    response = client.get(PAGE)
    assert response.status_code == 200
    assert "Train again" not in response.content.decode()
    assert client.post(TRAIN).status_code == 403


def test_staff_without_the_right_and_strangers_do_not_look(client) -> None:
    assert client.get(PAGE).status_code == 302
    client.force_login(create_reader(is_staff=True))
    assert client.get(PAGE).status_code == 403
    assert client.post(TRAIN).status_code == 403
