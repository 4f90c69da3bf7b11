"""Starts the site the way a person does, with `make run`, and stops it again. For tests."""

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

from environment import ROOT

# What a developer may have set for another site must not reach this one.
OWN = {
    "DEBUG": "0",
    "ALLOWED_HOSTS": "",
    "REDIS_URL": "",
    "EMAIL_URL": "",
    "SECRET_KEY": "",
    "TASK_WORKER": "1",
}


def free_port() -> int:
    """Return a port of the loopback address that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class SiteServer:
    """A served site with its data in a folder of its own; a context manager."""

    command: tuple[str, ...] = ("make", "--no-print-directory", "run")

    def __init__(self, var_dir: Path, port: int | None = None) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.var_dir = var_dir
        self.seconds = 0.0
        self._log = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
        self.process: subprocess.Popen[str] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The environment of this site, for commands beside the server."""
        database = f"sqlite:///{self.var_dir / 'site.sqlite3'}"
        address = {"HOST": "127.0.0.1", "PORT": str(self.port), "SITE_URL": self.url}
        return {
            **os.environ,
            **OWN,
            **address,
            "VAR_DIR": str(self.var_dir),
            "DATABASE_URL": database,
        }

    def start(self, wait: float = 400) -> Self:
        """Start and wait for the home page. Raises RuntimeError with what the server said."""
        begun = time.perf_counter()
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            while not self._answers():
                if self.process.poll() is not None or time.perf_counter() - begun > wait:
                    raise RuntimeError(f"The site did not start.\n{self.output()}")
                time.sleep(0.1)
        except BaseException:  # nobody else would stop it
            self.stop(signal.SIGKILL)
            raise
        self.seconds = time.perf_counter() - begun
        return self

    def stop(self, how: signal.Signals = signal.SIGTERM) -> float:
        """Stop as Ctrl-C (SIGINT, to the whole group) or a supervisor would; return the seconds."""
        begun = time.perf_counter()
        if self.process and self.process.poll() is None:
            if how == signal.SIGTERM:
                self.process.terminate()
            else:
                os.killpg(self.process.pid, how)
            self.process.wait(timeout=40)
        return time.perf_counter() - begun

    def output(self) -> str:
        """Return everything the server printed, without moving the place where it goes on."""
        handle = self._log.fileno()
        return os.pread(handle, os.fstat(handle).st_size, 0).decode("utf-8", "replace")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/", timeout=20) as response:
                return bool(response.status == 200)
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"The home page answers {error.code}.\n{self.output()}") from error
        except OSError:
            return False

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
