"""The archive of somebody's data: every row of the comments that mentions them, and nobody else."""

import json
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import User
from accounts.registries import holdings
from accounts.registries.holdings import Section, person_of
from comments import appeals
from comments.holdings import HOLDING
from comments.models import (
    Appeal,
    Attempt,
    Comment,
    Commenter,
    Flag,
    ModerationAct,
    Note,
    Notice,
    Rule,
    RuleHit,
)
from comments.moderation import reject
from comments.states import Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader
from comments.tests.leavers import EMAIL, NAME, PUBLIC, SECRET, Life, add_address, create_life
from comments.tests.letters import latest
from comments.tests.test_erase_moderator import work

pytestmark = pytest.mark.django_db


def archive(user: User) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the archive by section."""
    found = list(HOLDING.export(person_of(user)))
    keys = [section.key for section in found]
    assert len(keys) == len(set(keys))
    assert all(isinstance(section, Section) and section.about for section in found)
    return {section.key: section.rows for section in found}


def numbers(rows: list[dict[str, Any]]) -> set[Any]:
    return {row["number"] for row in rows}


@pytest.fixture
def life() -> Life:
    return create_life()


def test_it_is_registered() -> None:
    assert HOLDING in holdings.all_holdings()


def test_each_kind_of_row_is_in_it(life: Life) -> None:
    found = archive(life.user)
    own = Comment.objects.filter(author__user=life.user)
    acts = ModerationAct.objects.filter(comment__in=own) | ModerationAct.objects.filter(
        commenter__user=life.user
    )
    expected = {
        "commenting": Commenter.objects.filter(user=life.user),
        "comments": own,
        "comment-decisions": acts,
        "comment-appeals": Appeal.objects.all(),
        "comment-notes": Note.objects.all(),
        "comment-rules": RuleHit.objects.all(),
        "comment-reports": Flag.objects.filter(reporter__user=life.user),
        "comment-reports-about": Flag.objects.filter(comment__in=own),
        "comment-notices-about": Notice.objects.filter(comment__in=own),
    }
    for key, rows in expected.items():
        assert numbers(found[key]) == {row.pk for row in rows}, key
        assert found[key], key
    assert numbers(found["comment-notices"]) == {Notice.objects.get(comment=None).code}
    tries = Attempt.objects.filter(pk__in=numbers(found["comment-tries"]))
    assert {row.action for row in tries} == {"comment", "flag", "notice"}


def test_words_reasons_and_answers_are_in_it(life: Life) -> None:
    found = archive(life.user)
    by_words = {row["words"]: row for row in found["comments"]}
    public = by_words[PUBLIC]
    assert (public["signed"], public["state"]) == (NAME, "Public")
    assert public["address"] == f"http://localhost:8000/comments/{public['number']}/"
    assert public["guide"] == life.guide.title
    assert public["network"] == life.comment(State.APPROVED).address_hash
    assert f"{SECRET} rejected" in by_words
    statements = {row["statement"] for row in found["comment-decisions"]}
    assert f"Dear {NAME}, this is not about the guide." in statements
    assert f"Calm down, {NAME}." in statements
    (appeal,) = found["comment-appeals"]
    assert (appeal["words"], appeal["answer"]) == (f"But it is! {NAME}", f"No, {NAME}.")
    assert found["comment-notes"][0]["words"] == f"Watch {NAME}."
    assert found["comment-reports"][0]["words"] == "I, the reporter, saw an advert."
    assert found["commenting"][0]["banned_since"] is not None


def test_rows_that_mention_an_address_are_in_it(life: Life) -> None:
    other = create_comment(text=f"Write to {EMAIL.upper()}.")
    (rule,) = Rule.objects.all()
    found = archive(life.user)["comment-mentions"]
    assert ("comment", other.pk, f"Write to {EMAIL.upper()}.") in {
        (row["kind"], row["number"], row["words"]) for row in found
    }
    assert ("rule", rule.pk) in {(row["kind"], row["number"]) for row in found}
    assert ("earlier rule", Rule.history.get().pk) in {
        (row["kind"], row["number"]) for row in found
    }


def test_other_people_are_not_in_it(life: Life) -> None:
    Flag.objects.filter(reporter__user=life.other).update(words="I am Olu, and I know her.")
    Notice.objects.filter(comment__isnull=False).update(name="Olu Other", email="olu@example.org")
    text = json.dumps(archive(life.user), cls=DjangoJSONEncoder)
    for secret in ("Olu", "olu@example.org", life.other.email, "Mo Derator", life.moderator.email):
        assert secret not in text


def test_what_one_wrote_as_a_guest_needs_a_confirmed_address() -> None:
    user = create_reader()
    add_address(user, "mine@example.org")
    add_address(user, "not-mine@example.org", verified=False)
    mine = create_comment(email="mine@example.org")
    create_comment(email="not-mine@example.org")
    found = archive(user)
    assert numbers(found["comments"]) == {mine.pk}
    assert found["commenting"][0]["address_of_guest"] == "mine@example.org"


def test_a_moderator_gets_what_they_did() -> None:
    mo = create_moderator(name="Mo Derator")
    work(mo)
    found = archive(mo)
    assert numbers(found["moderation"]) == {
        act.pk for act in ModerationAct.objects.filter(actor=mo)
    }
    assert {row["kind"] for row in found["moderation-answers"]} == {"appeal", "notice"}
    assert found["moderation-notes"][0]["words"] == "Looked at it. Mo Derator"
    kinds = [row["kind"] for row in found["moderation-rules"]]
    assert kinds == ["rule", "earlier rule", "earlier rule", "earlier policy"]


def test_somebody_who_never_wrote_sees_empty_parts() -> None:
    found = archive(create_reader())
    assert len(found) == 12
    assert not any(found.values())


def test_rows_of_a_part_have_the_same_keys_and_fit_into_json(life: Life) -> None:
    for key, rows in archive(life.user).items():
        assert len({tuple(row) for row in rows}) <= 1, key
        assert json.dumps(rows, cls=DjangoJSONEncoder)


def test_it_costs_as_many_queries_for_many_as_for_one(
    django_assert_max_num_queries: Any,
) -> None:
    user, mo = create_reader(), create_moderator()
    for number in range(2):
        comment = create_comment(user=user, text=f"Number {number}", state=State.PENDING)
        reject(comment, user=mo, reason=Reason.OFF_TOPIC)
        appeals.appeal(latest(comment), "But it is.")
    with django_assert_max_num_queries(40):
        archive(user)
    for number in range(3):
        comment = create_comment(user=user, text=f"More {number}", state=State.PENDING)
        reject(comment, user=mo, reason=Reason.OFF_TOPIC)
    with django_assert_max_num_queries(40):
        archive(user)
