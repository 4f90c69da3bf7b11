"""Posts 500 comments at once and counts them: each that was accepted must be there exactly once.

    bin/with-python bench/comment_posts.py [--kill]
    bin/with-postgresql bin/with-python bench/comment_posts.py --postgresql [--kill]

Serves the site with gunicorn, as production does, from a scratch folder. `--kill` kills one worker
after another while people post. README.md beside it tells what is counted, and what came out.
Ends with 1 where anything is wrong.
"""

import argparse
import os
import random
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bin"))

from comment_client import LOST, Job, Outcome, Person, run_all
from comment_counts import wrong

from environment import ROOT
from site_server import free_port

WORKERS = 4
BETWEEN = 2  # comments that get through between two kills; a worker needs a second to start
REPLIES, DOUBLES = 0.3, 0.25  # shares of the comments that answer another, and are clicked twice
WORDS = "a queue keeps what came first and the worker takes it when there is time"
DATABASE = "bench_comments"


@dataclass
class Server:
    """Gunicorn with its workers."""

    process: subprocess.Popen
    site: str
    killed: int = 0
    log: list[str] = field(default_factory=list)

    def workers(self) -> list[int]:
        """Return the process ids of the workers."""
        listed = subprocess.run(
            ["ps", "-axo", "pid=,ppid="], capture_output=True, text=True, check=True
        ).stdout
        pairs = (map(int, line.split()) for line in listed.splitlines())
        return [pid for pid, parent in pairs if parent == self.process.pid]

    def faults(self) -> list[str]:
        """Return what it complained about, apart from the workers that we killed."""
        return [line for line in self.log if "ERROR" in line and "SIGKILL" not in line]

    def kill_one(self, chance: random.Random) -> None:
        """Kill a worker in the middle of whatever it does."""
        with suppress(ProcessLookupError, IndexError):
            os.kill(chance.choice(self.workers()), signal.SIGKILL)
            self.killed += 1


def settle(scratch: Path, *, is_postgresql: bool) -> str:
    """Set the environment of the site, as for production; return its address."""
    database = f"sqlite:///{scratch / 'site.sqlite3'}"
    if is_postgresql:
        import psycopg

        server = os.environ.get("DATABASE_URL", "")
        if not server.startswith("postgres"):
            raise SystemExit("DATABASE_URL must name a PostgreSQL server: bin/with-postgresql.")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
            connection.execute(f"CREATE DATABASE {DATABASE}")
        database = server.rpartition("/")[0] + f"/{DATABASE}"
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    for name in ("DEBUG", "ALLOWED_HOSTS", "REDIS_URL", "EMAIL_HOST", "GUNICORN_BIND"):
        os.environ.pop(name, None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "backend_guide.settings",
        "VAR_DIR": str(scratch),
        "DATABASE_URL": database,
        "SECRET_KEY": secrets.token_urlsafe(64),
        "SITE_URL": site,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "TRUSTED_PROXY_COUNT": "1",
        "WEB_CONCURRENCY": str(WORKERS),
    }
    return site


