"""A site that a test may write to: a copy of the one that the other tests only read."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from environment import PYTHON, ROOT
from site_server import SiteServer

BACKSTAGE = Path(__file__).resolve().parent / "backstage.py"


class OwnSite(SiteServer):
    """A served copy, and the process behind the scenes; a context manager.

    Letters stay in the outbox, where `link_in_letter` finds them. It believes one proxy, so that
    each visitor may come from a network of their own.
    """

    command = (str(PYTHON), "-m", "gunicorn", "backend_guide.wsgi")

    def __init__(self, original: Path, var_dir: Path) -> None:
        var_dir.mkdir()
        for name in ("static", "media"):
            if (original / name).exists():
                (var_dir / name).symlink_to(original / name)
        shutil.copy(original / "secret-key", var_dir)
        with (
            closing(sqlite3.connect(original / "site.sqlite3")) as source,
            closing(sqlite3.connect(var_dir / "site.sqlite3")) as copy,
        ):
            source.backup(copy)
        super().__init__(var_dir)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of this site."""
        return super().environment | {
            "TASK_WORKER": "0",
            "TRUSTED_PROXY_COUNT": "1",
            "STAFF_SECOND_FACTOR": "0",  # journeys that are about it switch it on
        }

    def __enter__(self) -> Self:
        self.start()
        self._backstage = subprocess.Popen(
            [sys.executable, str(BACKSTAGE)],
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._backstage.communicate()
        self.stop()

    def make_account(self, email: str, password: str, name: str, *, is_moderator: bool) -> None:
        """Make an account with a confirmed address."""
        self._ask("account", email=email, password=password, name=name, is_moderator=is_moderator)

    def link_in_letter(self, to: str, holding: str) -> str:
        """Return the link of the latest letter to somebody. Raises KeyError where there is none."""
        return str(self._ask("letter", to=to, holding=holding)["link"])

    def _ask(self, do: str, **what: Any) -> dict[str, Any]:
        assert self._backstage.stdin is not None
        assert self._backstage.stdout is not None
        self._backstage.stdin.write(json.dumps({"do": do, **what}) + os.linesep)
        self._backstage.stdin.flush()
        answer: dict[str, Any] = json.loads(self._backstage.stdout.readline())
        return answer
