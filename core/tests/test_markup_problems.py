"""The problems themselves."""

import pytest

from core.markup import MarkupError, Problem, check, render
from core.markup.problems import Problems


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem(12, "no claim has the ID X."), "Line 12: no claim has the ID X."),
        (Problem(None, "The text is too long."), "The text is too long."),
    ],
)
def test_as_text(problem: Problem, text: str) -> None:
    assert str(problem) == text


def test_error_holds_all_problems_and_reads_as_a_list() -> None:
    with pytest.raises(MarkupError) as caught:
        render("# A\n\n[b](c)")
    assert [problem.line for problem in caught.value.problems] == [1, 3]
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))


def test_check_gives_what_render_raises() -> None:
    source = "# A\n\n[b](c)"
    with pytest.raises(MarkupError) as caught:
        render(source, first_line=5)
    assert check(source, first_line=5) == caught.value.problems
    assert check("fine") == []


def test_collecting() -> None:
    problems = Problems(first_line=10)
    problems.raise_if_any()
    problems.add(5, "later")
    problems.add(0, "first")
    problems.add(5, "later")
    problems.add(None, "whole")
    assert problems.sorted() == [
        Problem(None, "whole"),
        Problem(10, "first"),
        Problem(15, "later"),
    ]
    with pytest.raises(MarkupError):
        problems.raise_if_any()
