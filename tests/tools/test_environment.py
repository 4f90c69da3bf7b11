"""What happens before anything is installed: `.env`, the secret key, finding a Python."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import environment

ROOT = environment.ROOT


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout in an empty folder, and an environment that the test may change."""
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    for name in ("VAR_DIR", "SITE_URL", "SECRET_KEY", "GREETING"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_dotenv_gives_values_but_the_environment_wins(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere / ".env").write_text('# remark\n\nGREETING="hello = there"\nexport PORT=9\n')
    monkeypatch.setenv("PORT", "8123")
    environment.load_dotenv()
    assert os.environ["GREETING"] == "hello = there"
    assert os.environ["PORT"] == "8123"


@pytest.mark.parametrize("line", ["GREETING hello", "two words=1", "=1"])
def test_a_bad_line_of_dotenv_is_named(elsewhere: Path, line: str) -> None:
    (elsewhere / ".env").write_text(f"# remark\n{line}\n")
    with pytest.raises(SystemExit, match=r"\.env, line 2"):
        environment.load_dotenv()


def test_a_local_site_keeps_one_secret_key_for_its_owner_only(elsewhere: Path) -> None:
    key = environment.prepare_site() / "secret-key"
    first = key.read_text()
    assert len(first.strip()) >= 50
    assert key.stat().st_mode & 0o777 == 0o600
    environment.prepare_site()
    assert key.read_text() == first


@pytest.mark.parametrize(
    ("name", "value"), [("SITE_URL", "https://backend-guide.example"), ("SECRET_KEY", "x" * 60)]
)
def test_no_key_is_made_up_for_a_public_site_or_beside_a_given_one(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert not (environment.prepare_site() / "secret-key").exists()


def test_an_environment_that_was_moved_is_not_up_to_date(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere / "some.txt").write_text("package==1\n")
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(environment, "VENV", elsewhere)
    environment._stamp("some.txt").write_text(environment._digest("some.txt"))
    assert environment._up_to_date("some.txt")
    monkeypatch.setattr(environment, "VENV", elsewhere.parent)
    assert not environment._up_to_date("some.txt")


def test_another_python_than_the_one_asked_for_is_not_up_to_date(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere / "some.txt").write_text("package==1\n")
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(environment, "VENV", elsewhere)
    environment._stamp("some.txt").write_text(environment._digest("some.txt"))
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    assert not environment._up_to_date("some.txt")


@pytest.fixture
def finder(tmp_path: Path) -> Path:
    """A copy of bin/find-python that looks at no folder of this machine but the PATH."""
    text = (ROOT / "bin" / "find-python").read_text()
    for folder in ("/opt/homebrew/bin", "/usr/local/bin", "/Library/Frameworks"):
        assert folder in text
        text = text.replace(folder, f"{tmp_path}/none")
    copy = tmp_path / "find-python"
    copy.write_text(text)
    return copy


def _find(finder: Path, folder: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run the copy with the tools of a shell, and no Python but those in the folder."""
    tools = finder.parent / "tools"
    tools.mkdir()
    for name in ("sh", "head", "cat", "tr"):
        real = next(p for p in (Path("/bin") / name, Path("/usr/bin") / name) if p.exists())
        (tools / name).symlink_to(real)
    variables = {"PATH": f"{folder}:{tools}", "HOME": str(folder), **extra}
    return subprocess.run(
        ["/bin/sh", str(finder)], env=variables, capture_output=True, text=True, check=False
    )


def _program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_no_python_at_all_is_explained(finder: Path, tmp_path: Path) -> None:
    run = _find(finder, tmp_path / "empty")
    assert run.returncode == 1
    assert run.stdout == ""
    assert "no Python at all" in run.stderr
    assert "brew install python@3.13" in run.stderr


def test_unsuitable_ones_are_listed_with_the_reason(finder: Path, tmp_path: Path) -> None:
    _program(tmp_path / "bin" / "python3", "echo it is Python 3.9.2; exit 1")
    _program(tmp_path / "bin" / "python3.13", "echo version 3.13 is not installed; exit 127")
    run = _find(finder, tmp_path / "bin")
    assert run.returncode == 1
    assert f"{tmp_path}/bin/python3: it is Python 3.9.2" in run.stderr
    assert f"{tmp_path}/bin/python3.13: version 3.13 is not installed" in run.stderr


def test_a_broken_shim_is_passed_over_and_pyenv_is_asked(finder: Path, tmp_path: Path) -> None:
    _program(tmp_path / "bin" / "python3.13", "exit 127")
    version = "{}.{}".format(*sys.version_info)
    real = tmp_path / "pyenv" / "versions" / f"{version}.9" / "bin" / "python"
    _program(real, f'exec "{sys.executable}" "$@"')
    run = _find(finder, tmp_path / "bin", PYENV_ROOT=str(tmp_path / "pyenv"))
    assert run.stdout.strip() == str(real), run.stderr
