"""The worker: it sends within seconds, survives what fails, and takes up what another left."""

import os
import signal
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from mailing import delivery, outbox, worker
from mailing.models import Letter
from mailing.tests.letters import queue_letter
from mailing.worker import Worker, forget_results, requeue_stale

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _connections_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test runs in one transaction of one connection; the worker would close it."""
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    monkeypatch.setattr("mailing.worker.connections.close_all", lambda: None)


@pytest.fixture
def _signals() -> Iterator[None]:
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def stale(started: timedelta, starts: int = 1) -> DBTaskResult:
    """Return the task of a new letter, as a worker that was killed left it."""
    queue_letter(f"act-{Letter.objects.count()}")
    task = DBTaskResult.objects.order_by("-enqueued_at")[0]
    task.status = TaskResultStatus.RUNNING
    task.started_at = timezone.now() - started
    task.worker_ids = [f"worker-{number}" for number in range(starts)]
    task.save()
    return task


def test_a_letter_goes_out_through_its_task(monkeypatch) -> None:
    monkeypatch.setattr(outbox, "sweep", lambda should_stop: None)
    queue_letter()
    Worker().work()
    assert len(mail.outbox) == 1
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_a_letter_goes_out_without_its_task() -> None:
    queue_letter()
    DBTaskResult.objects.all().delete()
    Worker().work()
    assert len(mail.outbox) == 1


def test_task_and_sweep_together_send_one_letter() -> None:
    queue_letter()
    Worker().work()
    Worker().work()
    assert len(mail.outbox) == 1


def test_more_tasks_than_are_run_in_a_row(monkeypatch) -> None:
    monkeypatch.setattr(outbox, "sweep", lambda should_stop: None)
    for number in range(worker.IN_A_ROW * 2 + 1):
        queue_letter(f"act-{number}")
    Worker().work()
    assert len(mail.outbox) == worker.IN_A_ROW * 2 + 1


def test_after_a_fault_the_sweep_sends_it_a_minute_later(server_down) -> None:
    queue_letter()
    beside = Worker()
    beside.work()
    server_down(None)
    beside.work()
    assert mail.outbox == []
    Letter.objects.update(next_try_at=timezone.now())
    beside._sweep_at = 0
    beside.work()
    assert len(mail.outbox) == 1


def test_a_killed_worker_loses_no_letter() -> None:
    """The task stays RUNNING for good; the letter is due, and the next worker sweeps first."""
    task = stale(timedelta(seconds=5))
    Worker().work()
    assert len(mail.outbox) == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.RUNNING


def test_a_worker_killed_with_a_letter_in_its_hands_loses_nothing_either() -> None:
    stale(timedelta(seconds=5))
    Letter.objects.update(claimed_until=timezone.now() + delivery.LEASE, attempts=1)
    beside = Worker()
    beside.work()
    assert mail.outbox == []
    Letter.objects.update(claimed_until=timezone.now())
    beside._sweep_at = 0
    beside.work()
    assert len(mail.outbox) == 1


def test_stale_tasks_are_run_again_but_not_for_ever(caplog) -> None:
    fresh, old, deadly = (
        stale(timedelta(minutes=14)),
        stale(timedelta(minutes=16)),
        stale(timedelta(minutes=16), starts=3),
    )
    assert requeue_stale() == 1
    for task, status in (
        (fresh, TaskResultStatus.RUNNING),
        (old, TaskResultStatus.READY),
        (deadly, TaskResultStatus.FAILED),
    ):
        task.refresh_from_db()
        assert task.status == status
    assert "is given up" in caplog.text


def test_results_are_forgotten_after_a_week() -> None:
    queue_letter()
    Worker().work()
    assert forget_results() == 0
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=8))
    assert forget_results() == 1


def test_a_database_that_is_away_is_waited_for(monkeypatch, caplog) -> None:
    faults = iter([True, True, False])
    pauses = []
    beside = Worker()

    def work() -> None:
        if next(faults):
            raise OperationalError("could not connect as secret-user")
        beside.stop()

    monkeypatch.setattr(beside, "work", work)
    monkeypatch.setattr(beside, "_rest", lambda: pauses.append(beside._pause))
    beside.run()
    assert pauses == [2, 4, 1]
    assert "The worker waits 2 s: OperationalError" in caplog.text
    assert "secret-user" not in caplog.text


def test_it_rests_in_small_pieces() -> None:
    slept = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        beside.stop()

    beside = Worker(sleep=sleep)
    beside._rest()
    assert slept == [0.25]


@pytest.mark.usefixtures("_signals")
@pytest.mark.parametrize("way", ["task", "sweep"])
def test_it_finishes_its_letter_when_it_is_told_to_stop(monkeypatch, way) -> None:
    if way == "task":
        monkeypatch.setattr(outbox, "sweep", lambda should_stop: None)
    beside = Worker()
    beside.listen()
    queue_letter("act-1")
    queue_letter("act-2")
    real = delivery._note_sent

    def note(letter: Letter) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        real(letter)

    monkeypatch.setattr(delivery, "_note_sent", note)
    beside.run()
    assert len(mail.outbox) == 1
    assert Letter.objects.filter(sent_at__isnull=False).count() == 1


@pytest.mark.usefixtures("_signals")
def test_beside_a_server_it_leaves_ctrl_c_to_that() -> None:
    Worker(parent=os.getppid()).listen()
    assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN


def test_it_ends_with_the_process_it_belongs_to() -> None:
    queue_letter()
    Worker(parent=os.getppid() + 1).run()
    assert mail.outbox == []
    assert not Worker(parent=os.getppid()).is_over()


@pytest.mark.usefixtures("_signals")
def test_the_command_runs_until_it_is_stopped(monkeypatch) -> None:
    queue_letter()
    monkeypatch.setattr(Worker, "_rest", Worker.stop)
    call_command("task_worker")
    assert len(mail.outbox) == 1


def test_what_is_due_is_forgotten_once_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr("mailing.worker.retention.purge", lambda: done.append("tidied"))
    busy = Worker()
    busy.work()
    busy.work()
    assert done == ["tidied"]
