"""What `make run` does in Django before it serves: database, starter library, static files.

One process for all of it, because starting Django is most of the time on a second start.
"""

import hashlib
import io
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from steps import step, stop


def main() -> None:
    """Bring database, library and static files up to date."""
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise stop(f"A setting is wrong. {error}") from error
    check_database()
    with step("Updating the database"):
        call_command("migrate", verbosity=0, interactive=False)
    load_library()
    collect_static()


def check_database() -> None:
    """Stop with a clear message where the database does not answer."""
    config = settings.DATABASES["default"]
    if config["ENGINE"].endswith("postgresql"):
        _check_postgresql(config)
        return
    path = Path(config["NAME"])
    where = path if path.exists() else path.parent
    if not os.access(where, os.W_OK):
        raise stop(f"The database {path} cannot be written: {where} is missing or read-only.")


def _check_postgresql(config: dict[str, Any]) -> None:
    """Connect once, outside the pool: that waits long and hides the reason."""
    import psycopg  # noqa: PLC0415  # only where PostgreSQL is used

    url = urlsplit(os.environ["DATABASE_URL"])
    shown = f"{url.hostname or 'the local socket'}:{url.port or 5432}{url.path}"
    names = ("NAME", "dbname"), ("USER", "user"), ("PASSWORD", "password"), ("HOST", "host")
    parameters = {name: config[key] for key, name in (*names, ("PORT", "port")) if config.get(key)}
    options = config.get("OPTIONS", {}).items()
    parameters |= {name: value for name, value in options if name.startswith("ssl")}
    address = psycopg.conninfo.make_conninfo("", **parameters, connect_timeout=5)
    try:
        psycopg.connect(address).close()
    except psycopg.Error as error:
        raise stop(
            f"The database at {shown} (from DATABASE_URL) does not answer:\n  {error}\n"
            "Start it, correct DATABASE_URL, or unset it to use SQLite in var/."
        ) from error


def load_library() -> None:
    """Fill the site from content/. What an editor changed since is left alone, and named."""
    said = io.StringIO()
    try:
        with step("Loading the starter library"):
            call_command("load_library", stdout=said)
    except CommandError as error:
        raise stop(f"The starter library in content/ was not loaded:\n{error}") from error
    for line in said.getvalue().strip().splitlines():
        print(f"    {line}")


def collect_static() -> None:
    """Copy, hash and compress the static files, unless none changed since the last time."""
    root = Path(settings.STATIC_ROOT)
    kept = root.with_name(root.name + ".digest")
    digest = static_digest()
    if root.is_dir() and kept.is_file() and kept.read_text(encoding="ascii") == digest:
        return
    kept.unlink(missing_ok=True)
    with step("Collecting static files"):
        call_command("collectstatic", verbosity=0, interactive=False)
    kept.write_text(digest, encoding="ascii")


def static_digest() -> str:
    """Name the present state of every static file of the project and of its packages."""
    state = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            state.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return state.hexdigest()


if __name__ == "__main__":
    main()
