"""Raw HTML is found wherever it stands and refused with its line."""

import pytest

from core.markup.blocks import NO_HTML
from core.tests.fakes import html_of, messages_of


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("<b>a</b>", [1]),
        ("a <b>b</b>", [1]),
        ("a\nb <b>c\nd</b>", [2, 3]),
        ("<div>\na\n</div>", [1]),
        ("a\n\n<div>\n\nb\n\n</div>", [3, 7]),
        ("<!-- a -->", [1]),
        ("a <!-- b -->", [1]),
        ("a\n\n<!-- b\n\nc -->\n\nd <i>", [3, 7]),
        ("<?php x ?>", [1]),
        ("<!DOCTYPE html>", [1]),
        ("<![CDATA[x]]>", [1]),
        ("<script>\nx\n\ny\n</script>", [1]),
        ("<style>\nx\n</style>", [1]),
        ("a <br/> b", [1]),
        ("a <x-y z> b", [1]),
        ("a </b>", [1]),
        ("## a <b>", [1]),
        ("- a\n- b <i>", [2]),
        ("> a\n> <i>b", [2]),
        ("> a\n<i>b", [2]),
        ("a\n: <i>b", [2]),
        ("::: note <i>\na\n:::", [1]),
        ("::: note\na\n<div>\n:::", [3]),
        ("*a <i>* b", [1]),
        ("[a <i>](/b/)", [1]),
        ("1. a\n\n   <div>\n   b\n\n2. c", [3]),
    ],
)
def test_found(source: str, lines: list[int]) -> None:
    assert messages_of(source) == [f"Line {line}: {NO_HTML}" for line in lines]


@pytest.mark.parametrize(
    "source",
    [
        "a < b > c",
        "if a<3 and b>4",
        "`<b>`",
        "```html\n<b>\n```",
        r"\<b>",
        "&lt;b&gt;",
        "<>",
        "a <- b",
        "x <",
        "<3",
        "List<",
        "< b>",
        '[a](/b/ "<b>")',
    ],
)
def test_not_html(source: str) -> None:
    assert messages_of(source) == []
    assert "<b>" not in html_of(source)
