"""Call-outs."""

import pytest

from core.embeds import EmbedContext
from core.tests.fakes import html_of, messages_of
from core.tests.walls import assert_safe


def test_callout_with_title() -> None:
    html = html_of("::: note The *shop*\nText.\n:::")
    assert html == (
        '<aside class="callout callout--note" aria-labelledby="callout-1">\n'
        '<p class="callout__title" id="callout-1"><span class="callout__kind">Note</span>'
        " The <em>shop</em></p>\n<p>Text.</p>\n</aside>\n"
    )
    assert_safe(html)


@pytest.mark.parametrize(
    ("kind", "word"),
    [("note", "Note"), ("warning", "Warning"), ("example", "Example"), ("try", "Try it")],
)
def test_kinds_without_title(kind: str, word: str) -> None:
    html = html_of(f"::: {kind}\na\n:::")
    assert f'class="callout callout--{kind}"' in html
    assert f'<span class="callout__kind">{word}</span></p>' in html


@pytest.mark.parametrize(
    "source",
    [
        ":::note\na\n:::",
        ":::: note\na\n::::",
        "::: note   \na\n:::   ",
        "  ::: note\n  a\n  :::",
        "before\n::: note\na\n:::\nafter",
        "::: note\n\na\n\n:::",
    ],
)
def test_ways_to_write_it(source: str) -> None:
    html = html_of(source)
    assert '<aside class="callout callout--note"' in html
    assert "<p>a</p>\n</aside>" in html
    assert_safe(html)


def test_callout_holds_blocks() -> None:
    html = html_of(
        "::: example\nText\n\n- a\n- b\n\n```text\n:::\n```\n\nTable: c\n\n| d |\n|---|\n| e |\n:::"
    )
    assert html.count("</aside>") == 1
    assert html.index("<ul>") < html.index('<code class="highlight language-text">:::</code>')
    assert html.index("<caption") < html.index("</aside>")
    assert_safe(html)


def test_wavy_fence_hides_the_end_too() -> None:
    html = html_of("::: try\n~~~text\n:::\n```\n~~~\n:::\n\nafter")
    assert "</aside>\n<p>after</p>" in html


def test_callout_in_a_list_and_a_quotation() -> None:
    html = html_of("- a\n\n  ::: note\n  b\n  :::\n\n> ::: warning\n> c\n> :::")
    assert html.count("<aside") == 2
    assert html.index("</aside>") < html.index("</ul>")
    assert_safe(html)


def test_callouts_are_numbered_through_the_texts_of_a_page() -> None:
    context = EmbedContext()
    html_of("::: note\na\n:::\n\n::: note\nb\n:::", context)
    assert 'id="callout-3"' in html_of("::: note\nc\n:::", context)


def test_title_is_escaped() -> None:
    html = html_of('::: note a "b" & c < d\ne\n:::')
    assert "</span> a “b” &amp; c &lt; d</p>" in html


def test_marks_in_code_are_code() -> None:
    assert "<aside" not in html_of("```text\n::: note\n```")
    assert "<aside" not in html_of("`::: note`")


def test_two_colons_are_words() -> None:
    assert html_of(":: note") == "<p>:: note</p>\n"


OPEN = "the call-out that begins here is not closed; end it with :::"
NEXT = (
    "the call-out that begins here is not closed before the next one; "
    "end it with ::: on a line of its own"
)
STRAY = "::: closes nothing here; no call-out is open"


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ("::: note\na", [f"Line 1: {OPEN}"]),
        ("a\n\n::: note\na\n\nb", [f"Line 3: {OPEN}"]),
        ("::: note\na\n::: warning\nb\n:::", [f"Line 1: {NEXT}"]),
        ("::: note\na\n\n::: warning\nb", [f"Line 1: {NEXT}", f"Line 4: {OPEN}"]),
        ("::: note\n::: try\na\n:::\n:::", [f"Line 1: {NEXT}", f"Line 5: {STRAY}"]),
        (":::", [f"Line 1: {STRAY}"]),
        ("a\n\n:::\n\nb", [f"Line 3: {STRAY}"]),
        ("- ::: note\n  a\n\nb\n\n:::", [f"Line 1: {OPEN}", f"Line 6: {STRAY}"]),
        (
            "::: note\n```text\n:::\n",
            [
                f"Line 1: {OPEN}",
                "Line 2: the code block that begins here is not closed with ```",
            ],
        ),
        (
            "::: tip\na\n:::",
            [
                "Line 1: there is no call-out called “tip”; known are note, warning, example, try",
            ],
        ),
        (
            "::: Note\na\n:::",
            [
                "Line 1: there is no call-out called “Note”; known are note, warning, example, try",
            ],
        ),
        (
            "::: note\na\n\n<b>\n:::",
            [
                "Line 4: HTML is not allowed here; write Markdown, or put code in a code block",
            ],
        ),
        (
            "::: note [a](b)\nc\n:::",
            [
                "Line 1: links begin with https://, http://, mailto:, / or #; “b” does not",
            ],
        ),
    ],
)
def test_problems(source: str, messages: list[str]) -> None:
    assert messages_of(source) == messages


def test_unknown_kind_cannot_break_out_of_the_class() -> None:
    message = messages_of('::: "><script>\na\n:::')[0]
    assert message.startswith('Line 1: there is no call-out called “"><script>”')
