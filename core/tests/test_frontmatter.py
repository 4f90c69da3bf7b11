"""The head of content files."""

from datetime import date

import pytest

from core.frontmatter import FrontMatterError, split


def test_head_and_body() -> None:
    head, body, line = split("---\ntitle: A\ntags: [b, c]\n---\nFirst.\nSecond.\n")
    assert head == {"title": "A", "tags": ["b", "c"]}
    assert body == "First.\nSecond.\n"
    assert line == 5


@pytest.mark.parametrize(
    ("text", "head", "body", "line"),
    [
        ("---\na: 1\n---", {"a": 1}, "", 4),
        ("---\na: 1\n---\n", {"a": 1}, "", 4),
        ("---\na: 1\n---\n\nb", {"a": 1}, "\nb", 4),
        ("\ufeff---\na: 1\n---\nb", {"a": 1}, "b", 4),
        ("---  \na: 1\n--- \nb", {"a": 1}, "b", 4),
        ("---\r\na: 1\r\n---\r\nb\r\n", {"a": 1}, "b\n", 4),
        ("---\na: |\n  b\n  c\n---\nd", {"a": "b\nc\n"}, "d", 6),
        ("---\na: 1\n---\nb\n---\nc", {"a": 1}, "b\n---\nc", 4),
        ("---\n# comment\na: 1\n---\nb", {"a": 1}, "b", 5),
        ("---\na: 2026-11-22\n---\n", {"a": date(2026, 11, 22)}, "", 4),
        ("---\na: 'no'\nb: no\n---\n", {"a": "no", "b": False}, "", 5),
        ("---\na: {b: 1}\nc: {b: 2}\n---\n", {"a": {"b": 1}, "c": {"b": 2}}, "", 5),
        ("---\na: ü 漢\n---\n", {"a": "ü 漢"}, "", 4),
    ],
)
def test_ways_to_write_it(text: str, head: dict[str, object], body: str, line: int) -> None:
    assert split(text) == (head, body, line)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "must begin with a line of three hyphens"),
        ("a: 1", 1, "must begin with a line of three hyphens"),
        ("\n---\na: 1\n---\n", 1, "must begin with a line of three hyphens"),
        ("----\na: 1\n----\n", 1, "must begin with a line of three hyphens"),
        ("---\na: 1\n", 1, "no second line of three hyphens"),
        ("---", 1, "no second line of three hyphens"),
        ("---\n---\n", 2, "must be a list of “key: value”"),
        ("---\n- a\n---\n", 2, "must be a list of “key: value”"),
        ("---\nwords\n---\n", 2, "must be a list of “key: value”"),
        ("---\na: 1\nb: [c\n---\n", 4, "expected"),
        ("---\na: 1\nb: c: d\n---\n", 3, "mapping values are not allowed"),
        ("---\na: 1\n\tb: 2\n---\n", 3, "cannot start any token"),
        ("---\na: 'b\n---\n", 3, "unexpected end"),
        ("---\na: 1\nb: 2\na: 3\n---\n", 4, "the key “a” is written twice"),
        ("---\na:\n  b: 1\n  c: 2\n  b: 3\n---\n", 5, "the key “b” is written twice"),
        ("---\na:\n  - b: 1\n    b: 2\n---\n", 4, "the key “b” is written twice"),
        ("---\na: {b: 1, b: 2}\n---\n", 2, "the key “b” is written twice"),
        (
            "---\na: 1\nb: !!python/object:os.system x\n---\n",
            3,
            "could not determine a constructor",
        ),
        ("---\na: 1\nb: 2026-13-45\n---\n", 3, "“2026-13-45” is not a valid value"),
        ("---\na: &x [1]\nb: *x\n---\n", 3, "aliases (*name) are not used here"),
        ("---\na: &x {b: 1}\nc:\n  <<: *x\n---\n", 4, "aliases (*name) are not used here"),
        ("---\n1: a\n---\n", 2, "the key 1 must be a word"),
        ("---\n[a]: b\n---\n", 2, "unhashable key"),
        ("---\na: 1\nb: \x00\n---\n", 3, "a character here is not allowed in YAML"),
        ("---\na: " + "[" * 5_000 + "\n---\n", 2, "nested too deeply"),
        ("---\na: " + "x" * 200_000 + "\n---\n", 2, "longer than 100,000 characters"),
    ],
)
def test_problems(text: str, line: int, message: str) -> None:
    with pytest.raises(FrontMatterError) as caught:
        split(text)
    assert caught.value.line == line
    assert message in caught.value.message
    assert str(caught.value) == f"Line {line}: {caught.value.message}"


def test_many_lines_that_would_grow_are_refused() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    with pytest.raises(FrontMatterError, match="aliases"):
        split("---\n" + "\n".join(lines) + "\n---\n")
