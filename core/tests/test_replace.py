"""Replacing embeds in Markdown that stays Markdown."""

import pytest

from core.embeds import Token
from core.markup.replace import replace_embeds


def shown(token: Token) -> str:
    return f"<{token.kind} {token.key} {token.part} {token.label} {token.line}>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a [[claim:A-1]] b", "a <claim A-1   1> b"),
        ("[[claim:A-1#share]]", "<claim A-1 share  1>"),
        ("[[guide:a|some words]]", "<guide a  some words 1>"),
        ("[[guide: a | some words ]]", "<guide a  some words 1>"),
        (r"| [[guide:a\|words]] |", "| <guide a  words 1> |"),
        ("one\n\n[[cite:A-1]]", "one\n\n<cite A-1   3>"),
        ("[[cite:A-1]][[cite:B-2]]", "<cite A-1   1><cite B-2   1>"),
        ("[not an embed](x) [[word]] [[claim:open", "[not an embed](x) [[word]] [[claim:open"),
    ],
)
def test_embeds_are_replaced(source: str, expected: str) -> None:
    assert replace_embeds(source, shown) == expected


@pytest.mark.parametrize(
    "code",
    [
        "`[[claim:A-1]]`",
        "``a ` [[claim:A-1]]``",
        "```text\n[[claim:A-1]]\n```",
        "~~~\n[[claim:A-1]]\n~~~",
        "````\n```\n[[claim:A-1]]\n```\n````",
        "- item\n\n  ```\n  [[claim:A-1]]\n  ```",
        "> ```\n> [[claim:A-1]]\n> ```",
        "```[[claim:A-1]]``` on one line",
    ],
)
def test_code_is_left_alone(code: str) -> None:
    source = f"{code}\n\n[[cite:B-2]]\n"
    replaced = replace_embeds(source, lambda token: "MARK")
    assert replaced == f"{code}\n\nMARK\n"


def test_a_fence_that_is_never_closed_runs_to_the_end() -> None:
    source = "```\n[[claim:A-1]]\n"
    assert replace_embeds(source, shown) == source
