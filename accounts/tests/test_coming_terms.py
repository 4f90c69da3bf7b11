"""A notable change that is coming is told once, by letter, to everybody with an account."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.data import erasure
from accounts.models import CommentsChoice, Document, User
from accounts.terms import announcements
from accounts.tests.entering import words
from accounts.tests.factories import create_user
from accounts.tests.papers import put
from mailing import outbox
from mailing.models import Letter
from mailing.tests.postbox import deliver_all

pytestmark = pytest.mark.django_db
TASK = "accounts.terms.announcements.tell"


def waiting() -> list[tuple[int, int]]:
    """Return what the worker has to do for announcements, in order."""
    tasks = DBTaskResult.objects.filter(task_path=TASK, status="READY").order_by("enqueued_at")
    return [tuple(task.args_kwargs["args"]) for task in tasks]


def work_off() -> int:
    """Do as the worker does until nothing is left; return how many tasks that were."""
    done = 0
    while left := DBTaskResult.objects.filter(task_path=TASK, status="READY").first():
        DBTaskResult.objects.filter(pk=left.pk).update(
            status="SUCCESSFUL", finished_at=timezone.now()
        )
        announcements.tell.call(*left.args_kwargs["args"])
        done += 1
    return done


def coming(days: int = 14, **more):
    """Publish a first version, and another that comes in some days."""
    put(days=-100)
    return put(days=days, **more)


def told() -> list[str]:
    return sorted(letter.to[0] for letter in deliver_all() if "New from" in letter.subject)


def test_everybody_with_a_confirmed_address_is_told_what_changes_and_when() -> None:
    user = create_user()
    version = coming(change="Comments may be shorter.")

    assert work_off() == 1

    (letter,) = deliver_all()
    assert letter.to == [user.email]
    assert letter.subject == f"New from {version.in_force_from:%-d %B %Y}: our terms"
    assert "> Comments may be shorter." in letter.body
    assert f"http://localhost:8000/terms/versions/{version.number}/" in letter.body
    assert "http://localhost:8000/account/data/" in letter.body


def test_nobody_else_is_told() -> None:
    create_user(email="told@example.org")
    create_user(email="off@example.org")
    User.objects.filter(email="off@example.org").update(is_active=False)
    create_user(email="open@example.org")
    EmailAddress.objects.filter(email="open@example.org").update(verified=False)
    leaving = create_user(email="leaving@example.org")
    coming()
    erasure.request(leaving, CommentsChoice.REMOVE)
    create_user(email="later@example.org")
    User.objects.filter(email="later@example.org").update(
        date_joined=timezone.now() + timedelta(seconds=5)
    )

    work_off()

    assert told() == ["told@example.org"]


def test_it_goes_in_batches_and_passes_over_gaps(monkeypatch) -> None:
    monkeypatch.setattr(announcements, "BATCH", 2)
    people = [create_user() for _ in range(5)]
    far = create_user()
    User.objects.filter(pk=far.pk).delete()
    far = create_user()
    coming()

    tasks = work_off()

    assert 3 <= tasks <= 5
    assert told() == sorted(user.email for user in [*people, far])


def test_nothing_is_told_twice_also_after_the_outbox_was_emptied() -> None:
    create_user()
    version = coming()
    work_off()
    assert len(told()) == 1

    outbox.forget_sent(timezone.now() + timedelta(days=30))
    announcements.tell.call(version.pk, 0)

    assert len(told()) == 1
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "notable", "number"), [(0, True, 2), (14, False, 2), (14, True, 1)]
)
def test_what_is_not_coming_not_notable_or_the_first_is_not_announced(days, notable, number):
    create_user()
    if number == 2:
        put(days=-100)
    put(days=days, notable=notable)

    assert waiting() == []


def test_task_that_comes_too_late_tells_nobody() -> None:
    create_user()
    coming()
    version = put(Document.PRIVACY, days=-1)

    assert announcements.tell.call(version.pk, 0) == 0
    assert told() == []


def test_notifications_say_that_it_cannot_be_switched_off(client) -> None:
    client.force_login(create_user())

    page = words(client.get("/account/notifications/"))

    assert "Changes of our terms" in page.partition("We always send these")[2]
