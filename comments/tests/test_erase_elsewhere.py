"""Other people's words that mention somebody who leaves."""

import pytest

from accounts.models import User
from accounts.registries.holdings import CommentsChoice
from comments.models import Appeal, Note, Notice, Rule
from comments.moderation import reject
from comments.rule_values import read
from comments.screening.rules import matches
from comments.screening.subjects import subjects_of
from comments.states import Action, ActorKind, Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader
from comments.tests.leavers import EMAIL, NAME, erase, rows_with
from comments.tests.letters import latest

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return create_reader(name=NAME, email=EMAIL)


def test_an_address_goes_from_what_others_wrote_with_a_row_of_the_log(user: User) -> None:
    comment = create_comment(text=f"Write to {EMAIL}, she knows.", name="Olu")
    erase(user, CommentsChoice.ANONYMISE)
    comment.refresh_from_db()
    assert comment.text == "Write to somebody who left, she knows."
    assert EMAIL not in comment.html
    assert (comment.name, comment.state) == ("Olu", State.APPROVED)
    act = latest(comment)
    assert (act.action, act.actor_kind) == (Action.EDIT, ActorKind.SYSTEM)
    assert act.reason == Reason.PERSONAL_DATA


def test_a_name_stays_in_what_others_wrote(user: User) -> None:
    text = f"{NAME} is right, and so is anybody of this name."
    comment = create_comment(text=text)
    erase(user, CommentsChoice.REMOVE)
    comment.refresh_from_db()
    assert comment.text == text


def test_an_address_that_only_holds_it_stays(user: User) -> None:
    text = f"Write to x{EMAIL} or {EMAIL}.uk."
    comment = create_comment(text=text)
    erase(user, CommentsChoice.REMOVE)
    comment.refresh_from_db()
    assert comment.text == text


def test_address_goes_from_words_at_the_desk(user: User) -> None:
    comment = create_comment(state=State.PENDING)
    mo = create_moderator()
    said = f"Do not name {EMAIL} here. Not {EMAIL}."
    reject(comment, user=mo, reason=Reason.OTHER, statement=said)
    Appeal.objects.create(act=latest(comment), text=f"But {EMAIL} said so.")
    Note.objects.create(comment=comment, text=f"{NAME} is {EMAIL}.", written_by=mo)
    Notice.objects.create(
        address=f"/x/?{EMAIL}", explanation=f"{EMAIL} lies.", in_good_faith=True, name="Olu"
    )
    erase(user, CommentsChoice.ANONYMISE)
    assert [row for row in rows_with(EMAIL) if not row.startswith("mailing")] == []
    act = latest(comment)
    assert act.statement == "Do not name somebody who left here. Not somebody who left."
    assert Appeal.objects.get().text == "But somebody who left said so."
    assert Note.objects.get().text == "somebody who left is somebody who left."
    assert Notice.objects.get().name == "Olu"


@pytest.mark.parametrize("kind", [Rule.Kind.ADDRESS, Rule.Kind.WORDS])
def test_a_rule_that_names_the_address_holds_on_to_the_rest(user: User, kind: str) -> None:
    rule = Rule.objects.create(
        name=f"Against {EMAIL}", kind=kind, value=f"{EMAIL}\nspam.example", note=f"See {EMAIL}."
    )
    Rule.objects.create(name="Rule x", kind=kind, value="other.example")
    erase(user, CommentsChoice.ANONYMISE)
    rule.refresh_from_db()
    assert rule.value == "somebody-who-left@example.invalid\nspam.example"
    assert rule.name == f"Rule {rule.pk}, Against somebody who left"
    assert read(rule.kind, rule.value)
    assert [row for row in rows_with(EMAIL) if "rule" in row.partition(".")[0]] == []
    words = "See spam.example for more" if kind == Rule.Kind.WORDS else "Hello"
    held = create_comment(email="a@spam.example", text=words, state=State.PENDING)
    assert matches(rule, subjects_of([held])[0])
