"""How gunicorn serves the site, at home and in production. The environment changes the numbers.

Two workers of four threads answered as fast as five single-threaded ones in half the memory, and
slow readers do not block them. Workers are replaced now and then, not both at the same moment.

Beside them runs one process for what can wait, mail first of all (bin/task_worker.py). It starts
and ends with the server.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

_host = os.environ.get("HOST", "127.0.0.1")
_host = f"[{_host}]" if ":" in _host else _host
bind = os.environ.get("GUNICORN_BIND") or f"{_host}:{os.environ.get('PORT', '8000')}"

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
max_requests = 2000
max_requests_jitter = 200
keepalive = 5
timeout = 60
graceful_timeout = 20

# Two servers of one user would share the socket's default name, and nothing here uses it.
control_socket_disable = True

# Requests are logged by the proxy in front, or here with GUNICORN_ACCESS_LOG=- (standard output).
accesslog = os.environ.get("GUNICORN_ACCESS_LOG") or None
errorlog = "-"
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")


def post_worker_init(worker: Any) -> None:
    """Leave Ctrl-C to the master, which tells the workers to stop.

    A terminal sends it to every process, so a worker would be told twice; the second time, in the
    middle of the first, it could wait for its own lock until it was killed 20 seconds later.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)


_task_worker: subprocess.Popen | None = None


def when_ready(server: Any) -> None:
    """Start the task worker beside the server, unless TASK_WORKER=0."""
    global _task_worker  # noqa: PLW0603  one server, one worker
    wanted = os.environ.get("TASK_WORKER", "1").strip().lower()
    if wanted not in {"0", "false", "no", "off"}:
        keeper = Path(__file__).resolve().parent / "bin" / "task_worker.py"
        _task_worker = subprocess.Popen([sys.executable, str(keeper)])


def pre_fork(server: Any, worker: Any) -> None:
    """Whenever a web worker is replaced, see to it that the task worker's keeper is there too."""
    if _task_worker is not None and _task_worker.poll() is not None:
        when_ready(server)


def on_exit(server: Any) -> None:
    """End the task worker; it may finish the letter in its hands."""
    if _task_worker is None:
        return
    _task_worker.terminate()
    try:
        _task_worker.wait(8)
    except subprocess.TimeoutExpired:
        server.log.warning("The task worker still sends a letter and ends after it.")
