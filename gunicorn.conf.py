"""How gunicorn serves the site, at home and in production. The environment changes the numbers.

Two workers of four threads answered as fast as five single-threaded ones in half the memory, and
slow readers do not block them. Workers are replaced now and then, not both at the same moment.
"""

import os
import signal
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
