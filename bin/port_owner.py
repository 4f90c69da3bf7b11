"""Who listens on a port: asked only to say it in an error message, so it never fails."""

import shutil
import subprocess
from pathlib import Path

LISTENING = "0A"


def port_owner(port: int) -> str:
    """Return "gunicorn (process 4711)" for the program that listens on a port, or ""."""
    return _from_proc(port) or _from_lsof(port)


def _from_proc(port: int) -> str:
    """Linux: the socket's number stands in /proc/net/tcp, and among some process's open files."""
    sockets = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        if not table.is_file():
            continue
        for row in table.read_text(encoding="ascii").splitlines()[1:]:
            fields = row.split()
            if fields[3] == LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
                sockets.add(f"socket:[{fields[9]}]")
    for link in Path("/proc").glob("[0-9]*/fd/*") if sockets else ():
        try:
            if str(link.readlink()) in sockets:
                process = link.parent.parent
                name = (process / "comm").read_text(encoding="utf-8").strip()
                return f"{name} (process {process.name})"
        except OSError:
            continue  # another user's process, or one that just ended
    return ""


def _from_lsof(port: int) -> str:
    """macOS has lsof."""
    if not shutil.which("lsof"):
        return ""
    command = ["lsof", "-nP", f"-iTCP:{port}", "-sTCP:LISTEN", "-Fpc"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    fields = {line[0]: line[1:] for line in run.stdout.splitlines() if line}
    return f"{fields['c']} (process {fields['p']})" if {"c", "p"} <= fields.keys() else ""
