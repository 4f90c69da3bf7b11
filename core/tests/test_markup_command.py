"""`python -m core.markup FILE…`"""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core import embeds
from core.markup.__main__ import main

ROOT = Path(__file__).parents[2]
GOOD = """---
title: A guide
takeaways:
  - One *thing*.
faq:
  - question: Why?
    answer: |
      Because [[claim:X1]].
---
Some words [[claim:X1#a]] and [[guide:any]].

## First part

### A detail

[[diagram:any|Caption.]]
"""


@pytest.fixture(autouse=True)
def no_embeds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeds, "_registry", {})


def run(*paths: Path) -> tuple[int, str]:
    out = io.StringIO()
    return main([str(path) for path in paths], out), out.getvalue()


def write(folder: Path, text: str, name: str = "a.md") -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


def test_good_file(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    status, out = run(path)
    assert status == 0
    assert out == (
        f"{path}: 10 words, 1 min\n    First part  #first-part\n        A detail  #a-detail\n"
    )


def test_file_without_a_head(tmp_path: Path) -> None:
    path = write(tmp_path, "Two words.\n")
    assert run(path) == (0, f"{path}: 2 words, 1 min\n")


def test_problems_have_file_and_line(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD + "\n[a](b)\n\n<i>\n\n[[foo:x]]\n")
    status, out = run(path)
    assert status == 1
    assert out.splitlines() == [
        f"{path}:18: links begin with https://, http://, mailto:, / or #; “b” does not",
        f"{path}:20: HTML is not allowed here; write Markdown, or put code in a code block",
        f"{path}:22: there is no embed called [[foo:…]]; "
        "known are claim, cite, guide, diagram, salary, salary-chart",
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("One *thing*.", "One <b>.", ": takeaway 1: HTML is not allowed here"),
        ("Because", "Because\n      <b>", ": answer 1: Line 2: HTML is not allowed here"),
        ("title: A guide", "title: A: guide", ":2: mapping values are not allowed here"),
        ("title: A guide", "title: A\ntitle: B", ":3: the key “title” is written twice"),
    ],
)
def test_problems_of_the_head(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = write(tmp_path, GOOD.replace(old, new))
    status, out = run(path)
    assert status == 1
    assert f"{path}{message}" in out


def test_text_that_is_too_long(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD + "a" * 200_000)
    status, out = run(path)
    assert status == 1
    assert out.startswith(f"{path}:1: The text has 200,")


@pytest.mark.parametrize(
    "head", ["faq: nothing", "faq: [1, {question: a}]", "takeaways: 3", "takeaways: [1]", "a: b"]
)
def test_heads_of_other_shapes(tmp_path: Path, head: str) -> None:
    assert run(write(tmp_path, f"---\n{head}\n---\nText.\n"))[0] == 0


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    missing = tmp_path / "missing.md"
    latin = tmp_path / "latin.md"
    latin.write_bytes(b"caf\xe9")
    status, out = run(missing, latin, tmp_path)
    assert status == 1
    assert out.count("cannot be read") == 3


def test_one_bad_file_among_good_ones(tmp_path: Path) -> None:
    good, bad = write(tmp_path, GOOD), write(tmp_path, "# A", "b.md")
    status, out = run(good, bad, good)
    assert status == 1
    assert out.count("10 words") == 2


def test_no_file() -> None:
    assert run() == (2, "usage: python -m core.markup FILE…\n")


def test_app_keeps_its_own_embed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from core.tests.fakes import FakeGuide

    own = FakeGuide()
    embeds.register(own)
    assert run(write(tmp_path, "[[guide:nope]]"))[0] == 1
    assert embeds.get("guide") is own


def test_as_a_program_without_settings(tmp_path: Path) -> None:
    environment = {
        key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"
    }
    done = subprocess.run(
        [sys.executable, "-m", "core.markup", str(write(tmp_path, GOOD + "\n# x\n"))],
        cwd=ROOT,
        env=environment | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.endswith(
        "a.md:18: headings are written with ## or ###; no other level is used\n"
    )
    assert done.stderr == ""
