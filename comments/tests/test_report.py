"""Reporting a comment: what is stored, what it weighs, when it hides, and what the reader is told."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.tests.factories import create_live_guide
from comments import moderation, reports
from comments.identity import Visitor
from comments.models import Comment, Commenter, Flag
from comments.moderation import WRITER, decide
from comments.posting import Refused
from comments.states import REJECTIONS, Action, ActorKind, Reason, State
from comments.tests.browsers import browser_of
from comments.tests.factories import create_comment, create_moderator, create_reader, set_policy
from comments.tests.pages import form_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def policy(db, settings):
    settings.COMMENT_LIMITS = {"comment": ()}
    return set_policy(approvals_to_post=1, approvals_to_weigh=2, reports_to_hide=3)


def reader(*, approved: int = 0) -> Visitor:
    """Return a signed-in reader with so many approved comments."""
    user = create_reader()
    for _ in range(approved):
        create_comment(GUIDE(), user=user)
    return Visitor(user)


def GUIDE():  # noqa: N802  a guide of its own for each test, made once
    return GUIDE.made.pop() if getattr(GUIDE, "made", None) else create_live_guide()


def flag(comment: Comment, visitor: Visitor | None = None, **more) -> Flag:
    more = {"network": "198.51.100.7", "reason": Reason.ABUSE, **more}
    return reports.flag(comment, visitor=visitor or Visitor(), **more)


def state_of(comment: Comment) -> str:
    return Comment.objects.get(pk=comment.pk).state


def address(comment: Comment) -> str:
    return reverse("comments:report", args=[comment.pk])
