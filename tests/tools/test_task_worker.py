"""The worker beside the server: it starts and ends with it, and is started again when it dies."""

import os
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import task_worker
from task_worker import Keeper

from environment import ROOT

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)",
]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task_worker, "LOOK_EVERY", 0.01)


def stop_when(keeper: Keeper, monkeypatch: pytest.MonkeyPatch, starts: int) -> list[int]:
    """Tell the keeper to stop once so many workers were started; return their process ids."""
    real, pids = subprocess.Popen, []

    def start(*arguments, **options):
        worker = real(*arguments, **options)
        pids.append(worker.pid)
        if len(pids) == starts:
            keeper.stop()
        return worker

    monkeypatch.setattr(subprocess, "Popen", start)
    return pids


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("command", [SLEEPS, STUBBORN])
def test_the_worker_ends_with_its_keeper(monkeypatch, command) -> None:
    monkeypatch.setattr(task_worker, "TO_FINISH", 0.5)
    keeper = Keeper(os.getppid(), command)
    pids = stop_when(keeper, monkeypatch, starts=1)
    keeper.run()
    assert len(pids) == 1
    assert not is_alive(pids[0])


def test_a_worker_that_dies_is_started_again_less_and_less_often(monkeypatch, capfd) -> None:
    monkeypatch.setattr(task_worker, "LONGEST_PAUSE", 0.05)
    keeper = Keeper(os.getppid(), [sys.executable, "-c", "raise SystemExit(7)"])
    keeper.pause = 0.02
    pids = stop_when(keeper, monkeypatch, starts=4)
    keeper.run()
    assert len(pids) == 4
    assert keeper.pause == 0.05
    assert "The task worker ended (exit code 7)" in capfd.readouterr().err


def test_after_a_good_life_a_death_counts_as_the_first(monkeypatch) -> None:
    monkeypatch.setattr(task_worker, "LIVED_WELL", 0.0)
    monkeypatch.setattr(task_worker, "FIRST_PAUSE", 0.01)
    keeper = Keeper(os.getppid(), [sys.executable, "-c", ""])
    keeper.pause = 40.0
    stop_when(keeper, monkeypatch, starts=2)
    keeper.run()
    assert keeper.pause < 1


def test_without_its_server_nothing_is_started(monkeypatch) -> None:
    keeper = Keeper(os.getppid() + 1, SLEEPS)
    pids = stop_when(keeper, monkeypatch, starts=1)
    keeper.run()
    assert pids == []


def test_it_runs_the_command_of_the_site() -> None:
    keeper = Keeper(parent=1)
    assert keeper.command[1:] == [
        str(ROOT / "manage.py"),
        "task_worker",
        "--beside",
        str(os.getpid()),
    ]


def waited_for(done: Callable[[], bool], seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if done():
            return True
        time.sleep(0.05)
    return False


def test_killing_the_server_ends_the_worker(tmp_path: Path) -> None:
    """A parent that is killed with -9 tells nobody; the keeper notices by itself."""
    noted = tmp_path / "pids"
    child = f"import os, time; open({str(noted)!r}, 'a').write(f'{{os.getpid()}} '); time.sleep(60)"
    keeper = (
        f"import os, sys; sys.path.insert(0, {str(ROOT / 'bin')!r}); import task_worker as t; "
        f"k = t.Keeper(os.getppid(), [sys.executable, '-c', {child!r}]); k.listen(); k.run()"
    )
    parent = (
        f"import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', {keeper!r}]); "
        f"open({str(noted)!r}, 'a').write(f'{{p.pid}} '); time.sleep(60)"
    )
    server = subprocess.Popen([sys.executable, "-c", parent])
    try:
        assert waited_for(lambda: noted.exists() and len(noted.read_text().split()) == 2)
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait()
    pids = [int(pid) for pid in noted.read_text().split()]
    assert waited_for(lambda: not any(_runs(pid) for pid in pids))


def _runs(pid: int) -> bool:
    """Return whether a process runs; one that nobody has waited for does not."""
    status = Path(f"/proc/{pid}/stat")
    if status.parent.parent.joinpath("self").exists():
        return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"
    return is_alive(pid)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """gunicorn.conf.py with a task worker that only sleeps."""
    started = []
    real = subprocess.Popen

    def start(command, **options):
        started.append(command)
        return real(SLEEPS)

    conf = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.delenv("TASK_WORKER", raising=False)
    return SimpleNamespace(started=started, **conf)


def test_the_server_starts_it_and_takes_it_along(server) -> None:
    server.when_ready(None)
    assert server.started == [[sys.executable, str(ROOT / "bin" / "task_worker.py")]]
    server.pre_fork(None, None)
    assert len(server.started) == 1
    worker = server.on_exit.__globals__["_task_worker"]
    assert worker.poll() is None
    server.on_exit(None)
    assert worker.poll() is not None


def test_a_keeper_that_was_killed_is_started_with_the_next_web_worker(server) -> None:
    server.when_ready(None)
    worker = server.on_exit.__globals__["_task_worker"]
    worker.kill()
    worker.wait()
    server.pre_fork(None, None)
    assert len(server.started) == 2
    server.on_exit(None)


@pytest.mark.parametrize("value", ["0", "no", "FALSE", " off "])
def test_the_environment_switches_it_off(server, monkeypatch, value) -> None:
    monkeypatch.setenv("TASK_WORKER", value)
    server.when_ready(None)
    server.pre_fork(None, None)
    server.on_exit(None)
    assert server.started == []
