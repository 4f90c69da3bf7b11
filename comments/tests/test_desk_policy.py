"""The policy at the desk: one row, its fields explained, its changes kept."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from accounts.roles import EDITOR
from comments.admin.policy import PolicyForm
from comments.models import Policy, SpamModel
from comments.tests.factories import create_moderator, create_reader, set_policy

LIST = "/admin/comments/policy/"
ADD = f"{LIST}add/"
CHANGE = f"{LIST}1/change/"

TYPED = {
    "mode": "all",
    "approvals_to_post": "3",
    "approvals_to_weigh": "12",
    "reports_to_hide": "4",
    "hold_from_score": "0.95",
    "close_after_days": "90",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> User:
    return create_moderator()


@pytest.fixture
def desk(client: Client, moderator: User) -> Client:
    client.force_login(moderator)
    return client


def shown(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_before_the_first_change_the_defaults_stand_in_the_form(desk) -> None:
    response = desk.get(LIST, follow=True)
    assert response.redirect_chain == [(ADD, 302)]
    html = response.content.decode()
    assert re.search(r'value="first"[^>]* checked', html)
    assert 'name="hold_from_score" value="0.90"' in html
    assert not Policy.objects.exists()


def test_the_first_change_makes_the_one_row(desk, moderator) -> None:
    assert desk.post(ADD, TYPED).status_code == 302
    policy = Policy.objects.get()
    assert (policy.pk, policy.mode, policy.close_after_days) == (1, "all", 90)
    assert policy.history.get().history_user == moderator


def test_there_is_never_a_second_one_and_it_stays(desk) -> None:
    set_policy(mode="none")
    assert desk.get(LIST).url == CHANGE
    assert desk.get(ADD).status_code == 403
    assert desk.post(ADD, TYPED).status_code == 403
    assert desk.get(f"{LIST}1/delete/").status_code == 403
    assert desk.post(LIST, {"action": "delete_selected", "_selected_action": ["1"]}).url == CHANGE
    assert Policy.objects.get().mode == "none"


def test_every_field_is_explained(desk) -> None:
    set_policy(mode="none")
    text = shown(desk.get(CHANGE))
    assert len(PolicyForm._meta.help_texts) == len(TYPED)
    for words in PolicyForm._meta.help_texts.values():
        assert words in text


def test_changes_are_kept_with_who_made_them(desk, moderator) -> None:
    set_policy(mode="none")
    assert desk.post(CHANGE, TYPED).status_code == 302
    text = shown(desk.get(f"{LIST}1/history/"))
    assert "Comments appear at once" in text or "none → all" in text
    assert Policy.objects.get().history.first().history_user == moderator


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mode", "moon"),
        ("approvals_to_post", "0"),
        ("approvals_to_weigh", "501"),
        ("reports_to_hide", "none"),
        ("hold_from_score", "1.01"),
        ("hold_from_score", "-0.1"),
        ("close_after_days", "-1"),
    ],
)
def test_what_makes_no_sense_is_refused_and_given_back(desk, field: str, value: str) -> None:
    set_policy(mode="none")
    response = desk.post(CHANGE, {**TYPED, field: value})
    assert response.status_code == 200
    assert f'id="id_{field}_error"' in response.content.decode()
    assert field == "mode" or f'value="{value}"' in response.content.decode()
    assert Policy.objects.get().mode == "none"


def test_beside_the_limit_stands_what_it_would_do(desk) -> None:
    assert "Not enough decisions yet: no comment gets a score." in shown(desk.get(ADD))
    SpamModel.objects.create(
        good_count=40, spam_count=25, words={}, digest="x", trial=[[0.9, 20, 1], [0.99, 12, 0]]
    )
    text = shown(desk.get(ADD))
    assert "0.90 20 of 25 1 of 40" in text
    assert "0.99 12 of 25 0 of 40" in text


def test_editors_and_strangers_do_not_see_it(client) -> None:
    set_policy(mode="none")
    assert client.get(CHANGE).status_code == 302
    editor = create_reader(is_staff=True)
    editor.groups.add(Group.objects.get(name=EDITOR))
    client.force_login(editor)
    for page in (LIST, ADD, CHANGE):
        assert client.get(page).status_code in {302, 403}
        assert client.get(page, follow=True).status_code == 403
    assert client.post(CHANGE, TYPED).status_code == 403
    assert Policy.objects.get().mode == "none"
