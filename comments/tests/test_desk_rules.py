"""Rules at the desk: tried before they are saved, by those who may, with nothing typed lost."""

import re
import time

import pytest
from django.core import signing
from django.test import Client

from accounts.models import User
from articles.tests.factories import create_live_guide
from comments.models import Comment, Rule
from comments.rule_values import Kind
from comments.states import Reason, State
from comments.tests.factories import create_comment, create_moderator
from comments.tests.rule_desk import ADD, LIST, page_of, press, shown, stored, token_in, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> User:
    return create_moderator()


@pytest.fixture
def desk(client: Client, moderator: User) -> Client:
    client.force_login(moderator)
    return client


@pytest.fixture
def good_one() -> Comment:
    guide, judge = create_live_guide(), create_moderator()
    create_comment(guide, text="Casino bonus", by=judge, state=State.REJECTED, reason=Reason.SPAM)
    create_comment(guide, text="Nothing new", by=judge, state=State.REJECTED)
    return create_comment(guide, text="A <b>bonus</b> is part of pay", name="Ada", by=judge)


# Trying


def test_trying_shows_what_it_would_have_held_and_saves_nothing(desk, good_one) -> None:
    response = press(desk, "_try")
    text = shown(response)
    assert response.status_code == 200
    assert "It would have held 2 of the last 3 decided comments" in text
    assert "Spam caught 1 of 1 (100%)" in text
    assert "Rejected for other reasons, caught 0 of 1 (0%)" in text
    assert "Good ones hit 1 of 1 (100%)" in text
    assert "of what it would have held, 1 of 2 (50%) was spam" in text
    assert not Rule.objects.exists()


def test_the_good_ones_are_listed_with_the_way_to_them_and_escaped(desk, good_one) -> None:
    html = press(desk, "_try").content.decode()
    assert f'href="/admin/comments/comment/{good_one.pk}/change/"' in html
    assert "<bdi>Ada</bdi> on “" in html
    assert "A &lt;b&gt;bonus&lt;/b&gt; is part of pay" in html
    assert "Casino bonus" in html


def test_everything_typed_is_kept(desk, good_one) -> None:
    html = press(desk, "_try", name="<Name>", value="bonus\n<i>", note="A & b").content.decode()
    assert 'value="&lt;Name&gt;"' in html
    assert "bonus\n&lt;i&gt;</textarea>" in html
    assert "A &amp; b</textarea>" in html
    assert 'value="words" required id="id_kind_1" checked' in html
    assert re.search('name="is_active"[^>]* checked', html)


def test_the_result_is_no_error(desk, good_one) -> None:
    response = press(desk, "_try")
    html = response.content.decode()
    assert "errornote" not in html
    assert "<title>What this rule would have held" in " ".join(html.split())


def test_without_decisions_it_says_so(desk) -> None:
    text = shown(press(desk, "_try"))
    assert "There is nothing to try it on" in text
    assert "%" not in text.split("Save it so")[0]


def test_a_rule_that_holds_nothing_says_so(desk, good_one) -> None:
    text = shown(press(desk, "_try", value="lottery"))
    assert "It would have held none of the last 3 decided comments" in text
    assert "Precision" not in text


def test_a_rule_of_addresses_shows_no_address(desk) -> None:
    create_comment(email="secret.person@throwaway.example")
    text = shown(press(desk, "_try", kind=Kind.ADDRESS, value="throwaway.example"))
    assert "Good ones hit 1 of 1" in text
    assert "secret" not in text


def test_the_form_offers_to_try_first_and_then_to_save_it_so(desk) -> None:
    def buttons(response) -> list[tuple[str, str]]:
        html = response.content.decode()
        return re.findall(r'type="submit" value="([^"]+)"[^>]* name="(_[a-z]+)"', html)

    assert buttons(desk.get(ADD)) == [("Try it", "_try"), ("Save", "_save")]
    assert buttons(press(desk, "_try")) == [
        *(("Save it so", "_save"), ("Save it so", "_save"), ("Try it again", "_try"))
    ]
    assert buttons(desk.get(page_of(stored()))) == [("Try it", "_try"), ("Save", "_save")]


# Saving


def test_saving_what_was_not_tried_shows_it_first(desk, good_one) -> None:
    response = press(desk, "_save")
    assert response.status_code == 200
    assert "It would have held 2 of the last 3" in shown(response)
    assert 'value="Save it so"' in response.content.decode()
    assert not Rule.objects.exists()


