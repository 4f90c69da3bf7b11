"""The HTML of another site as our Markdown: what people see stays what they saw."""

import html as entities
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.importing.from_html import to_markdown
from comments.rendering import plain_text, render_comment
from comments.tests.harmless import faults
from comments.tests.test_rendering_commonmark import rendered

LINK = '<a href="https://x.org">'


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
        ("<p>one</p>\n<p>two<br>three</p>", "<p>one</p><p>two<br>three</p>"),
        ("<b>a</b> <i>b</i>", "<p><strong>a</strong> <em>b</em></p>"),
        ("<b> a </b>b", "<p><strong>a</strong> b</p>"),
        ("<b><i>a</i></b>", "<p><strong><em>a</em></strong></p>"),
        ("<i>a <b>b</b> c</i>", "<p><em>a <strong>b</strong> c</em></p>"),
        ("<em><i>a</i></em>", "<p><em>a</em></p>"),
        ("<b>a\n\nb</b>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        ("<b></b>a", "<p>a</p>"),
        ("<code>a_b*c`d</code>", "<p><code>a_b*c`d</code></p>"),
        ("<pre>a\n  b ``` c</pre>", "<pre><code>a\n  b ``` c\n</code></pre>"),
        ("<a href='https://x.org'>a</a>", f"<p>{LINK}a</a></p>"),
        ("<a href='https://x.org'>https://x.org</a>", f"<p>{LINK}https://x.org</a></p>"),
        ("<a href='https://x.org'></a>", f"<p>{LINK}https://x.org</a></p>"),
        ("<a href='https://x.org' title='b'>a</a>", f"<p>{LINK}a</a> (b)</p>"),
        ("<a href='https://x.org'>[1]</a>", f"<p>{LINK}[1]</a></p>"),
        ("<a href='https://x.org'><b>a</b> c</a>", f"<p>{LINK}<strong>a</strong> c</a></p>"),
        ("<a href='https://x.org/(b'>a</a>", '<p><a href="https://x.org/(b">a</a></p>'),
        ("<a href='/b'>a</a>", "<p>a (/b)</p>"),
        ("<a href='javascript:b'>a</a>", "<p>a (javascript:b)</p>"),
        ("<a>a</a>", "<p>a</p>"),
        ("https://x.org/a_b_", '<p><a href="https://x.org/a_b">https://x.org/a_b</a>_</p>'),
        ("<img src='https://x.org' alt='a'>", f"<p>a ({LINK}https://x.org</a>)</p>"),
        ("<iframe src='https://x.org'></iframe>", f"<p>{LINK}https://x.org</a></p>"),
        ("<blockquote>a\n\nb</blockquote>c", "<blockquote><p>a</p><p>b</p></blockquote><p>c</p>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ol start=3><li>a</li><li>b</li></ol>", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("<ol><li><p>a</p><p>b</p></li></ol>", "<ol><li><p>a</p><p>b</p></li></ol>"),
        ("<h2>a</h2>b", "<p>a</p><p>b</p>"),
        ("a<hr>b", "<p>a</p><p>---</p><p>b</p>"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "<p>a | b</p><p>c</p>"),
        ("<del>a</del> <q>b</q>", "<p>~~a~~ “b”</p>"),
        ("<abbr title='World Wide'>WW</abbr>", "<p>WW (World Wide)</p>"),
        ("<script>a()</script>b", "<pre><code>a()\n</code></pre><p>b</p>"),
        ("<!-- a -->b", "<p>b</p>"),
        ("a &lt;b&gt; &amp;amp; &copy;", "<p>a &lt;b&gt; &amp;amp; ©</p>"),
        ("", ""),
        (" <p> </p> ", ""),
    ],
)
def test_markup(html: str, shown: str) -> None:
    assert rendered(to_markdown(html)) == shown


@pytest.mark.parametrize(
    "words",
    [
        "2 * 3 * 4 and *stars*",
        "snake_case, _under_ and __init__",
        "`code`",
        "[a](https) and ![b](c)",
        "C:\\new\\*",
        "&amp; &#60; &nothing;",
        "a ~~~ b",
        "# no heading",
        "1986. A year",
        "3) no list",
        "- no list",
        "+ no list",
        "* no list",
        "> no quote",
        ">no quote",
        "~~~",
        "```",
        "===",
        "***",
        "<b>no tag</b>",
        "| a | b |",
    ],
)
def test_words_that_look_like_markdown_stay_words(words: str) -> None:
    for text in (words, f"before\n{words}", f"    {words}"):
        html = entities.escape(text, quote=False)
        assert plain_text(render_comment(to_markdown(html))) == "\n".join(
            line.strip() for line in text.split("\n")
        )


def test_deep_nesting_keeps_its_words() -> None:
    html = "<div><ul><li>" * 500 + "deep <b>down</b>" + "</li></ul></div>" * 500
    assert "deep" in to_markdown(html)
    assert "down" in to_markdown("<b>" * 2_000 + "down")
    assert "quoted" in to_markdown("<blockquote>" * 300 + "quoted")


PIECES = [
    *("<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<a href='https://x.org'>", "</a>", "<br>"),
    *("<ul><li>", "</li>", "</ul>", "<ol>", "<li>", "<blockquote>", "</blockquote>", "<pre>"),
    *("</pre>", "<code>", "</code>", "<table><tr><td>", "<tr>", "</table>", "<script>", "<title>"),
    *("</script>", "<textarea>", "<", "&", "&lt;", "*", "_", "`", "[", "](", ")", "- ", "1. "),
    *("> ", "\\", "\n", "\n\n", "<img src=x alt='", "'>", "<!--"),
]
words = st.from_regex(re.compile(r"[xäß漢][a-zäß漢0-9]{2,7}q"), fullmatch=True)
often = settings(max_examples=300, deadline=None, derandomize=True)


@often
@given(st.lists(st.one_of(words, st.sampled_from(PIECES[:-3])), max_size=30))
def test_every_word_comes_through(parts: list[str]) -> None:
    html = "".join(part if part in PIECES else f" {part} " for part in parts)
    shown = plain_text(render_comment(to_markdown(html)))
    assert not [part for part in parts if part not in PIECES and part not in shown]


@often
@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=60)))
def test_whatever_it_was_it_becomes_harmless(html: str) -> None:
    assert not faults(render_comment(to_markdown(html)))
