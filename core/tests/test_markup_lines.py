"""Problems point at the line on which they stand."""

import pytest

from core.tests.fakes import messages_of

BAD = "[[foo:x]]"


def lines_of(source: str, first_line: int = 1) -> list[int]:
    found = messages_of(source, first_line=first_line)
    return [int(message.split(":")[0].removeprefix("Line ")) for message in found]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        (BAD, [1]),
        (f"a\nb\nc {BAD}", [3]),
        (f"{BAD}\na\n{BAD}", [1, 3]),
        (f"a\n\n\n\nb\n{BAD}", [6]),
        (f"a\r\nb\r\n{BAD}", [3]),
        (f"a  \nb\\\n{BAD}", [3]),
        (f"*a\nb*\n`c\nd` {BAD}", [4]),
        (f"[a\nb](/c/\n'd\ne') {BAD}", [4]),
        (f"[[guide:git|a\nb]]\n{BAD}", [3]),
        (f"- a\n- b\n  c {BAD}", [3]),
        (f"- a\n\n  b\n\n  - c\n    {BAD}", [6]),
        (f"1. a\n2. {BAD}\n3. {BAD}", [2, 3]),
        (f"> a\n> {BAD}", [2]),
        (f"> a\nlazy {BAD}", [2]),
        (f"> > a\n> > b\n> > {BAD}", [3]),
        (f"- > a\n  > {BAD}", [2]),
        (f"::: note\na\n{BAD}\n:::", [3]),
        (f"::: note {BAD}\na\n:::", [1]),
        (f"- ::: note\n  a\n  {BAD}\n  :::", [3]),
        (f"Table: a {BAD}\n\n| b |\n|---|\n| {BAD} |\n| {BAD} |", [1, 5, 6]),
        (f"Table: a\nb {BAD}\n\n| {BAD} |\n|---|", [2, 4]),
        (f"> Table: a\n>\n> | b |\n> |---|\n> | {BAD} |", [5]),
        (f"- a\n\n  Table: b\n\n  | c |\n  |---|\n  | {BAD} |", [7]),
        (f"Term {BAD}\n: a\n  {BAD}", [1, 3]),
        (f"Term\n\n: a\n\n  b {BAD}", [5]),
        (f"a[^1]\n\n[^1]: b\n    {BAD}", [4]),
        (f"a[^1]\n\n[^1]: b\n\n    c\n    {BAD}\n\nd {BAD}", [6, 8]),
        (f"[^1]: {BAD}\n\na[^1]\n{BAD}", [1, 4]),
        (f"[ref]: /a/\n{BAD}", [2]),
        (f"a\n{BAD}\n===", [1, 1, 2]),
        ("```text\na\n```\n\n```ruby\nb\n```", [5]),
        (f"a\n\n    b\n\n{BAD}", [3, 5]),
        ("a\n\n![](/media/b.png)\n\n![c](http://d.e)", [3, 5]),
        ("a\n![b](/media/c.png)\nd", [2]),
        ("a <b>\nc\n<i>", [1, 3]),
        ("a\nb [c](d) e\n[f](g)", [2, 3]),
        ("a\n<javascript:x>", [2]),
        ("a\nb[^x]", [2]),
    ],
)
def test_line(source: str, lines: list[int]) -> None:
    assert lines_of(source) == lines
    assert lines_of(source, first_line=40) == [line + 39 for line in lines]


def test_heading_on_several_lines_points_at_its_first() -> None:
    assert messages_of("a\nb\n===")[0].startswith("Line 1: headings are written")


def test_problems_are_sorted_and_told_at_once() -> None:
    source = "# A\n\n[b](c)\n\n```\nd\n```\n\n<i>\n\n[[foo:e]]\n\n::: note\nf"
    assert lines_of(source) == [1, 3, 5, 9, 11, 13]


def test_same_problem_on_one_line_is_told_once() -> None:
    assert len(messages_of(f"{BAD} {BAD} {BAD}")) == 1


def test_messages_about_other_lines_count_from_the_first_line_too() -> None:
    found = messages_of("## A\n\n## A", first_line=10)
    assert found == ["Line 12: the heading “A” stands on line 10 already"]