def fill() -> tuple[Any, list[int]]:
    """Create tables, static files, a guide, and some comments to answer; return guide and those."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from articles.tests.factories import create_live_guide
    from comments.tests.factories import create_comment

    guide = create_live_guide(title="How a queue works")
    answerable = [create_comment(guide, text=f"Answer me {number}.") for number in range(10)]
    return guide, [comment.pk for comment in answerable]


def jobs_for(guide: Any, answerable: list[int], count: int) -> list[Job]:
    """Return what everybody will say; the same in each run."""
    chance = random.Random(20261122)
    from django.urls import reverse

    path = reverse("comments:write", args=[guide.slug])
    return [
        Job(
            number=number,
            address=f"198.18.{number // 250}.{number % 250 + 1}",  # of the range for measurements
            path=path,
            text=f"Marker {number}.\n\nI *know* that "
            + " ".join(chance.choices(WORDS.split(), k=chance.randint(10, 200)))
            + ".",
            parent=chance.choice(answerable) if chance.random() < REPLIES else None,
            is_double=chance.random() < DOUBLES,
        )
        for number in range(count)
    ]


@contextmanager
def served(site: str, scratch: Path) -> Iterator[Server]:
    """Serve the site and wait until it answers."""
    command = [sys.executable, "-m", "gunicorn", "backend_guide.wsgi"]
    said = (scratch / "server.log").open("w+", encoding="utf-8")
    with said, subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said) as process:
        server = Server(process, site)
        try:
            _wait(server)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=60)
            said.seek(0)
            server.log = said.read().splitlines()


def _wait(server: Server) -> None:
    for _ in range(300):
        with suppress(*LOST):
            Person(server.site, "198.18.255.1").ask("/guides/", None)
            return
        if server.process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit("The site did not start.")


def keep_killing(server: Server, outcomes: list[Outcome], total: int, every: float) -> None:
    """Kill a random worker again and again, until everybody is through."""
    chance = random.Random(7)
    due = 0
    while len(outcomes) < total:
        time.sleep(every)
        if len(outcomes) >= due:
            due = len(outcomes) + BETWEEN
            server.kill_one(chance)


def report(outcomes: list[Outcome], seconds: float, server: Server) -> None:
    """Print the figures of README.md."""
    from comments.models import Comment

    sends = [time for one in outcomes for time in one.sends]
    previews = [time for one in outcomes for time in one.previews]
    lost = [one for one in outcomes if one.lost]
    stored = dict(Comment.objects.values_list("submission", "created_at"))
    before = sum(_was_stored(one, stored) for one in lost)
    rows = {
        "accepted": sum(one.is_accepted for one in outcomes),
        "accepted per second": f"{len(outcomes) / seconds:.0f}",
        "median of a preview": _milliseconds(previews, 50),
        "median of sending": _milliseconds(sends, 50),
        "99th percentile of sending": _milliseconds(sends, 99),
        "workers killed": server.killed,
        "sent forms that got no answer": sum(len(one.lost) for one in lost),
        "of those comments, stored all the same before the second try": before,
    }
    print("\n".join(f"| {name} | {value} |" for name, value in rows.items()))


def _milliseconds(times: list[float], percentile: int) -> str:
    return f"{statistics.quantiles(times or [0.0, 0.0], n=100)[percentile - 1] * 1000:.0f} ms"


def _was_stored(one: Outcome, stored: dict[Any, datetime]) -> bool:
    from comments import submissions

    sent = submissions.read(one.submission)
    at = stored.get(sent.uuid) if sent else None
    return at is not None and at < datetime.fromtimestamp(min(one.lost), UTC)


def main() -> int:
    """Serve, post, count; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--postgresql", action="store_true", help="on the server of DATABASE_URL")
    parser.add_argument("--kill", action="store_true", help="kill workers while people post")
    parser.add_argument("--every", type=float, default=0.5, help="seconds between two kills")
    parser.add_argument("--comments", type=int, default=500)
    parser.add_argument("--clients", type=int, default=32, help="people at the same time")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="comment-posts-") as folder:
        site = settle(Path(folder), is_postgresql=asked.postgresql)
        guide, answerable = fill()
        jobs = jobs_for(guide, answerable, asked.comments)
        with served(site, Path(folder)) as server:
            outcomes: list[Outcome] = []
            if asked.kill:
                told = (server, outcomes, len(jobs), asked.every)
                threading.Thread(target=keep_killing, args=told, daemon=True).start()
            begun = time.perf_counter()
            run_all(jobs, asked.clients, site, outcomes)
            seconds = time.perf_counter() - begun
        found = wrong(outcomes, guide, answerable)
        report(outcomes, seconds, server)
        found += [f"the server said: {line}" for line in server.faults()]
    print("\n".join(found[:40]) or "Nothing is wrong.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
