"""The address of an editor, confirmed by a link in a letter, gives nobody what editors may."""

import pytest

from articles.tests.factories import create_live_guide
from comments import outlook, posting
from comments.identity import Visitor, commenter_of
from comments.models import Comment, Policy, Thread
from comments.posting import Draft
from comments.states import State
from comments.tests.factories import create_moderator

pytestmark = pytest.mark.django_db


def sent(**fields) -> Comment:
    draft = Draft(article=create_live_guide(), text="Words.", network="198.51.100.1", **fields)
    return posting.post(draft)


def test_a_yes_sends_it_to_a_moderator() -> None:
    editor = create_moderator()
    comment = sent(name="Anybody", email=editor.email, visitor=Visitor(browser="a" * 32))
    comment = posting.confirm(comment)
    assert (comment.state, comment.is_by_editors) == (State.PENDING, False)


def test_a_browser_that_confirmed_it_is_asked_again() -> None:
    editor = create_moderator()
    visitor = Visitor(browser="a" * 32, confirmed=[commenter_of(editor).pk])
    comment = sent(name="Anybody", email=editor.email, visitor=visitor)
    assert (comment.state, comment.is_by_editors) == (State.UNCONFIRMED, False)

    says = outlook.before_sending(visitor, Thread.of(create_live_guide()), Policy(), editor.email)
    assert "marked as written by the editors" not in says


def test_signed_in_it_appears_at_once() -> None:
    comment = sent(visitor=Visitor(user=create_moderator()))
    assert (comment.state, comment.is_by_editors) == (State.APPROVED, True)
    assert "marked as written by the editors" in outlook.after_edit(comment)
