"""Runs Lighthouse, and once more where the tool itself fails, as it does on a busy machine."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from environment import ROOT

TOOL = ROOT / "tests" / "browser" / "node_modules" / "lighthouse" / "cli" / "index.js"
COMMAND = ("node", str(TOOL))
ATTEMPTS = 3
SECONDS = 150.0
MOST_WORDS = 4000  # the end of what the tool said


class ToolError(Exception):
    """The tool failed and measured nothing; says what it said itself."""


def report(
    url: str,
    chromium: str,
    flags: Iterable[str],
    *,
    command: tuple[str, ...] = COMMAND,
    seconds: float = SECONDS,
) -> dict[str, Any]:
    """Return the report about a page. Raises ToolError where no attempt gives one.

    What the report says is not judged here: a low score is a result, and not tried again.
    """
    failures = []
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _once(url, chromium, flags, command, seconds)
        except ToolError as error:
            failures.append(f"Lighthouse failed on {url}, attempt {attempt}: {error}")
            print(failures[-1], file=sys.stderr, flush=True)
    raise ToolError("\n".join(failures))


def _once(
    url: str, chromium: str, flags: Iterable[str], command: tuple[str, ...], seconds: float
) -> dict[str, Any]:
    """Run the tool in a new profile of the browser, and read its report."""
    with tempfile.TemporaryDirectory(prefix="lighthouse-", ignore_cleanup_errors=True) as scratch:
        file = Path(scratch) / "report.json"
        all_flags = ["--headless=new", f"--user-data-dir={scratch}/profile", *flags]
        words = [
            *(*command, url, "--quiet", "--no-enable-error-reporting"),
            "--disable-full-page-screenshot",  # nobody looks at it, and it takes seconds
            *("--output=json", f"--output-path={file}", f"--chrome-flags={' '.join(all_flags)}"),
        ]
        said = _run(words, chromium, seconds)
        return _read(file, said)


def _run(words: list[str], chromium: str, seconds: float) -> str:
    """Run a command, and return what it said. Raises ToolError where it fails or does not end."""
    with subprocess.Popen(
        words,
        env={**os.environ, "CHROME_PATH": chromium},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        fault = ""
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            fault = f"no end after {seconds:.0f} s"
            said = _end(process)
    if not fault and process.returncode:
        fault = f"exit status {process.returncode}"
    said = said[-MOST_WORDS:]
    if fault:
        raise ToolError(f"{fault}\n{said}")
    return said


def _end(process: subprocess.Popen[str]) -> str:
    """End the tool as Ctrl-C would, so that it ends its browser too; return what it said."""
    process.send_signal(signal.SIGINT)
    try:
        said, _ = process.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
    return said


def _read(file: Path, said: str) -> dict[str, Any]:
    """Return the report in a file. Raises ToolError where it is missing, broken, or of no page."""
    try:
        result: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ToolError(f"no report to read: {error}\n{said}") from error
    if fault := result.get("runtimeError"):
        raise ToolError(f"{fault.get('code')}: {fault.get('message')}\n{said}")
    if not result.get("categories"):
        raise ToolError(f"a report without categories\n{said}")
    return result
