"""Files of the house that must agree with each other."""

import json
import re
from pathlib import Path

import budgets
import pytest

from accounts.signing_in import social

from environment import ROOT

PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[a-z,]+\])?==([^\s;]+)", re.MULTILINE)


def _pins(name: str) -> dict[str, str]:
    found = PIN.findall((ROOT / name).read_text(encoding="utf-8"))
    return {re.sub(r"[-_.]+", "-", package).lower(): version for package, version in found}


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_compiled_requirements_follow_their_source(name: str) -> None:
    asked, compiled = _pins(f"{name}.in"), _pins(f"{name}.txt")
    assert asked
    assert {package: compiled.get(package) for package in asked} == asked


def test_development_installs_exactly_what_runs() -> None:
    runtime, development = _pins("requirements.txt"), _pins("requirements-dev.txt")
    assert {package: development.get(package) for package in runtime} == runtime


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_compiled_requirements_are_hashed_and_name_no_index(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--(index|extra-index|find-links)", text, re.MULTILINE)
    blocks = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_npm_lock_names_no_registry() -> None:
    lock = json.loads((ROOT / "tests/browser/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: data for name, data in lock["packages"].items() if name}
    assert packages
    assert not [name for name, data in packages.items() if "resolved" in data]
    assert not [name for name, data in packages.items() if "integrity" not in data]


def test_every_setting_stands_in_the_example() -> None:
    reads = re.compile(r"""(?:text|flag|integer|words|environ\.get)\(\s*["']([A-Z_]+)["']""")
    read = set()
    for path in [*(ROOT / "backend_guide").glob("*.py"), ROOT / "gunicorn.conf.py"]:
        read |= set(reads.findall(path.read_text(encoding="utf-8")))
    read |= set(social.variables())
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    listed = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))
    assert read - listed == set()
    assert listed - read == set()


def test_help_lists_every_target() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    assert phony
    explained = re.findall(r"^([a-z]+):.*## ", text, re.MULTILINE)
    assert sorted(explained) == sorted(phony[1].split())


def test_budgets_find_long_files_functions_and_templates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(budgets, "ROOT", tmp_path)
    (tmp_path / "good.py").write_text("def short():\n" + "    x = 1\n" * 39)
    assert budgets.main() == 0
    (tmp_path / "long.py").write_text("x = 1\n" * 301)
    (tmp_path / "deep.py").write_text("class A:\n  def long(self):\n" + "    x = 1\n" * 40)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "wide.html").write_text("<p>\n" * 121)
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations" / "0001.py").write_text("x = 1\n" * 400)
    assert budgets.main() == 1
    said = capsys.readouterr().out
    assert "long.py: 301 lines" in said
    assert "deep.py:2: long has 41 lines" in said
    assert "templates/wide.html: 121 lines" in said
    assert "0001" not in said
