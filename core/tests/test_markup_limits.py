"""Texts that are too long, too deep, too strange, or made to be slow."""

import time

import pytest

from core.markup import MarkupError, check, render, render_inline
from core.markup.document import MAX_LENGTH
from core.markup.highlight import LANGUAGES
from core.tests.fakes import html_of, messages_of

# Processor time, not time on the clock: other work on the machine must not fail the test.
SECONDS = 5


def test_too_long_is_one_problem_without_a_line() -> None:
    assert messages_of("<b> " * 500_000) == [
        "The text has 2,000,000 characters; the limit is 200,000."
    ]


def test_too_long_is_not_parsed() -> None:
    start = time.process_time()
    check("[" * 2_000_000)
    assert time.process_time() - start < 0.2


def test_longest_text() -> None:
    assert html_of("a" * MAX_LENGTH) == f"<p>{'a' * MAX_LENGTH}</p>\n"


def test_sentence_too_long() -> None:
    with pytest.raises(MarkupError, match="longer than 200,000"):
        render_inline("a" * (MAX_LENGTH + 1))


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\x00", "U+0000"),
        ("\x08", "U+0008"),
        ("\x0b", "U+000B"),
        ("\x0c", "U+000C"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\u2028", "U+2028"),
        ("\u202e", "U+202E"),
        ("\u2066", "U+2066"),
        ("\ud800", "U+D800"),
        ("\uffff", "U+FFFF"),
    ],
)
def test_invisible_characters_are_refused(char: str, name: str) -> None:
    message = f"the invisible character {name} is not allowed"
    assert messages_of(f"a\nb{char}c{char}\n\n`{char}`") == [
        f"Line 2: {message}",
        f"Line 4: {message}",
    ]
    with pytest.raises(MarkupError, match=message.replace("+", r"\+")):
        render_inline(f"a{char}")


@pytest.mark.parametrize("char", ["\t", "\u00a0", "\u00ad", "\u200b", "\u200d", "🚲", "\ufeff"])
def test_other_characters_pass(char: str) -> None:
    assert f"a{char}b" in html_of(f"a{char}b")


def test_other_problems_are_found_beside_strange_characters() -> None:
    assert len(messages_of("a\x00\n\n[b](c)")) == 2


@pytest.mark.parametrize(
    "source",
    [
        ">" * 17 + " a",
        "> " * 3000 + "a",
        "".join(f"{'  ' * depth}- a\n" for depth in range(12)),
        "- " * 40 + "a",
    ],
)
def test_too_deep_is_told_not_dropped(source: str) -> None:
    assert any("nested too deeply" in message for message in messages_of(source))


def test_deep_enough() -> None:
    source = "".join(f"{'  ' * depth}- a{depth}\n" for depth in range(7))
    assert html_of(source).count("<ul>") == 7


def test_deep_emphasis_loses_no_word() -> None:
    source = "".join("*_"[depth % 2] * 2 + f"w{depth} " for depth in range(60))
    text = render(source).text
    assert all(f"w{depth}" in text for depth in range(60))


SLOW = {
    "20,000 brackets": "[" * 20_000,
    "100,000 brackets": "[" * 100_000,
    "20,000 closed brackets": "[" * 20_000 + "]" * 20_000,
    "20,000 quotation marks": ">" * 20_000,
    "quotations ever deeper": "\n".join(">" * depth for depth in range(1, 300)),
    "lists ever deeper": "\n".join("  " * depth + "- a" for depth in range(300)),
    "100,000 backticks": "`" * 100_000,
    "backticks of all lengths": " ".join("`" * length for length in range(1, 500)),
    "stars": "*a **b " * 2_500,
    "underscores": "_" * 25_000,
    "image openings": "![" * 5_000,
    "link openings": "[a](" * 5_000,
    "links": "[a](/b) " * 5_000,
    "references": "[a]: /b\n\n" + "[a]" * 10_000,
    "definitions of references": "[a\n" * 7_500,
    "embed openings": "[[claim:" * 5_000,
    "embed never closed": "[[claim:A1|" + "x" * 45_000,
    "embeds": "[[claim:A1#x|y]] " * 2_500,
    "footnote marks": "[^1]" * 7_500 + "\n\n[^1]: a",
    "footnotes": "\n".join(f"[^{n}]" for n in range(1_500))
    + "\n\n"
    + "\n".join(f"[^{n}]: x" for n in range(1_500)),
    "nested footnotes": "[^1]: " * 5_000,
    "call-outs never closed": "::: note\n" * 3_750,
    "call-outs": "::: note\nx\n:::\n" * 2_000,
    "colons": ":::\n" * 10_000,
    "fences": "```\n" * 10_000,
    "tables": "| a | b |\n|---|---|\n" * 2_000,
    "wide table": "a|" * 7_500 + "\n" + "-|" * 7_500,
    "definition lists": "a\n: b\n" * 3_750,
    "tags": "<a " * 12_500,
    "comments": "<!--" * 10_000,
    "same headings": "## h\n" * 7_500,
    "like headings": "".join(f"## {'.' * (n % 50)}h{'!' * (n // 50)}\n" for n in range(1_000)),
    "underlined headings": "a\n=\n" * 7_500,
    "strange characters": "\x00\n" * 15_000,
    "spaces": " " * 47_500 + "a",
    "backslashes": "\\" * 47_500,
    "angles": "<" * 47_500,
    "ampersands": "&" * 47_500,
}


@pytest.mark.parametrize("source", SLOW.values(), ids=SLOW.keys())
def test_nothing_hangs(source: str) -> None:
    start = time.process_time()
    check(source)
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "junk", ['"', "'", "{", "(", " ", "a", "\\", "<", '"""', "$(", "/*", "a: "]
)
def test_no_language_hangs(language: str, junk: str) -> None:
    line = (junk * 500)[:499]
    start = time.process_time()
    check(f"```{language}\n" + f"{line}\n" * 10 + "```")
    assert time.process_time() - start < SECONDS
