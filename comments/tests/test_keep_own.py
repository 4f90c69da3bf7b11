"""Reports about a moderator's own comment are answered by somebody else."""

import pytest

from comments import moderation, reports
from comments.identity import Visitor
from comments.moderation import DecisionError
from comments.states import Reason
from comments.tests.factories import create_comment, create_moderator, create_reader

pytestmark = pytest.mark.django_db


def test_a_moderator_does_not_keep_their_own_reported_comment() -> None:
    writer = create_moderator()
    comment = create_comment(user=writer, by=create_moderator())
    reader = Visitor(user=create_reader())
    flag = reports.flag(comment, visitor=reader, network="198.51.100.1", reason=Reason.ABUSE)

    with pytest.raises(DecisionError, match="your own comment"):
        moderation.keep(comment, user=writer)
    flag.refresh_from_db()
    assert flag.resolved_by is None

    act = moderation.keep(comment, user=create_moderator())
    flag.refresh_from_db()
    assert flag.resolved_by == act
