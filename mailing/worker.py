"""The worker: runs the tasks of the site and sweeps the outbox, until it is told to stop.

One process, one thread, nothing at the same time: so SIGTERM lets the letter in hand be finished,
and nothing is left half done unless the process is killed. What a killed worker held is taken up
again: letters by the sweep, other tasks by `requeue_stale`, so tasks must bear being run twice.
"""

import logging
import os
import signal
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType

from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as Runner
from django_tasks_db.models import DBTaskResult

from core import retention
from mailing import outbox

logger = logging.getLogger(__name__)

POLL = 1.0  # seconds between looks for new tasks
SWEEP_EVERY = 60.0
TIDY_EVERY = 3600.0
LONGEST_PAUSE = 60.0  # while the database is away
IN_A_ROW = 10  # tasks between two looks at whether to stop
STALE = timedelta(minutes=15)  # no task of the house takes longer
MOST_STARTS = 3  # a task that took three workers down with it is given up
RESULTS_KEPT = timedelta(days=7)


class Worker:
    """Everything that is done beside the server. `parent` is the process to end with, if any."""

    def __init__(self, parent: int | None = None, sleep: Callable[[float], None] = time.sleep):
        self.parent = parent
        self.sleep = sleep
        self.stopping = False
        self.runner: Runner | None = None
        self._sweep_at = self._tidy_at = 0.0
        self._pause = POLL

    def listen(self) -> None:
        """Stop on SIGTERM. Ctrl-C, which a terminal sends to all, is left to the server."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop if self.parent is None else signal.SIG_IGN)

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        """Finish what is in hand, and end."""
        self.stopping = True
        if self.runner is not None:
            self.runner.running = False

    def is_over(self) -> bool:
        """Return whether to end: we were told to, or the process we belong to is gone."""
        return self.stopping or (self.parent is not None and os.getppid() != self.parent)

    def run(self) -> None:
        """Work until it is over. A database that is away is waited for."""
        while not self.is_over():
            try:
                self.work()
                self._pause = POLL
            except (DatabaseError, InterfaceError) as error:
                self._pause = min(self._pause * 2, LONGEST_PAUSE)
                name = type(error).__name__
                logger.warning("The worker waits %.0f s: %s", self._pause, name)
                connections.close_all()
            close_old_connections()
            self._rest()

    def work(self) -> None:
        """Do what is to be done now, once."""
        now = time.monotonic()
        if now >= self._tidy_at:
            self._tidy_at = now + TIDY_EVERY
            retention.purge()
        if now >= self._sweep_at:
            self._sweep_at = now + SWEEP_EVERY
            requeue_stale()
            outbox.sweep(self.is_over)
        tasks = DBTaskResult.objects.filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS)
        while not self.is_over() and tasks.ready().exists():
            self._run_tasks()

    def _run_tasks(self) -> None:
        self.runner = Runner(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=IN_A_ROW,
            worker_id=get_random_string(32),
        )
        self.runner.run()
        self.runner = None

    def _rest(self) -> None:
        """Wait, in small pieces: a signal does not end a sleep."""
        until = time.monotonic() + self._pause
        while not self.is_over() and (left := until - time.monotonic()) > 0:
            self.sleep(min(left, 0.25))


def requeue_stale() -> int:
    """Have tasks run again whose worker died while it ran them; return how many.

    One that was started three times already is marked as failed instead.
    """
    count = 0
    stale = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - STALE)
    for result in stale:
        unchanged = DBTaskResult.objects.running().filter(
            pk=result.pk, started_at=result.started_at
        )
        if len(result.worker_ids) >= MOST_STARTS:
            unchanged.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
            logger.error("Task %s of %s is given up: its workers died", result.pk, result.task_path)
        else:
            count += unchanged.update(status=TaskResultStatus.READY)
    return count


def forget_results(now: datetime | None = None) -> int:
    """Delete what is remembered of tasks that ended a week ago; return how many rows."""
    before = (now or timezone.now()) - RESULTS_KEPT
    old = DBTaskResult.objects.finished().filter(finished_at__lt=before)
    return old.delete()[0]
