"""Deleting everything that somebody wrote: what `decide` does for one, in a few queries."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.tests.factories import create_live_guide
from comments.models import Comment, Flag, Thread
from comments.moderation import WRITER, decide, delete_all
from comments.states import Action, ActorKind, Reason, State
from comments.tests.factories import create_comment, create_moderator
from comments.tests.letters import latest

pytestmark = pytest.mark.django_db

SAME = (
    *("state", "text", "html", "words_digest", "score_words", "signals", "wants_replies"),
    *("name", "published_at", "decided_at", "is_pinned", "is_locked"),
)


@pytest.mark.parametrize(
    "state", [State.UNCONFIRMED, State.PENDING, State.APPROVED, State.HIDDEN, State.REJECTED]
)
def test_it_leaves_what_decide_leaves(state: State) -> None:
    one, other = (create_comment(state=state, text="Words", wants_replies=True) for _ in range(2))
    moments = {"published_at": one.published_at, "decided_at": one.decided_at}
    Comment.objects.filter(pk=other.pk).update(**moments)
    decide(one, State.DELETED, actor=WRITER, reason=Reason.WRITER)
    assert delete_all([other.pk]) == 1
    rows = [Comment.objects.filter(pk=comment.pk).values(*SAME).get() for comment in (one, other)]
    assert rows[0] == rows[1]
    acts = [latest(comment) for comment in (one, other)]
    for act in acts:
        assert (act.action, act.from_state, act.to_state) == (Action.STATE, state, State.DELETED)
        assert (act.actor_kind, act.actor, act.reason) == (ActorKind.AUTHOR, None, Reason.WRITER)
    assert Thread.objects.get(pk=other.thread_id).comment_count == 0


def test_open_reports_are_answered_by_it() -> None:
    comments = [create_comment() for _ in range(2)]
    for comment in comments:
        Flag.objects.create(comment=comment, reporter_key="x", reason=Reason.SPAM)
    delete_all([comment.pk for comment in comments])
    for comment in comments:
        assert Flag.objects.get(comment=comment).resolved_by == latest(comment)


def test_what_is_deleted_already_gets_no_second_row() -> None:
    comment = create_comment()
    assert delete_all([comment.pk]) == 1
    count = comment.acts.count()
    assert delete_all([comment.pk]) == 0
    assert comment.acts.count() == count


def test_other_comments_stay() -> None:
    guide = create_live_guide()
    gone, stays = create_comment(guide), create_comment(guide)
    delete_all([gone.pk])
    stays.refresh_from_db()
    assert stays.is_public
    assert stays.thread.comment_count == 1


def test_many_cost_as_many_queries_as_one(settings: Any) -> None:
    settings.COMMENT_LIMITS = {"comment": ()}
    guide, mo = create_live_guide(), create_moderator()
    costs = []
    for number in (1, 8):
        keys = [create_comment(guide, by=mo).pk for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            assert delete_all(keys) == number
        costs.append(len(queries))
    assert costs[0] == costs[1]
