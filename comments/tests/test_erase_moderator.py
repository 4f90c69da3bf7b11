"""A moderator leaves: what was decided stands, and nobody decided it."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.registries.holdings import CommentsChoice
from comments import appeals, reports
from comments.admin.rights import who_did
from comments.identity import Visitor
from comments.models import Appeal, Comment, ModerationAct, Note, Notice, Policy, Rule
from comments.moderation import approve, reject
from comments.rule_values import problems
from comments.states import ActorKind, Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader, set_policy
from comments.tests.leavers import erase, rows_with, ties_to
from comments.tests.letters import latest, text_of

pytestmark = pytest.mark.django_db

NAME = "Mo Derator"
BOTH = list(CommentsChoice)


@pytest.fixture
def mo() -> User:
    return create_moderator(name=NAME)


def rejected(mo: User, statement: str = "Off topic. Yours, Mo Derator") -> Comment:
    comment = create_comment(user=create_reader(), state=State.PENDING)
    reject(comment, user=mo, reason=Reason.OTHER, statement=statement)
    return comment


def work(mo: User) -> None:
    """Leave a trace of every kind at the desk."""
    comment = rejected(mo)
    Note.objects.create(comment=comment, text="Looked at it. Mo Derator", written_by=mo)
    made = appeals.appeal(latest(rejected(create_moderator(), "Off topic.")), "But it is.")
    appeals.decide_appeal(made, Appeal.Outcome.UPHELD, user=mo, statement="No. Mo Derator")
    notice = reports.file_notice(
        address="/x/", explanation="Bad.", visitor=Visitor(user=create_reader()), network="x"
    )
    reports.decide_notice(notice, Notice.Outcome.KEPT, user=mo, statement="Fine. Mo Derator")
    rule = Rule.objects.create(name="Links", kind=Rule.Kind.LINKS, value="3", created_by=mo)
    rule.value = "4"
    rule._history_user = mo  # type: ignore[attr-defined]
    rule.save()
    policy = set_policy(approvals_to_post=3)
    policy._history_user = mo  # type: ignore[attr-defined]
    policy.save()


@pytest.mark.parametrize("choice", BOTH)
def test_nothing_is_tied_to_the_account_or_bears_the_name(mo: User, choice: str) -> None:
    work(mo)
    kinds = {tie.rpartition(" ")[0] for tie in ties_to(mo)}
    assert kinds == {
        "ModerationAct.actor",
        "Note.written_by",
        "Appeal.decided_by",
        "Notice.decided_by",
        "Rule.created_by",
        "HistoricalRule.created_by",
        "HistoricalRule.history_user",
        "HistoricalPolicy.history_user",
    }
    assert rows_with(NAME)
    erase(mo, CommentsChoice(choice))
    assert ties_to(mo) == []
    left = [row for row in rows_with(NAME) if not row.startswith("mailing")]
    assert left == []


def test_what_was_decided_stands_with_its_reason_and_words(mo: User) -> None:
    comment = rejected(mo)
    act = latest(comment)
    erase(mo, CommentsChoice.ANONYMISE)
    act.refresh_from_db()
    assert (act.actor, act.actor_kind, act.reason) == (None, ActorKind.MODERATOR, Reason.OTHER)
    assert act.statement == "Off topic. Yours, somebody who left"
    assert who_did(act) == "a moderator who has left"
    page = text_of(act)
    assert "Off topic. Yours, somebody who left" in page
    assert NAME not in page


def test_each_mention_in_a_statement_goes(mo: User) -> None:
    comment = rejected(mo, "Mo Derator here. Off topic. Ask Mo Derator, or Mo Derator.")
    erase(mo, CommentsChoice.ANONYMISE)
    assert latest(comment).statement == (
        "somebody who left here. Off topic. Ask somebody who left, or somebody who left."
    )


def test_where_somebody_else_left_before_the_words_go(mo: User) -> None:
    comment = rejected(mo, "Somebody wrote of somebody who left. Mo Derator")
    erase(mo, CommentsChoice.ANONYMISE)
    assert latest(comment).statement == ""


def test_an_appeal_against_their_decision_can_still_be_made_and_decided(mo: User) -> None:
    act = latest(rejected(mo))
    erase(mo, CommentsChoice.ANONYMISE)
    User.objects.get(pk=mo.pk).delete()
    act = ModerationAct.objects.get(pk=act.pk)
    made = appeals.appeal(act, "But it is.")
    appeals.decide_appeal(
        made, Appeal.Outcome.REVERSED, user=create_moderator(), statement="Indeed."
    )
    assert Comment.objects.get(pk=act.comment_id).is_public


def test_rules_go_on_as_before(mo: User) -> None:
    work(mo)
    erase(mo, CommentsChoice.REMOVE)
    rule = Rule.objects.get(name="Links")
    assert (rule.value, rule.is_active, problems(rule.kind, rule.value)) == ("4", True, [])
    assert [row.value for row in Rule.history.order_by("pk")] == ["3", "4"]
    assert Policy.current().approvals_to_post == 3


def test_what_other_moderators_did_is_not_touched(mo: User) -> None:
    other = create_moderator(name="Ada Other")
    act = latest(rejected(other, "Off topic. Ada Other"))
    approve(create_comment(state=State.PENDING), user=mo)
    erase(mo, CommentsChoice.REMOVE)
    act.refresh_from_db()
    assert (act.actor, act.statement) == (other, "Off topic. Ada Other")


def test_comments_of_a_moderator_follow_the_choice(mo: User, client: Client) -> None:
    comment = create_comment(user=mo, text="We answer within a day.")
    page = comment.thread.article.get_absolute_url()
    assert NAME in client.get(page).text
    erase(mo, CommentsChoice.ANONYMISE)
    text = client.get(page).text
    assert "We answer within a day." in text
    assert "Somebody who left" in text
    assert "Editor</span>" in text  # it was the site that spoke
    assert NAME not in text
