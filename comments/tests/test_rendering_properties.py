"""Whatever somebody types: it renders, the result is harmless, and every word comes through."""

import html as entities
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from comments.markup.plain import plain_text
from comments.rendering import clean_html, render_comment, to_html
from comments.tests.harmless import faults

PIECES = [
    *("\n", "\n\n", " ", "  \n", "\\\n", "\t", "    ", "\r\n", "a", "word", "Ä", "漢", "42", "\\"),
    *("<", ">", "&", '"', "'", "&amp;", "&#60;", "&#x202e;", "\u202e", "\u2028", "\x00", "\ud800"),
    *(
        "*",
        "**",
        "_",
        "__",
        "`",
        "``",
        "```",
        "```python\n",
        "\n```\n",
        "~~~",
        "# ",
        "---",
        "***\n",
    ),
    *("[", "]", "(", ")", "![", "](", "](https://x.org)", '](https://x.org "t")', "]()", "](b)"),
    *(
        "- ",
        "* ",
        "1. ",
        "7. ",
        "999999999. ",
        "> ",
        ">",
        "> - ",
        "- > ",
        "| a |\n|---|\n",
        "[a]: ",
    ),
    *("https://x.org", "http://x.org/a_(b)", "https://", "://", "<https://x.org>", "<a@x.org>"),
    *("javascript:x", "<b>", "</b>", "<!--", "-->", "<script>", "<img src=x onerror=y>", "&lt;"),
]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
mixed = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=20).map("".join)
any_text = st.one_of(texts, mixed, st.text(max_size=80))
often = settings(max_examples=300, deadline=None, derandomize=True)


@often
@given(any_text)
def test_every_text_becomes_harmless_html(text: str) -> None:
    assert not faults(render_comment(text))


@often
@given(any_text)
def test_the_renderer_alone_is_harmless(text: str) -> None:
    assert not faults(to_html(text))


@often
@given(any_text)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    html = render_comment(text)
    assert clean_html(html) == html


@often
@given(any_text)
def test_rendering_is_the_same_each_time(text: str) -> None:
    assert render_comment(text) == render_comment(text)


# Words that no language of code is called, so that none is taken for the name of one.
words = st.from_regex(re.compile(r"[xäß漢][a-zäß漢0-9]{2,7}q"), fullmatch=True)


@often
@given(st.lists(st.one_of(words, st.sampled_from(PIECES)), max_size=25))
def test_every_word_comes_through(parts: list[str]) -> None:
    text = "".join(f" {part} " if part not in PIECES else part for part in parts)
    seen = entities.unescape(re.sub(r"<[^>]*>", " ", str(render_comment(text))))
    lost = [part for part in parts if part not in PIECES and part not in seen]
    assert not lost


@often
@given(any_text)
def test_plain_text_holds_no_markup_and_never_fails(text: str) -> None:
    plain = plain_text(render_comment(text))
    assert "\n\n\n" not in plain or "```" in text or "    " in text or "\t" in text
    assert plain == plain.rstrip()


@often
@given(st.text(max_size=200))
def test_the_cleaner_takes_any_page(text: str) -> None:
    assert clean_html(clean_html(text)) == clean_html(text)
