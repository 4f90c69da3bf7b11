"""Rules that are patterns: what they see, that none hangs, and what is refused. No database."""

import pytest

from comments.rule_values import Kind, problems
from comments.tests.ruling import held


def test_a_pattern_is_looked_for_in_any_case_and_quoted() -> None:
    detail = held(Kind.PATTERN, r"earn\s+\$[0-9]+", "You EARN\n$500 here.")
    assert detail == r"“EARN $500”, which fits earn\s+\$[0-9]+"


@pytest.mark.parametrize(
    ("pattern", "text", "name"),
    [
        (r"\[url=", "[url=x]", "A"),
        (r"casino", "c**as**ino", "A"),
        (r"^viagra$", "Hello.", "Viagra"),
        (r"\.ru(/|$)", "[here](https://a.ru/x)", "A"),
        (r"\pL+\d{4}$", "Hello.", "Änne2024"),
        (r"(?-i)SALE", "SALE", "A"),
    ],
)
def test_patterns_see_what_was_typed_what_is_shown_the_name_and_links(
    pattern: str, text: str, name: str
) -> None:
    assert held(Kind.PATTERN, pattern, text, name=name)


def test_a_pattern_may_ask_for_case() -> None:
    assert not held(Kind.PATTERN, "(?-i)SALE", "sale")


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(a|aa)*b", r"(.*a){20}", r"(x+x+)+y"])
@pytest.mark.parametrize("text", ["a" * 5_000, "x" * 5_000, "a" * 4_999 + "!", "ab" * 2_500])
def test_patterns_that_hang_elsewhere_are_answered(pattern: str, text: str) -> None:
    if problems(Kind.PATTERN, pattern) == []:
        held(Kind.PATTERN, pattern, text)  # with backtracking none of us would see this end


def test_at_least_some_of_them_are_allowed() -> None:
    assert problems(Kind.PATTERN, r"(a+)+$") == []
    assert held(Kind.PATTERN, r"(x+x+)+y", "xxxxy")


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"(?=a)b", "looking ahead or behind is not possible here: (?="),
        (r"(?<!a)b", "looking ahead or behind is not possible here: (?<!"),
        (r"(a)\1", r"this is not possible here, and neither are back-references: \1"),
        (r"(a", "a bracket is not closed: (a"),
        (r"a)", "a bracket is closed that was not opened: a)"),
        (r"[a", "a set of characters is not closed: [a"),
        (r"*a", "there is nothing before this sign to repeat: *"),
        (r"a**", "this repeats a repetition: **"),
        (r"a{2000}", "a repetition is at most 1000 times, nested ones together: {2000}"),
        (r"a*", "it fits where there is nothing, so it would hold every comment."),
        (r"a|", "it fits where there is nothing, so it would hold every comment."),
        (r".", "it would hold ordinary comments"),
        (r"\pL", "it would hold ordinary comments"),
        (r"^.{3,}", "it would hold ordinary comments"),
        (r"[[:word:]]+\s", "it would hold ordinary comments"),
        (r"\pL{1,100}x", "the pattern is too large"),
        (r"(a{1000}b){900}", "a repetition is at most 1000 times"),
        (r"(.{0,30}a){20}q", "the pattern is too large"),
        ("x" * 501, "a pattern has at most 500 characters."),
    ],
)
def test_patterns_are_refused_in_words(pattern: str, words: str) -> None:
    (problem,) = problems(Kind.PATTERN, pattern)
    assert problem.startswith(f"Line 1: {words}")


def test_each_pattern_that_is_refused_is_named_with_its_line() -> None:
    found = problems(Kind.PATTERN, "good one\n(\n\n[")
    assert [problem[:6] for problem in found] == ["Line 2", "Line 4"]


def test_a_rule_has_at_most_twenty_patterns() -> None:
    assert problems(Kind.PATTERN, "\n".join(f"pattern {number}" for number in range(20))) == []
    found = problems(Kind.PATTERN, "\n".join(f"pattern {number}" for number in range(21)))
    assert found == ["21 patterns are too many for one rule; the most is 20."]


def test_patterns_may_not_be_too_large_together() -> None:
    large = [rf"{letter}\pL[0-9]" for letter in "abcdef"]
    assert problems(Kind.PATTERN, "\n".join(large[:4])) == []
    found = problems(Kind.PATTERN, "\n".join(large))
    assert found == ["The patterns together are too large; make two rules of them."]


def test_long_finds_are_quoted_in_part() -> None:
    detail = held(Kind.PATTERN, "y{100}", "y" * 300)
    assert detail == f"“{'y' * 60}…”, which fits y{{100}}"
