"""A comment as plain text, for letters and machines."""

import pytest

from comments.markup.plain import plain_text
from comments.rendering import render_comment


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Hello *there* & **you**", "Hello there & you"),
        ("a\nb\n\nc", "a\nb\n\nc"),
        ("<b> is `<b>`", "<b> is <b>"),
        ("[the docs](https://x.org)", "the docs (https://x.org)"),
        ("https://x.org", "https://x.org"),
        ("<a@x.org>", "a@x.org"),
        ("[write](mailto:a@x.org)", "write (a@x.org)"),
        ("> a\n> b\n>\n> c\n\nd", "> a\n> b\n>\n> c\n\nd"),
        ("a\n\n> b", "a\n\n> b"),
        ("> > a", "> > a"),
        ("- a\n- b\n  c", "- a\n- b\n  c"),
        ("3. a\n7. b\n8. c", "3. a\n7. b\n8. c"),
        ("- a\n  1. b\n  2. c\n- d", "- a\n  1. b\n  2. c\n- d"),
        ("a\n\n- b\n\nc", "a\n\n- b\n\nc"),
        ("> - a\n> - b", "> - a\n> - b"),
        ("```\nx\n  y\n\nz\n```\na", "x\n  y\n\nz\n\na"),
        ("", ""),
    ],
)
def test_plain_text(text: str, plain: str) -> None:
    assert plain_text(render_comment(text)) == plain


def test_words_of_foreign_tags_come_through() -> None:
    assert plain_text("<div>a</li></ol> <b>b</b><li>c</div>") == "a\n\nb\n\n- c"
