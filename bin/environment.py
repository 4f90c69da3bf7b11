"""Makes .venv, keeps it in step with the requirement files, and sets the environment of the site.

Standard library only: this runs before anything is installed. Works from any folder.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from steps import step, stop

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCAL_HOSTS = {"127.0.0.1", "localhost", "::1"}


def ensure(requirements: str) -> None:
    """Make .venv hold everything the requirement file names. Quick where nothing changed."""
    with _one_at_a_time():
        if _up_to_date(requirements):
            return
        if not _venv_works():
            with step(f"Creating .venv with Python {sys.version.split()[0]}"):
                _create_venv()
        with step("Installing packages, checked against their hashes (may take a minute)"):
            _install(requirements)
        _stamp(requirements).write_text(_digest(requirements), encoding="ascii")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let `make run` and `make test` start together without installing over each other."""
    with (ROOT / ".venv.lock").open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _stamp(requirements: str) -> Path:
    return VENV / f".installed-{Path(requirements).stem}"


def _digest(requirements: str) -> str:
    """What was installed, by and for which Python, and where: a moved environment is made anew."""
    content = (ROOT / requirements).read_bytes()
    version = subprocess.run([PYTHON, "-V"], capture_output=True, check=True).stdout
    asked = f"{sys.version_info[:2]} {VENV}".encode()
    return hashlib.sha256(content + version + asked).hexdigest()


def _up_to_date(requirements: str) -> bool:
    try:
        return _stamp(requirements).read_text(encoding="ascii") == _digest(requirements)
    except (OSError, subprocess.CalledProcessError):
        return False


def _venv_works() -> bool:
    """Tell whether .venv runs, has pip, stands where it was made, and is the Python asked for."""
    probe = "import pip, sys; print('%d.%d' % sys.version_info[:2], sys.prefix)"
    try:
        run = subprocess.run([PYTHON, "-c", probe], capture_output=True, text=True, check=False)
        made_at = (VENV / "bin" / "activate").read_text(encoding="utf-8")
    except OSError:
        return False
    wanted = f"{sys.version_info[0]}.{sys.version_info[1]} {VENV}"
    return run.returncode == 0 and run.stdout.strip() == wanted and str(VENV) in made_at


def _create_venv() -> None:
    base = getattr(sys, "_base_executable", sys.executable)  # not the .venv that is replaced
    shutil.rmtree(VENV, ignore_errors=True)
    _quiet([base, "-m", "venv", str(VENV)], "The virtual environment could not be created.")


def _install(requirements: str) -> None:
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    _quiet(
        [*map(str, command), "--require-hashes", "-r", requirements],
        f"The packages of {requirements} could not be installed. Is the network reachable?",
    )


def _quiet(command: list[str], message: str) -> None:
    """Run a command silently; where it fails, show the end of what it said."""
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode:
        lines = (run.stdout + run.stderr).strip().splitlines()[-15:]
        raise stop("\n".join([message, "", *lines]))


def load_dotenv() -> None:
    """Take over NAME=value lines of `.env`. What is set in the environment already wins."""
    path = ROOT / ".env"
    if not path.is_file():
        return
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip().removeprefix("export ")
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or not name.strip().isidentifier():
            raise stop(f".env, line {number}: write NAME=value, or # before a remark.")
        os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def prepare_site() -> Path:
    """Set what a local site needs, create its folder and its secret key; return the folder."""
    load_dotenv()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend_guide.settings")
    var_dir = Path(os.environ.get("VAR_DIR") or ROOT / "var")
    os.environ["VAR_DIR"] = str(var_dir)
    try:
        var_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise stop(
            f"The folder for the site's data, {var_dir}, cannot be made: {error}."
        ) from error
    site = urlsplit(os.environ.get("SITE_URL") or "http://127.0.0.1").hostname
    if site in LOCAL_HOSTS and not os.environ.get("SECRET_KEY"):
        _keep_secret_key(var_dir / "secret-key")
    return var_dir


def _keep_secret_key(path: Path) -> None:
    """Create the key once, readable by its owner only. The settings read the file themselves."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64) + "\n")
