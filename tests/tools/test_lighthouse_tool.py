"""A tool that crashes is started again, and its own words are shown; played by a small script."""

import json
import sys
from pathlib import Path

import pytest

import lighthouse

# Each start takes the next line of what is planned, and does it.
TOOL = """
import json, pathlib, sys, time
plan = pathlib.Path(sys.argv[1])
now, *later = plan.read_text().splitlines()
plan.write_text("\\n".join(later))
report = next(word.partition("=")[2] for word in sys.argv if word.startswith("--output-path="))
if now == "crash":
    sys.exit("the browser went away")
if now == "hang":
    print("still waiting", file=sys.stderr, flush=True)
    time.sleep(30)
pathlib.Path(report).write_text(now)
"""
GOOD = json.dumps({"categories": {"seo": {"score": 0.5}}})
NO_PAGE = json.dumps({"runtimeError": {"code": "NO_FCP", "message": "nothing was painted"}})


class Tool:
    """What is planned for the next starts, and what it comes to."""

    def __init__(self, folder: Path) -> None:
        self.plan = folder / "plan"
        script = folder / "tool.py"
        script.write_text(TOOL, encoding="utf-8")
        self.command = (sys.executable, "-S", str(script), str(self.plan))

    def report(self, *plan: str, seconds: float = 20) -> dict[str, object]:
        """Ask for a report while the tool behaves as planned."""
        self.plan.write_text("\n".join(plan), encoding="utf-8")
        return lighthouse.report(
            "http://x.test/", "chromium", (), command=self.command, seconds=seconds
        )

    @property
    def left(self) -> list[str]:
        """What it was not asked for any more."""
        return self.plan.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def tool(tmp_path: Path) -> Tool:
    return Tool(tmp_path)


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        ("crash", "exit status 1\nthe browser went away"),
        ("{half a", "no report to read"),
        ("{}", "a report without categories"),
        (NO_PAGE, "NO_FCP: nothing was painted"),
    ],
)
def test_a_first_failure_is_shown_and_survived(
    failure: str, words: str, tool: Tool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool.report(failure, GOOD) == json.loads(GOOD)
    assert f"attempt 1: {words}" in capsys.readouterr().err


def test_a_tool_that_hangs_is_ended(tool: Tool, capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.report("hang", GOOD, seconds=1) == json.loads(GOOD)
    assert "no end after 1 s\nstill waiting" in capsys.readouterr().err


def test_three_crashes_fail_with_the_words_of_the_tool(tool: Tool) -> None:
    with pytest.raises(lighthouse.ToolError) as caught:
        tool.report("crash", "crash", "crash", GOOD)
    assert str(caught.value).count("the browser went away") == 3
    assert tool.left == [GOOD]


def test_a_low_score_is_a_result_and_not_tried_again(tool: Tool) -> None:
    assert tool.report(GOOD, "crash") == json.loads(GOOD)
    assert tool.left == ["crash"]
