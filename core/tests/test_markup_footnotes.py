"""Footnotes."""

import pytest

from core.embeds import EmbedContext
from core.markup.inlines import NO_LINK
from core.markup.notes import letter
from core.tests.fakes import html_of, messages_of
from core.tests.walls import assert_safe


def test_mark_and_note() -> None:
    html = html_of("Word[^a].\n\n[^a]: The *note*.")
    assert html == (
        '<p>Word<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" aria-label="Note a">a</a>'
        "</sup>.</p>\n"
        '<section class="footnotes" aria-labelledby="footnotes-title">'
        '<h2 id="footnotes-title">Notes</h2><ol>\n'
        '<li id="fn-1"><p>The <em>note</em>. <a class="footnote-backref" href="#fnref-1"'
        ' aria-label="Back to the text, note a">↩</a></p>\n</li>\n</ol></section>\n'
    )
    assert_safe(html)


def test_numbers_follow_the_marks_not_the_definitions() -> None:
    html = html_of("[^b]: Second.\n\n[^a]: First.\n\nx[^a] y[^b]")
    assert html.index("First.") < html.index("Second.")


def test_two_marks_of_one_note() -> None:
    html = html_of("x[^a] y[^a]\n\n[^a]: Note.")
    assert 'id="fnref-1"' in html
    assert 'id="fnref-1-2"' in html
    assert html.count('class="footnote-backref"') == 2
    assert html.count("<li") == 1
    assert_safe(html)


def test_note_in_a_note() -> None:
    html = html_of("x[^a] y[^c]\n\n[^a]: One[^b].\n\n[^b]: Two.\n\n[^c]: Three.")
    assert html.index("One") < html.index("Three") < html.index("Two")
    assert '<li id="fn-3">' in html
    assert_safe(html)


def test_note_that_names_itself() -> None:
    html = html_of("x[^a]\n\n[^a]: See[^a].")
    assert html.count('class="footnote-backref"') == 2
    assert_safe(html)


def test_note_with_several_blocks() -> None:
    html = html_of("x[^a]\n\n[^a]: One.\n\n    - two\n\n    ```text\n    three\n    ```")
    assert "<p>One.</p>\n<ul>" in html
    assert '</figure>\n<p><a class="footnote-backref"' in html
    assert_safe(html)


def test_empty_note() -> None:
    assert_safe(html_of("x[^a]\n\n[^a]:\n"))


def test_definition_inside_other_blocks() -> None:
    html = html_of("> x[^a]\n>\n> [^a]: Note.\n\n- y[^b]\n\n  [^b]: Other.")
    assert html.index("</ul>") < html.index('<section class="footnotes"')
    assert_safe(html)


def test_texts_of_one_page_have_notes_of_their_own() -> None:
    context = EmbedContext()
    source = "x[^1]\n\n[^1]: Note."
    page = "".join(
        [html_of(source, context), html_of("no notes", context), html_of(source, context)]
    )
    assert 'href="#fn-1"' in page
    assert 'href="#fn2-1"' in page
    assert 'id="footnotes-title-2"' in page
    assert_safe(page)


def test_mark_in_a_table_a_term_and_a_caption() -> None:
    html = html_of("Table: a[^1]\n\n| b[^2] |\n|---|\n| c |\n\nD[^1]\n: e\n\n[^1]: x\n[^2]: y")
    assert html.count('class="footnote-ref"') == 3
    assert_safe(html)


def test_label_is_never_written() -> None:
    label = '"><b>'
    html = html_of(f"x[^{label}]\n\n[^{label}]: Note.")
    assert "&gt;&lt;b" not in html
    assert "><b>" not in html


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ("x[^a]", ["Line 1: the footnote [^a] is not defined"]),
        (
            "x\ny[^a]\n\n[^b]: z",
            [
                "Line 2: the footnote [^a] is not defined",
                "Line 4: nothing refers to the footnote [^b]",
            ],
        ),
        ("x[^a]\n\n[^a]: y\n\n[^a]: z", ["Line 5: the footnote [^a] is defined already"]),
        ("x\n\n[^a]: y[^a]", ["Line 3: nothing refers to the footnote [^a]"]),
        (
            "x\n\n[^a]: y[^b]\n\n[^b]: z",
            [
                "Line 3: nothing refers to the footnote [^a]",
                "Line 5: nothing refers to the footnote [^b]",
            ],
        ),
        ("x[^a]\n\n[^a]: y[^b]", ["Line 3: the footnote [^b] is not defined"]),
        ("[x[^a]](/b/)\n\n[^a]: y", [f"Line 1: {NO_LINK}"]),
        (
            "x[^a]\n\n[^a]: y\n    <b>z</b>",
            [
                "Line 4: HTML is not allowed here; write Markdown, or put code in a code block",
            ],
        ),
        (
            "x[^a]\n\n[^a]: y\n\n    [b](c)",
            [
                "Line 5: links begin with https://, http://, mailto:, / or #; “c” does not",
            ],
        ),
    ],
)
def test_problems(source: str, messages: list[str]) -> None:
    assert messages_of(source) == messages


@pytest.mark.parametrize("source", ["x[^]", "x[^a b]", r"x\[^a]", "`[^a]`", "x^[inline]"])
def test_what_is_no_footnote(source: str) -> None:
    assert messages_of(source) == []
    assert "footnote" not in html_of(source)


def test_letters_go_on_after_z() -> None:
    assert [letter(number) for number in (1, 2, 26, 27, 52, 53)] == [
        "a",
        "b",
        "z",
        "aa",
        "az",
        "ba",
    ]
