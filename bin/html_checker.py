"""The HTML checker of the W3C's community, as a server: started once, it reads a page in 20 ms."""

import json
import os
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from environment import ROOT
from site_server import free_port

JAR = ROOT / "tests" / "browser" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# It lives for minutes: thorough compiling and collecting on all cores cost more than they save.
JAVA = ("java", "-Xss4m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
MAIN = "nu.validator.servlet.Main"
STARTED = "Checker service started"


class HtmlChecker:
    """The running server; a context manager. It comes up while other things are done."""

    def __init__(self, jar: Path = JAR) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
        self._command = [
            *(*JAVA, "-Dnu.validator.servlet.bind-address=127.0.0.1"),
            *("-cp", str(jar), MAIN, str(self.port)),
        ]

    def ready(self, wait: float = 120) -> str:
        """Wait until it answers, and return its address. Raises RuntimeError with what it said."""
        ends = time.monotonic() + wait
        while STARTED not in self.output():
            if self.process.poll() is not None or time.monotonic() > ends:
                raise RuntimeError(f"The HTML checker did not start.\n{self.output()}")
            time.sleep(0.1)
        return self.url

    def output(self) -> str:
        """Return everything it printed."""
        handle = self._log.fileno()
        return os.pread(handle, os.fstat(handle).st_size, 0).decode("utf-8", "replace")

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


def faults(checker: str, name: str, html: bytes, known: tuple[str, ...] = ()) -> list[str]:
    """Return what the checker at an address says about a page; `known` begin what may be said."""
    headers = {"Content-Type": "text/html; charset=utf-8"}
    request = urllib.request.Request(f"{checker}/?out=json", data=html, headers=headers)
    with urllib.request.urlopen(request, timeout=120) as response:
        messages: list[dict[str, Any]] = json.load(response)["messages"]
    return [
        f"{name}:{message.get('lastLine', '?')} {message.get('subType', message['type'])}: "
        f"{message['message']} {message.get('extract', '')!r}"
        for message in messages
        if not message["message"].startswith(known)
    ]
