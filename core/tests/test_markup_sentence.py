"""Single sentences: emphasis, code and links only."""

import pytest

from core.markup import MarkupError, render_inline
from core.markup.blocks import NO_HTML
from core.markup.inlines import NO_LINK


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("", ""),
        ("Plain & simple <", "Plain &amp; simple &lt;"),
        ("*a* **b** `c<d`", "<em>a</em> <strong>b</strong> <code>c&lt;d</code>"),
        ("[a](https://x.org)", '<a href="https://x.org" rel="noopener">a</a>'),
        ("[a](/b/)", '<a href="/b/">a</a>'),
        ("# not a heading", "# not a heading"),
        ("- not a list", "- not a list"),
        ("  spaces around \n", "spaces around"),
        ("two\nlines", "two\nlines"),
        (r"\*escaped\*", "*escaped*"),
    ],
)
def test_good(source: str, html: str) -> None:
    assert render_inline(source) == html
    assert hasattr(render_inline(source), "__html__")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("a <b>", f"Line 1: {NO_HTML}"),
        ("a\n<b>", f"Line 2: {NO_HTML}"),
        ("![a](/media/b.png)", "Line 1: an image cannot stand here"),
        ("[[claim:A1]]", "Line 1: an embed cannot stand here"),
        ("[[foo:A1]]", "Line 1: an embed cannot stand here"),
        ("a[^1]", "Line 1: a footnote cannot stand here"),
        ("[a](#b)", "Line 1: a link into the page is not possible here"),
        (
            "[a](javascript:b)",
            "Line 1: links begin with https://, http://, mailto:, / or #; “javascript:b” does not",
        ),
        ("[](/b/)", "Line 1: the link has no words"),
        ("[a](b c)", f"Line 1: {NO_LINK}"),
    ],
)
def test_refused(source: str, message: str) -> None:
    with pytest.raises(MarkupError) as caught:
        render_inline(source)
    assert str(caught.value) == message


def test_all_problems_at_once() -> None:
    with pytest.raises(MarkupError) as caught:
        render_inline("<b>\n![a](b)\n[[claim:A1]]")
    assert [problem.line for problem in caught.value.problems] == [1, 2, 3]
