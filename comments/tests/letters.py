"""What a letter about a decision leads to, for tests."""

from django.test import Client

from comments import tokens
from comments.models import Comment, ModerationAct


def latest(comment: Comment) -> ModerationAct:
    """Return the last act about a comment."""
    return comment.acts.newest_first()[0]


def text_of(act: ModerationAct) -> str:
    """Return the page of a decision as its letter opens it, in one line."""
    key = tokens.make(tokens.DECISION, act.pk)
    response = Client().get(act.get_absolute_url(), {"key": key})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())
