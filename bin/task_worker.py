"""Keeps one `manage.py task_worker` alive beside the server, and ends it with the server.

Started by gunicorn.conf.py. Standard library only, so that it takes next to no memory. A worker
that dies is started again, at first at once and then less and less often: one that cannot start
must not keep the machine busy, and one that was killed once must not stay away.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 300.0
LIVED_WELL = 600.0  # seconds after which a death counts as the first
TO_FINISH = 30.0  # seconds for the letter in hand
LOOK_EVERY = 0.25


class Keeper:
    """Starts the worker, watches it and its own parent, and stops both ways."""

    def __init__(self, parent: int, command: list[str] | None = None) -> None:
        self.parent = parent
        own = ["--beside", str(os.getpid())]
        self.command = command or [sys.executable, str(ROOT / "manage.py"), "task_worker", *own]
        self.stopping = False
        self.pause = FIRST_PAUSE

    def listen(self) -> None:
        """Stop on SIGTERM alone. A terminal sends the others to all; the server tells us."""
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # and the worker inherits it
        signal.signal(signal.SIGTERM, self.stop)

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        """End the worker, and then ourselves."""
        self.stopping = True

    def is_over(self) -> bool:
        """Return whether to end: we were told to, or the server is gone, however it went."""
        return self.stopping or os.getppid() != self.parent

    def run(self) -> None:
        """Keep a worker until it is over."""
        while not self.is_over():
            begun = time.monotonic()
            worker = subprocess.Popen(self.command, cwd=ROOT)
            while worker.poll() is None and not self.is_over():
                time.sleep(LOOK_EVERY)
            if worker.poll() is None:
                self._end(worker)
                return
            if self.is_over():
                return
            if time.monotonic() - begun > LIVED_WELL:
                self.pause = FIRST_PAUSE
            self._wait(worker.returncode)

    def _wait(self, code: int) -> None:
        """Say that the worker died, and wait a while, longer each time."""
        words = f"The task worker ended (exit code {code}); starting it again in {self.pause:.0f} s"
        print(words, file=sys.stderr, flush=True)
        until = time.monotonic() + self.pause
        while time.monotonic() < until and not self.is_over():
            time.sleep(LOOK_EVERY)
        self.pause = min(self.pause * 2, LONGEST_PAUSE)

    def _end(self, worker: subprocess.Popen) -> None:
        worker.terminate()
        try:
            worker.wait(TO_FINISH)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


def main() -> None:
    """Keep the worker of the process that started us."""
    keeper = Keeper(parent=os.getppid())
    keeper.listen()
    keeper.run()


if __name__ == "__main__":
    main()
