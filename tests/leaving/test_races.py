"""Two things at once around somebody who leaves, on a database that lets them run at once."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.data import erasure
from accounts.models import CommentsChoice, DeletionRequest, Erasure, User
from accounts.models.deletion import GRACE
from accounts.tests.factories import create_user
from articles.tests.factories import create_live_guide
from comments.admission import Refused
from comments.identity import Visitor, commenter_of
from comments.models import Comment, Flag
from comments.moderation import approve
from comments.posting import Draft, post
from comments.reports import flag
from comments.restrictions import restrict
from comments.states import Action, Reason
from core import retention
from learning import marks
from learning.models import ReadGuide, SavedGuide
from mailing.models import Letter

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time"),
]
NAME = "Rana Leaver"
MOMENT = 0.4  # seconds in which the other side comes to wait


class Beside(threading.Thread):
    """Something done on a connection of its own; `result` is what it returned or raised."""

    def __init__(self, do: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self.do = do
        self.result: Any = None
        self.start()

    def run(self) -> None:
        try:
            self.result = self.do()
        except Exception as error:  # noqa: BLE001  the test looks at it
            self.result = error
        finally:
            connection.close()

    def ended(self) -> Any:
        """Return the result, once there is one."""
        self.join(10)
        assert not self.is_alive()
        return self.result


@contextmanager
def beside_what_is_open(do: Callable[[], Any]) -> Iterator[list[Beside]]:
    """Do something beside a transaction of the test, which ends once the other side waits."""
    started: list[Beside] = []
    with transaction.atomic():
        yield started
        started.append(Beside(do))
        started[0].join(MOMENT)


def leaver() -> User:
    """Return somebody who was told something as a commenter, so that their row is kept."""
    user = create_user(display_name=NAME)
    moderator = create_user(role="Moderator")
    restrict(commenter_of(user), Action.HOLD_ALWAYS, user=moderator, reason=Reason.ABUSE)
    return user


def draft(user: User, guide: Any) -> Draft:
    return Draft(article=guide, text="Written at the last moment.", visitor=Visitor(user=user))


def test_comment_written_while_the_account_is_erased_keeps_no_name() -> None:
    user, guide = leaver(), create_live_guide()

    with beside_what_is_open(lambda: erasure.erase(user, CommentsChoice.REMOVE)) as other:
        comment = post(draft(user, guide))

    assert isinstance(other[0].ended(), Erasure)
    left = Comment.objects.get(pk=comment.pk)
    assert (left.name == NAME, left.text, left.author.stands_for_leavers) == (False, "", True)


def test_comment_that_comes_during_the_erasure_is_refused() -> None:
    user, guide = leaver(), create_live_guide()

    with beside_what_is_open(lambda: post(draft(user, guide))) as other:
        erasure.erase(user, CommentsChoice.ANONYMISE)

    assert isinstance(other[0].ended(), Refused)
    assert not Comment.objects.exists()


def test_guide_saved_during_the_erasure_leaves_no_row() -> None:
    user, guide = leaver(), create_live_guide()

    with beside_what_is_open(lambda: erasure.erase(user, CommentsChoice.REMOVE)) as other:
        marks.save(user, guide)

    assert isinstance(other[0].ended(), Erasure)
    assert not SavedGuide.objects.exists()


def test_guide_that_is_saved_as_the_account_goes_is_answered_kindly() -> None:
    user, guide = create_user(), create_live_guide()
    browser = Client()
    browser.force_login(user)
    address = f"/account/guides/{guide.slug}/"

    with beside_what_is_open(lambda: browser.post(address, {"act": "save"})) as other:
        erasure.erase(user, CommentsChoice.ANONYMISE)

    response = other[0].ended()
    assert (response.status_code, response.headers["Location"]) == (302, "/account/login/")
    assert "This account has been deleted meanwhile" in browser.get("/account/login/").text
    assert not SavedGuide.objects.exists()


def test_report_that_comes_during_the_erasure_is_refused() -> None:
    user, guide = leaver(), create_live_guide()
    comment = post(draft(create_user(display_name="Somebody Else"), guide))
    if not Comment.objects.approved().exists():
        approve(comment, user=create_user(role="Moderator"))
    visitor = Visitor(user=user)

    def report() -> Any:
        return flag(comment, visitor=visitor, network="", reason=Reason.SPAM)

    with beside_what_is_open(report) as other:
        erasure.erase(user, CommentsChoice.ANONYMISE)

    assert isinstance(other[0].ended(), Refused)
    assert not Flag.objects.exists()


def test_two_workers_that_purge_at_once_erase_and_tell_once() -> None:
    users = [create_user(), create_user()]
    earlier = timezone.now() - 2 * GRACE
    for user in users:
        DeletionRequest.objects.create(user=user, requested_at=earlier, due_at=earlier + GRACE)
    workers = [Beside(retention.purge) for _ in range(2)]

    counts = [worker.ended() for worker in workers]

    assert sorted(count["accounts-to-be-deleted"] for count in counts) in ([0, 2], [1, 1])
    assert not [key for count in counts for key, number in count.items() if number is None]
    assert Erasure.objects.count() == Letter.objects.count() == len(users)


def test_guide_is_saved_and_marked_once_from_two_browsers() -> None:
    user, guide = create_user(), create_live_guide()

    for act in (
        lambda: marks.save(user, guide),
        lambda: marks.mark_read(user, guide, guide.live_revision),
    ):
        with beside_what_is_open(act) as other:
            act()
        assert other[0].ended() is None

    assert SavedGuide.objects.count() == ReadGuide.objects.count() == 1