def test_saving_what_was_seen_saves_it(desk, moderator, good_one) -> None:
    token = token_in(press(desk, "_try"))
    response = press(desk, "_save", tried=token)
    assert response.status_code == 302
    rule = Rule.objects.get()
    assert (rule.name, rule.value, rule.created_by) == ("Bonus", "bonus", moderator)
    assert rule.history.get().history_user == moderator


def test_the_name_and_the_note_may_change_after_trying(desk, good_one) -> None:
    token = token_in(press(desk, "_try"))
    press(desk, "_save", tried=token, name="Another name", note="")
    assert Rule.objects.get().name == "Another name"


def test_line_ends_of_browsers_make_no_other_value(desk) -> None:
    token = token_in(press(desk, "_try", value="a\r\nb"))
    press(desk, "_save", tried=token, value="a\nb")
    assert Rule.objects.get().value == "a\nb"


@pytest.mark.parametrize("changed", [{"value": "bonus\nmoney"}, {"kind": Kind.PATTERN}])
def test_another_value_or_kind_has_to_be_seen_again(desk, good_one, changed) -> None:
    token = token_in(press(desk, "_try"))
    response = press(desk, "_save", tried=token, **changed)
    assert "It would have held" in shown(response)
    assert not Rule.objects.exists()
    press(desk, "_save", tried=token_in(response), **changed)
    assert Rule.objects.exists()


@pytest.mark.parametrize("token", ["", "forged", signing.dumps("x" * 64, salt="other")])
def test_a_token_that_we_did_not_make_proves_nothing(desk, token: str) -> None:
    press(desk, "_save", tried=token)
    assert not Rule.objects.exists()


def test_a_token_is_good_for_a_day(desk, monkeypatch) -> None:
    token = token_in(press(desk, "_try"))
    later = time.time() + 25 * 3600
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    press(desk, "_save", tried=token)
    assert not Rule.objects.exists()


def test_a_rule_out_of_use_is_saved_at_once_and_tried_when_it_is_used(desk) -> None:
    data = typed()
    del data["is_active"]
    assert desk.post(ADD, {**data, "_save": "x"}).status_code == 302
    rule = Rule.objects.get()
    response = press(desk, "_save", page_of(rule))
    assert response.status_code == 200
    rule.refresh_from_db()
    assert not rule.is_active


def test_a_stored_rule_keeps_its_name_editable_without_a_trial(desk) -> None:
    rule = stored()
    response = press(desk, "_save", page_of(rule), name="New name", value="old")
    assert response.status_code == 302
    rule.refresh_from_db()
    assert rule.name == "New name"


def test_a_stored_rule_needs_a_trial_for_a_new_value(desk) -> None:
    rule = stored()
    assert press(desk, "_save", page_of(rule), value="new").status_code == 200
    rule.refresh_from_db()
    assert rule.value == "old"


def test_the_way_through_the_history_is_no_way_around_the_trial(desk) -> None:
    rule = stored()
    first = rule.history.first().history_id
    rule.value = "newer"
    rule.save()
    page = f"{LIST}{rule.pk}/history/{first}/"
    assert "Revert" not in desk.get(page).content.decode()
    press(desk, "_save", page, value="old")
    rule.refresh_from_db()
    assert rule.value == "newer"


# Values that cannot be read


def test_problems_stand_beside_the_value_with_their_lines(desk) -> None:
    response = press(desk, "_try", kind=Kind.PATTERN, value="fine\n(?=x)\n(")
    text = shown(response)
    assert "Line 2: looking ahead or behind is not possible here: (?=" in text
    assert "Line 3: a bracket is not closed: (" in text
    assert "fine\n(?=x)\n(</textarea>" in response.content.decode()
    assert "would have held" not in text


def test_a_number_that_is_none_is_refused(desk) -> None:
    text = shown(press(desk, "_save", kind=Kind.LINKS, value="many"))
    assert "Write one whole number from 1 to 50, in digits." in text


@pytest.mark.parametrize("missing", ["name", "kind", "value"])
def test_what_is_missing_is_named_and_nothing_is_tried(desk, missing: str) -> None:
    text = shown(press(desk, "_try", **{missing: ""}))
    assert "This field is required." in text
    assert "would have held" not in text


def test_a_name_stands_once(desk) -> None:
    stored(name="Bonus")
    assert "Rule with this Name already exists." in shown(press(desk, "_try"))
