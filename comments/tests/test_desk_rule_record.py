"""What a rule has done, its history, and who may see and change rules."""

import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from accounts.roles import EDITOR
from comments.models import Rule
from comments.states import Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader
from comments.tests.rule_desk import ADD, LIST, page_of, press, shown, stored, token_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> User:
    return create_moderator()


@pytest.fixture
def desk(client: Client, moderator: User) -> Client:
    client.force_login(moderator)
    return client


def test_the_page_of_a_rule_counts_what_became_of_its_comments(desk, settings) -> None:
    settings.COMMENT_LIMITS = {"comment": ()}
    rule = stored(value="bonus")
    reader, judge = create_reader(), create_moderator()
    for number, (state, reason) in enumerate(
        [
            (State.REJECTED, Reason.SPAM),
            (State.REJECTED, Reason.SPAM),
            (State.REJECTED, Reason.ABUSE),
            (State.APPROVED, Reason.SPAM),
            (State.PENDING, Reason.SPAM),
            (State.DELETED, Reason.SPAM),
        ]
    ):
        text = f"A bonus of {number}"
        latest = create_comment(text=text, user=reader, state=state, reason=reason, by=judge)
    create_comment(text="No such word", state=State.PENDING)
    response = desk.get(page_of(rule))
    assert (
        "6: 2 rejected as spam, 1 rejected otherwise, 1 public, 1 waiting, "
        "1 deleted by their writers" in shown(response)
    )
    assert f'href="/admin/comments/comment/{latest.pk}/change/"' in response.content.decode()
    assert re.search(r'field-spoke">6<', desk.get(LIST).content.decode())


def test_a_new_rule_has_done_nothing(desk) -> None:
    text = shown(desk.get(page_of(stored())))
    assert "None yet." in text


def test_chosen_rules_are_taken_out_of_use_with_a_history(desk, moderator) -> None:
    rule, other = stored(), stored(name="Other")
    desk.post(LIST, {"action": "switch_off", "_selected_action": [rule.pk]})
    rule.refresh_from_db()
    other.refresh_from_db()
    assert (rule.is_active, other.is_active) == (False, True)
    assert rule.history.first().history_user == moderator


def test_the_history_says_who_changed_what(desk, moderator) -> None:
    rule = stored()
    token = token_in(press(desk, "_try", page_of(rule), value="new"))
    press(desk, "_save", page_of(rule), value="new", tried=token)
    text = shown(desk.get(f"{LIST}{rule.pk}/history/"))
    assert "Value: old → new" in text.replace("&rarr;", "→")


# Who may


@pytest.mark.parametrize("button", ["_try", "_save"])
def test_others_may_neither_try_nor_save(client, button: str) -> None:
    rule = stored()
    editor = create_reader(is_staff=True)
    editor.groups.add(Group.objects.get(name=EDITOR))
    client.force_login(editor)
    for page in (ADD, page_of(rule), LIST, f"{LIST}{rule.pk}/history/"):
        assert client.get(page).status_code == 403
    assert press(client, button).status_code == 403
    assert press(client, button, page_of(rule), value="x").status_code == 403
    assert Rule.objects.get().value == "old"


@pytest.mark.parametrize("user", [None, "reader"])
def test_people_without_a_desk_are_sent_to_sign_in(client, user) -> None:
    if user:
        client.force_login(create_reader())
    assert client.get(LIST).status_code == 302
    answer = press(client, "_try")
    assert answer.status_code == 403
    assert "Sign in, in a new tab" in answer.text
    assert "Why</textarea>" in answer.text  # what was typed comes back


def test_who_may_only_look_sees_a_rule_and_no_buttons(client) -> None:
    from django.contrib.auth.models import Permission

    rule = stored(value="bonus")
    looker = create_reader(is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_rule"))
    client.force_login(looker)
    html = client.get(page_of(rule)).content.decode()
    assert "bonus" in html
    assert 'name="_try"' not in html
    assert press(client, "_save", page_of(rule)).status_code == 403
