"""Every block marked `run` runs as it stands, and prints what the guide says it prints."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.content.library import Fence, fences, guides

GUIDES = guides()
LANGUAGES = {
    *("python", "sql", "bash", "console", "http", "json", "text"),
    *("ini", "yaml", "diff", "html", "javascript"),
}
COMMANDS = {"python": [sys.executable, "-I"], "bash": ["bash"]}
SECONDS = 5


def programs() -> list[tuple[Fence, str | None]]:
    """Return the blocks that run, each with the output that its guide shows."""
    found = []
    for guide in GUIDES.values():
        blocks = fences(guide)
        for block, after in zip(blocks, [*blocks[1:], None], strict=False):
            if "run" in block.words[1:]:
                found.append((block, _output_after(guide.content.body, block, after)))
    return found


def _output_after(body: str, block: Fence, after: Fence | None) -> str | None:
    if after is None or after.words != ["text", "output"]:
        return None
    between = body[block.end : body.index("```", block.end)]
    return after.code if not between.strip() else None


PROGRAMS = programs()


@pytest.mark.parametrize(
    ("block", "output"), PROGRAMS, ids=[f"{block.guide}:{block.line}" for block, _ in PROGRAMS]
)
def test_program_runs_as_shown(block: Fence, output: str | None, tmp_path: Path) -> None:
    script = tmp_path / "program"
    script.write_text(block.code, encoding="utf-8")
    result = subprocess.run(
        [*COMMANDS[block.words[0]], str(script)],
        cwd=tmp_path,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    if output is not None:
        assert result.stdout == output


def test_there_are_programs_to_run() -> None:
    assert len(PROGRAMS) >= 10
    assert any(output is not None for _, output in PROGRAMS)


@pytest.mark.parametrize("slug", GUIDES)
def test_every_block_names_a_known_language(slug: str) -> None:
    for block in fences(GUIDES[slug]):
        assert block.words, block.line
        assert block.words[0] in LANGUAGES, (block.line, block.info)


@pytest.mark.parametrize("slug", GUIDES)
def test_every_output_belongs_to_a_program(slug: str) -> None:
    blocks = fences(GUIDES[slug])
    for before, block in zip([None, *blocks], blocks, strict=False):
        if block.words == ["text", "output"]:
            assert before is not None
            assert "run" in before.words, block.line
