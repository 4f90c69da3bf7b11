"""Starts the site as a stranger would, twice, and stops it both ways. Prints the times.

Run by .ci/run; needs nothing installed.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bin"))

from environment import ROOT
from site_server import SiteServer

SECOND_START = 15.0
STOPPING = 10.0
MAIL_WITHIN = 15.0
failures: list[str] = []


def expect(ok: bool, words: str) -> None:
    """Note one observation."""
    print(f"  {'ok    ' if ok else 'FAILED'}  {words}", flush=True)
    if not ok:
        failures.append(words)


def make(server: SiteServer, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a make target against the same site."""
    return subprocess.run(
        ["make", "--no-print-directory", *words],
        cwd=ROOT,
        env=server.environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def guides(server: SiteServer) -> set[str]:
    """Return the addresses of the guides that the list shows."""
    with urllib.request.urlopen(f"{server.url}/guides/", timeout=30) as response:
        text = response.read().decode()
    return set(re.findall(r'href="(/guides/[a-z0-9-]+/)"', text))


def first_start(server: SiteServer) -> None:
    """From an empty folder: guides, a key only its owner reads, an editor, a taken port."""
    server.start()
    expect(True, f"first start, empty var/: {server.seconds:.1f} s")
    found = guides(server)
    expect(len(found) >= 10, f"{len(found)} guides in the list")
    bad = [path for path in found if _status(server.url + path) != 200]
    expect(not bad, f"every guide answers 200 {bad or ''}")
    mode = (server.var_dir / "secret-key").stat().st_mode & 0o777
    expect(mode == 0o600, f"var/secret-key has mode {mode:o}")
    editor = make(server, "editor", "EMAIL=first@example.org")
    expect(editor.returncode == 0, "make editor while the site is served" + editor.stderr[-300:])
    letter_is_printed(server)
    second = make(server, "run")
    said = second.stdout + second.stderr
    expect(second.returncode != 0 and "taken" in said, f"a taken port: {said.strip()[:100]!r}")
    seconds = server.stop(signal.SIGINT)
    expect(seconds < STOPPING, f"Ctrl-C stops it in {seconds:.1f} s")
    nothing_is_left(server)


def manage(server: SiteServer, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a management command beside the served site."""
    return subprocess.run(
        ["bin/manage", *words],
        cwd=ROOT,
        env=server.environment,
        capture_output=True,
        text=True,
        check=False,
    )


def letter_is_printed(server: SiteServer) -> None:
    """What is queued by another process goes out through the worker beside the server."""
    queued = manage(server, "test_mail", "you@example.org")
    begun = time.perf_counter()
    while "To: you@example.org" not in server.output():
        if time.perf_counter() - begun > MAIL_WITHIN:
            break
        time.sleep(0.1)
    seconds = time.perf_counter() - begun
    ok = queued.returncode == 0 and server.output().count("To: you@example.org") == 1
    expect(ok, f"a queued letter is printed after {seconds:.1f} s {queued.stderr[-300:]}")


def nothing_is_left(server: SiteServer) -> None:
    """No process of the site outlives it for long."""
    assert server.process is not None
    for _ in range(50):
        try:
            os.killpg(server.process.pid, 0)
        except ProcessLookupError:
            expect(True, "no process of it is left")
            return
        time.sleep(0.1)
    expect(False, "no process of it is left")


def second_start(server: SiteServer) -> None:
    """From what the first one left: quick, and nothing lost."""
    key = (server.var_dir / "secret-key").read_text(encoding="ascii")
    server.start()
    expect(server.seconds < SECOND_START, f"second start: {server.seconds:.1f} s")
    expect(len(guides(server)) >= 10, "the guides are still there")
    kept = (server.var_dir / "secret-key").read_text(encoding="ascii")
    expect(kept == key, "the secret key is the same")
    count = "from accounts.models import User; print('people:', User.objects.count())"
    people = manage(server, "shell", "-v0", "-c", count)
    expect("people: 1" in people.stdout, "the editor is still there")
    seconds = server.stop(signal.SIGTERM)
    expect(seconds < STOPPING, f"SIGTERM stops it in {seconds:.1f} s")
    nothing_is_left(server)
    expect("Traceback" not in server.output(), "it stops without a traceback")


def unreachable_database(server: SiteServer) -> None:
    """A wrong DATABASE_URL is named, without its password."""
    address = "postgres://guide:hidden-word@127.0.0.1:1/guide"
    run = subprocess.run(
        ["make", "--no-print-directory", "run"],
        cwd=ROOT,
        env={**server.environment, "DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )
    said = run.stdout + run.stderr
    clear = "does not answer" in said and "hidden-word" not in said and "Traceback" not in said
    expect(run.returncode != 0 and clear, "an unreachable database is named")


def _status(url: str) -> int:
    with urllib.request.urlopen(url, timeout=30) as response:
        return int(response.status)


def main() -> int:
    """Run all of it; return the exit code."""
    with tempfile.TemporaryDirectory(prefix="start-check-") as scratch:
        var_dir = Path(scratch) / "var"
        for part in (first_start, second_start):
            server = SiteServer(var_dir)
            try:
                part(server)
            except (RuntimeError, OSError) as error:
                expect(False, str(error)[-3000:])
            finally:
                server.stop(signal.SIGKILL)
        unreachable_database(SiteServer(var_dir))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
