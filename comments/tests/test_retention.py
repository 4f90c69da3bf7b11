"""What is forgotten with time, and what is not."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comments.models import Attempt, Comment, Commenter
from comments.moderation import decide, restrict
from comments.posting import ADDRESS_KEPT, confirm
from comments.states import Action, ActorKind, Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader
from core import retention
from mailing.models import Letter
from mailing.worker import Worker

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Forgotten:
    """How much of comments was forgotten, by kind."""

    network_hashes: int | None = 0
    tries: int | None = 0
    unconfirmed: int | None = 0
    addresses: int | None = 0
    report_ties: int | None = 0
    notifiers: int | None = 0


def forget(now: datetime | None = None) -> Forgotten:
    """Purge what is due, as the worker does."""
    counts = retention.purge(now)
    return Forgotten(
        network_hashes=counts["comments.networks"],
        tries=counts["comments.tries"],
        unconfirmed=counts["comments.unconfirmed"],
        addresses=counts["comments.unconfirmed-addresses"],
        report_ties=counts["comments.report-networks"],
        notifiers=counts["comments.notifiers"],
    )


def written(comment: Comment, *, ago: timedelta) -> Comment:
    """Let a comment have been written some time ago."""
    comment.created_at = timezone.now() - ago
    comment.save(update_fields=["created_at"])
    return comment


def test_hash_of_a_network_address_is_emptied_when_its_time_is_up() -> None:
    comment, later = create_comment(), create_comment()
    assert comment.address_hash
    assert comment.address_until == comment.created_at + ADDRESS_KEPT
    Comment.objects.filter(pk=later.pk).update(address_until=timezone.now() + 99 * DAY)
    assert forget(timezone.now() + ADDRESS_KEPT - DAY).network_hashes == 0
    assert forget(timezone.now() + ADDRESS_KEPT).network_hashes == 1
    comment.refresh_from_db()
    later.refresh_from_db()
    assert comment.address_hash == ""
    assert Comment.objects.filter(pk=comment.pk, address_until=None).exists()
    assert later.address_hash
    assert comment.text


def test_old_tries_are_forgotten() -> None:
    Attempt.objects.create(action="comment", key="a", at=timezone.now() - 2 * DAY)
    Attempt.objects.create(action="comment", key="a")
    assert forget().tries == 1
    assert Attempt.objects.count() == 1


def test_comment_that_nobody_confirmed_is_deleted_by_the_site() -> None:
    comment = written(create_comment(state=State.UNCONFIRMED), ago=31 * DAY)
    assert forget().unconfirmed == 1
    comment.refresh_from_db()
    assert comment.state == State.DELETED
    assert comment.text == comment.html == ""
    act = comment.acts.newest_first()[0]
    assert (act.actor_kind, act.reason) == (ActorKind.SYSTEM, Reason.NEVER_CONFIRMED)


def test_its_address_goes_with_it() -> None:
    comment = create_comment(state=State.UNCONFIRMED, email="typo@example.org")
    assert forget().addresses == 0
    written(comment, ago=31 * DAY)
    assert forget().addresses == 1
    assert not Commenter.objects.filter(guest_email="typo@example.org").exists()
    assert Commenter.objects.filter(pk=comment.author_id).exists()  # the log still names somebody
    assert not Letter.objects.waiting().exists()


@pytest.mark.parametrize("ago", [timedelta(), 29 * DAY])
def test_comment_that_may_yet_be_confirmed_waits(ago: timedelta) -> None:
    comment = written(create_comment(state=State.UNCONFIRMED), ago=ago)
    assert forget() == Forgotten()
    comment.refresh_from_db()
    assert comment.state == State.UNCONFIRMED
    assert comment.text


@pytest.mark.parametrize(
    "state", [state for state in State if state not in {State.RECEIVED, State.UNCONFIRMED}]
)
def test_old_comments_of_any_other_state_stay(state: State) -> None:
    comment = written(create_comment(state=state, email="gus@example.org"), ago=400 * DAY)
    before = Comment.objects.values("text", "state", "html").get(pk=comment.pk)
    found = forget()
    assert found.unconfirmed == 0
    assert found.addresses == 0
    assert Comment.objects.values("text", "state", "html").get(pk=comment.pk) == before
    assert comment.author.guest_email == "gus@example.org"


def test_address_with_another_comment_stays() -> None:
    comment = written(
        create_comment(state=State.UNCONFIRMED, email="gus@example.org"), ago=31 * DAY
    )
    create_comment(comment.thread.article, state=State.UNCONFIRMED, email="gus@example.org")
    found = forget()
    assert (found.unconfirmed, found.addresses) == (1, 0)


def test_address_of_a_restricted_person_stays() -> None:
    comment = written(create_comment(state=State.UNCONFIRMED), ago=31 * DAY)
    restrict(comment.author, Action.BAN, user=create_moderator(), reason=Reason.SPAM)
    found = forget()
    assert (found.unconfirmed, found.addresses) == (1, 0)


def test_people_who_never_commented_are_left_alone() -> None:
    Commenter.objects.create(guest_email="imported@example.org")
    create_reader()
    assert forget() == Forgotten()


def test_comment_confirmed_meanwhile_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    comment = written(create_comment(state=State.UNCONFIRMED), ago=31 * DAY)

    def confirmed_first(one: Comment, *args: object, **kwargs: object) -> object:
        confirm(one)
        return decide(one, *args, **kwargs)

    monkeypatch.setattr("comments.retention.decide", confirmed_first)
    assert forget().unconfirmed == 0
    comment.refresh_from_db()
    assert comment.state == State.PENDING
    assert comment.text


def test_again_is_nothing_new() -> None:
    written(create_comment(state=State.UNCONFIRMED), ago=31 * DAY)
    assert forget() != Forgotten()
    assert forget() == Forgotten()


def test_command_says_what_was_forgotten() -> None:
    written(create_comment(state=State.UNCONFIRMED), ago=31 * DAY)
    Comment.objects.update(address_until=timezone.now())
    out = StringIO()
    call_command("purge", stdout=out)
    lines = [line.split(":")[0].split() for line in out.getvalue().splitlines()]
    told = {key: count for count, key in lines}
    assert told["comments.networks"] == "1"
    assert told["comments.unconfirmed"] == "1"
    assert told["comments.unconfirmed-addresses"] == "1"
    assert told["comments.tries"] == told["comments.notifiers"] == "0"
    assert told["comments.report-networks"] == "0"


def test_each_kind_is_counted_alone() -> None:
    written(create_comment(state=State.UNCONFIRMED), ago=31 * DAY)
    assert asdict(forget()) == {
        "network_hashes": 0,
        "tries": 0,
        "unconfirmed": 1,
        "addresses": 1,
        "report_ties": 0,
        "notifiers": 0,
    }


def test_the_worker_forgets_once_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    comment = written(create_comment(state=State.UNCONFIRMED), ago=31 * DAY)
    # Running the letter that waits would close the connection in which this test stands.
    monkeypatch.setattr(Worker, "_run_tasks", lambda worker: DBTaskResult.objects.all().delete())
    Worker().work()
    comment.refresh_from_db()
    assert comment.state == State.DELETED
