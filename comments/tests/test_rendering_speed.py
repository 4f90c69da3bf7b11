"""Texts made to be slow: time grows with the length and not with its square."""

import time

import pytest

from comments.models.comment import MAX_LENGTH
from comments.rendering import LONGEST, render_comment

# Processor time, not time on the clock: other work on the machine must not fail the test. The
# worst was 83 ms when this was written; a slow machine may need five times that.
SECONDS = 0.5

REPEATED = (
    *("[", "![", "](", "[a](", "[a](<b", "[a](https://x.org ", '[a](https://x.org "', "[\n", "\\["),
    *("*", "**", "*a ", "*a **b ", "_a __b "),
    *("a**b", "a**bc* ", "*a _b **c __d ", "`", "``a", "`a``b```c"),
    *("<", "<a ", "<!--", "<https:", "<https://x.org ", "<a@b", "&", "&#", "&amp;", "\\", "\x00"),
    *(">", "> ", "> a\n", ">>a\n", "- "),
    *("-\n", "- a\n", "1. a\n", "1) a\n2) b\n", "* - + ", "> - "),
    *("    a\n", "\t", "\n", "  \n", "a\n", "a\\\n", "```\n", "~~~\n", "---\n", "***\n", "- - -\n"),
    *("https://", "https://x.org/", "https://x.org ", "http://http://", "https://a.b.c.d.e."),
    *("https://x.org/(", "https://x.org/((a)"),
    *("https://x.org/[", "https://x.org/....", "https://a@"),
    *("https://xn--", "https://a-", "https://a:b@", "*https://x.org* ", "mailto:a@b.org ", "…"),
    *("[[a](https://x.org)](https://y.org)", "![a](https://x.org)", "a\u0301\u0301"),
    *("漢", "😀", "|-"),
    *("\U0001f3f4\U000e0067", "\u202e", "[a]: b\n", "[a]:\n", "&#x202e;", "\ud800", "\r\n", "a "),
)
PAIRS = (
    *(("[", "]"), ("[", "](https://x.org)"), ("*", "*"), ("*a ", "b*"), ("**a *b ", "c* d**")),
    *(("(", ")"), ("https://x.org/(", ")"), ("[a](", ")"), ("<", ">"), ("![", "](https://x.org)")),
)


def slow_texts(length: int) -> dict[str, str]:
    """Return texts of a length, each made to keep some rule busy."""
    steps = int((2 * length) ** 0.5)
    found = {repr(part): (part * length)[:length] for part in REPEATED}
    for begin, end in PAIRS:
        count = length // len(begin + end)
        found[f"{begin} inside {end}"] = begin * count + end * count
    found["backticks of all lengths"] = " ".join("`" * n for n in range(1, steps))[:length]
    found["quotes ever deeper"] = "\n".join(">" * n for n in range(1, steps))[:length]
    found["lists ever deeper"] = "\n".join("  " * n + "- a" for n in range(steps))[:length]
    found["a lazy quote"] = ("> " * 5 + "a\n" * length)[:length]
    found["a lazy list"] = ("- " * 5 + "a\n" * length)[:length]
    return found


def seconds(text: str, *, good_enough: float = 0) -> float:
    """Return the best of three tries: what else the interpreter does meanwhile is not our time."""
    tries: list[float] = []
    while len(tries) < 3 and (not tries or min(tries) > good_enough):
        started = time.process_time()
        render_comment(text)
        tries.append(time.process_time() - started)
    return min(tries)


@pytest.mark.parametrize("name", slow_texts(1))
def test_the_longest_comment_is_quick(name: str) -> None:
    assert seconds(slow_texts(MAX_LENGTH)[name], good_enough=SECONDS) < SECONDS


@pytest.mark.parametrize("name", ["'!['", "'['", "'[\\n'", "'https://a@'", "a lazy quote"])
def test_time_grows_with_the_length(name: str) -> None:
    short, long = slow_texts(4_000)[name], slow_texts(16_000)[name]
    assert seconds(long) < 8 * seconds(short)  # were it the square: sixteen times


def test_a_text_of_any_length_ends() -> None:
    assert seconds("![" * LONGEST, good_enough=SECONDS) < SECONDS
