"""Receipts: after the outermost block that holds the first use of a claim."""

import re

import pytest

from core.embeds import EmbedContext
from core.tests.fakes import html_of
from core.tests.walls import assert_safe


def shape(source: str, context: EmbedContext | None = None) -> str:
    """Return the top-level blocks of a page in short: `p receipts(1) ul`."""
    html = html_of(source, context)
    assert_safe(html)
    html = re.sub(
        r'<div class="receipts">(.*?)</div>\n',
        lambda match: "<r " + ",".join(re.findall(r"receipt-(\d+)", match[1])) + "></r>",
        html,
        flags=re.DOTALL,
    )
    found, depth = [], 0
    for close, tag, rest in re.findall(r"<(/?)([a-z0-9]+)([^>]*)>", html):
        if tag in {"img", "br", "hr"}:
            continue
        if not close and depth == 0:
            found.append(f"r{rest.strip()}" if tag == "r" else tag)
        depth += -1 if close else 1
    return " ".join(found)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("no claim", "p"),
        ("[[claim:A1]]", "p r1"),
        ("[[claim:A1]] [[claim:A2]]", "p r1,2"),
        ("[[claim:A1]] [[claim:A1#x]]", "p r1"),
        ("[[claim:A1]]\n\n[[claim:A1]]", "p r1 p"),
        ("[[claim:A1]]\n\n[[cite:A1]] [[cite:A2]]", "p r1 p r2"),
        ("- [[claim:A1]]\n- [[claim:A2]]\n\nafter", "ul r1,2 p"),
        ("1. a\n\n   > [[claim:A1]]", "ol r1"),
        ("> [[claim:A1]]\n>\n> [[claim:A2]]", "blockquote r1,2"),
        ("::: note\n[[claim:A1]]\n\n- [[claim:A2]]\n:::\n\n[[claim:A3]]", "aside r1,2 p r3"),
        ("::: note [[claim:A1]]\na\n:::", "aside r1"),
        ("Term\n: [[claim:A1]]", "dl r1"),
        ("Table: [[claim:A1]]\n\n| a |\n|---|\n| [[claim:A2]] |", "div r1,2"),
        ("## Head\n\n[[claim:A1]]", "h2 p r1"),
        ("a[^1] [[claim:A1]]\n\n[^1]: [[claim:A2]]", "p r1 section r2"),
    ],
)
def test_places(source: str, expected: str) -> None:
    assert shape(source) == expected


def test_html_of_a_receipt() -> None:
    assert html_of("[[claim:A1]]") == (
        '<p><span class="claim">figure of A1<sup>1</sup></span></p>\n'
        '<div class="receipts"><div class="receipt" id="receipt-1" popover></div></div>\n'
    )


def test_numbers_run_through_the_texts_of_a_page() -> None:
    context = EmbedContext()
    assert shape("[[claim:A5]] [[claim:A3]]", context) == "p r1,2"
    assert shape("[[claim:A3]] [[claim:A9]]", context) == "p r3"
    assert context.numbering == {"A5": 1, "A3": 2, "A9": 3}
    assert context.receipts == []
