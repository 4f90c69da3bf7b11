"""Tables: caption, scroll container, columns, alignment."""

import pytest

from core.embeds import EmbedContext
from core.markup import render
from core.tests.fakes import html_of, messages_of
from core.tests.walls import assert_safe

TABLE = "| a | b |\n|---|--:|\n| 1 | 2 |"
NO_CAPTION = "the table needs a caption: write a paragraph “Table: …” directly before it"


def test_table_with_caption() -> None:
    html = html_of(f"Table: All *costs*.\n\n{TABLE}\n\nAfter.")
    assert html == (
        '<div class="table-wrap" role="region" aria-labelledby="table-1" tabindex="0">'
        '<table><caption id="table-1">All <em>costs</em>.</caption>\n'
        '<thead>\n<tr><th scope="col">a</th><th scope="col" class="is-right">b</th></tr>\n'
        "</thead>\n"
        '<tbody>\n<tr><td>1</td><td class="is-right">2</td></tr>\n</tbody>\n</table></div>\n'
        "<p>After.</p>\n"
    )
    assert_safe(html)


@pytest.mark.parametrize(
    "source",
    [
        f"Table: Cap\n\n{TABLE}",
        f"Table: Cap\n{TABLE}",
        f"Table:\tCap\n\n\n{TABLE}",
        f"Before.\n\nTable: Cap\n\n{TABLE}",
    ],
)
def test_ways_to_write_the_caption(source: str) -> None:
    assert '<caption id="table-1">Cap</caption>' in html_of(source)


def test_each_table_has_its_own_caption_and_id() -> None:
    html = html_of(f"Table: One\n\n{TABLE}\n\nTable: Two\n\n{TABLE}")
    assert '<caption id="table-1">One</caption>' in html
    assert '<caption id="table-2">Two</caption>' in html


def test_tables_are_numbered_through_the_texts_of_a_page() -> None:
    context = EmbedContext()
    html_of(f"Table: One\n\n{TABLE}", context)
    assert 'id="table-2"' in html_of(f"Table: Two\n\n{TABLE}", context)


def test_alignment_is_a_class_not_a_style() -> None:
    html = html_of("Table: Cap\n\n| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | 4 |")
    assert "style" not in html
    assert '<td>1</td><td>2</td><td class="is-center">3</td><td class="is-right">4</td>' in html


def test_empty_corner_is_no_heading() -> None:
    html = html_of("Table: Cap\n\n| | b |\n|---|---|\n| 1 | 2 |")
    assert '<tr><td></td><th scope="col">b</th></tr>' in html


def test_table_without_rows() -> None:
    assert "<tbody>" not in html_of("Table: Cap\n\n| a |\n|---|")


def test_escaped_bars_and_code_in_cells() -> None:
    html = html_of("Table: Cap\n\n| a |\n|---|\n| `x \\| y` \\| z |")
    assert "<td><code>x | y</code> | z</td>" in html


def test_embed_label_in_a_cell() -> None:
    html = html_of("Table: Cap\n\n| a | b |\n|---|---|\n| [[guide:git\\|words]] | [[claim:A1]] |")
    assert '<td><a href="/guides/git/">words</a></td>' in html


def test_claim_in_the_caption() -> None:
    page = render(f"Table: Cap [[claim:A1]]\n\n{TABLE}")
    assert '<caption id="table-1">Cap <span class="claim">' in page.html
    assert page.text.startswith("Cap figure of A1\n")


def test_table_in_a_list() -> None:
    html = html_of("- a\n\n  Table: Cap\n\n  | a |\n  |---|\n  | 1 |")
    assert '<caption id="table-1">Cap</caption>' in html
    assert_safe(html)


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        (TABLE, [f"Line 1: {NO_CAPTION}"]),
        (f"Some text.\n\n{TABLE}", [f"Line 3: {NO_CAPTION}"]),
        (f"**Table:** a\n\n{TABLE}", [f"Line 3: {NO_CAPTION}"]),
        (
            f"Table: a\n\nText.\n\n{TABLE}",
            [
                "Line 1: no table follows this caption",
                f"Line 5: {NO_CAPTION}",
            ],
        ),
        (
            f"{TABLE}\n\nTable: a",
            [
                f"Line 1: {NO_CAPTION}",
                "Line 5: no table follows this caption",
            ],
        ),
        (f"Table:\n\n{TABLE}", ["Line 1: the caption of the table is empty"]),
        ("Table: a", ["Line 1: no table follows this caption"]),
        (
            f"Table: a\n\n{TABLE}\n| 3 |",
            [
                "Line 6: this row does not fit the table: cells 1, columns 2",
            ],
        ),
        (
            f"Table: a\n\n{TABLE}\n| 3 | 4 | 5 |\n| 6 |",
            [
                "Line 6: this row does not fit the table: cells 3, columns 2",
                "Line 7: this row does not fit the table: cells 1, columns 2",
            ],
        ),
        (
            f"Table: a\n\n{TABLE}\nNot a row.",
            [
                "Line 6: this row does not fit the table: cells 1, columns 2",
            ],
        ),
        (
            "Table: a\n\n| a | b |\n|---|---|\n| [[guide:git|words]] | b |",
            [
                "Line 5: this row does not fit the table: cells 3, columns 2",
                "Line 5: [[guide:… is not closed with ]], or holds a bracket",
            ],
        ),
        (
            "x\n\n| a | b | c |\n|---|---|\n| 1 | 2 |",
            [
                "Line 4: this looks like a table, but the row above has another number of cells",
            ],
        ),
        (
            f"> Table: a\n>\n> {TABLE.replace(chr(10), chr(10) + '> ')}\n> | 3 |",
            [
                "Line 6: this row does not fit the table: cells 1, columns 2",
            ],
        ),
        (
            "Table: a\n\n| a | b |\n|---|---|\n| <b>x</b> | [c](d) |",
            [
                "Line 5: HTML is not allowed here; write Markdown, or put code in a code block",
                "Line 5: links begin with https://, http://, mailto:, / or #; “d” does not",
            ],
        ),
    ],
)
def test_problems(source: str, messages: list[str]) -> None:
    assert messages_of(source) == messages


@pytest.mark.parametrize(
    "row", ["| 1 | 2 |", "1 | 2", "| 1 | 2", "1 | 2 |", "|1|2|", "| | |", "|  | 2 |", "\\| | 2"]
)
def test_rows_of_two_cells(row: str) -> None:
    assert messages_of(f"Table: a\n\n| a | b |\n|---|---|\n{row}") == []


def test_dashes_in_a_paragraph_are_no_table() -> None:
    assert messages_of("a | b\nand - or | so") == []
