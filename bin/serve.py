"""`make run`: everything from a fresh clone to a served site, in one command."""

import os
import socket
import subprocess
import sys

import environment
from port_owner import port_owner
from steps import stop


def main() -> None:
    """Install, prepare the database and the static files, then become gunicorn."""
    host, port = _address()
    if not os.environ.get("GUNICORN_BIND"):  # a socket of its own; nothing listens on the port
        _check_port(host, port)
    environment.ensure("requirements.txt")
    environment.prepare_site()
    os.chdir(environment.ROOT)
    python = str(environment.PYTHON)
    if subprocess.run([python, "bin/prepare.py"], check=False).returncode:
        sys.exit(1)
    _greet(host, port)
    os.execv(python, [python, "-m", "gunicorn", "backend_guide.wsgi"])


def _address() -> tuple[str, int]:
    environment.load_dotenv()
    host = os.environ.setdefault("HOST", "127.0.0.1")
    port = os.environ.setdefault("PORT", "8000")
    if not (port.isdecimal() and 0 < int(port) < 65536):
        raise stop(f"PORT={port}: write a number from 1 to 65535.")
    return host, int(port)


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except PermissionError as error:
            raise stop(f"Port {port} needs more rights: PORT=8001 make run.") from error
        except OSError as error:
            owner = port_owner(port)
            used_by = f" by {owner}" if owner else ""
            raise stop(
                f"Port {port} on {host} is taken{used_by} ({error.strerror}).\n"
                f"Stop that program, or use another port:  PORT={port + 1} make run"
            ) from error


def _greet(host: str, port: int) -> None:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    site = (os.environ.get("SITE_URL") or f"http://{shown}:{port}").rstrip("/")
    lines = [
        "",
        f"  Backend Guide     {site}/",
        f"  The desk          {site}/admin/",
        "  The first editor  make editor EMAIL=you@example.org",
        "  Stop              Ctrl-C",
        "",
    ]
    print("\n".join(lines), flush=True)


if __name__ == "__main__":
    main()
