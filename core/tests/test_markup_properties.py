"""Whatever is written: render raises MarkupError or nothing, and its HTML passes the wall."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from core.embeds import EmbedContext
from core.markup import MarkupError, check, render
from core.markup.blocks import NO_HTML
from core.tests.fakes import html_if_good, sentence_if_good
from core.tests.walls import assert_safe

PIECES = [
    *("\n", "\n\n", "\n\n\n", " ", "  \n", "\\\n", "\t", "    ", "\r\n"),
    *("a", "word", "Ä", "漢", "1", "42", "<", ">", "&", '"', "'", "&amp;", "&#60;", "\\"),
    *("*", "**", "_", "__", "`", "``", "```", "```text\n", "\n```\n", "~~~", "```python run\n"),
    *("[", "]", "(", ")", "![", "](", "](/a/)", "](https://x.org)", "](#a)", "](/media/a.png)"),
    *("# ", "## ", "### ", "## a\n", "===", "---", "- ", "1. ", "> ", ": ", "* * *\n"),
    *("|", "|---|", "| a | b |\n|---|---|\n", "Table: ", "Table: a\n\n| b |\n|---|\n| c |\n"),
    *(":::", "::: note", "::: note\n", "::: try T\n", "\n:::\n", "::: foo"),
    *("[[", "]]", "[[claim:", "[[claim:A1]]", "[[claim:A2#x]]", "[[guide:git|b]]", "[[foo:x]]"),
    *("[[diagram:d|c]]", "\n\n[[diagram:e|c]]\n\n", "![decorative](/media/b.png 'c')"),
    *("[^1]", "[^2]", "[^1]: ", "\n\n[^1]: note\n\n", "[^2]: other\n"),
    *("[r]", "\n\n[r]: /b/ 'c'\n\n", "<b>", "</b>", "<!--", "<https://x.org>", "javascript:x"),
]
texts = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
mixed = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=15).map("".join)
any_text = st.one_of(texts, mixed, st.text(max_size=60))
often = settings(max_examples=150, deadline=None, derandomize=True)


@often
@given(any_text)
def test_html_passes_the_wall(source: str) -> None:
    html = html_if_good(source)
    if html is not None:
        assert_safe(html)


@often
@given(texts)
def test_texts_of_one_page_pass_the_wall_together(source: str) -> None:
    context = EmbedContext()
    try:
        first = render(source, embeds=context).html
        context.placed.clear()  # the same diagram twice on a page is refused, and has one id
        second = render(source, embeds=context).html
    except MarkupError:
        return
    if "diagram" not in first:
        assert_safe(first + second)


@often
@given(any_text)
def test_lines_are_lines_of_the_text(source: str) -> None:
    count = len(re.split(r"\r\n?|\n", source))
    lines = [problem.line for problem in check(source, first_line=100)]
    assert all(line is not None and 100 <= line < 100 + count for line in lines)
    assert lines == sorted(lines, key=lambda line: line or 0)


@often
@given(any_text)
def test_outline_is_what_the_html_holds(source: str) -> None:
    try:
        page = render(source)
    except MarkupError:
        return
    found = re.findall(r'<h([23]) id="([^"]*)"', page.html)
    own = [(int(level), anchor) for level, anchor in found if anchor != "footnotes-title"]
    assert own == [(heading.level, heading.id) for heading in page.outline]


@often
@given(any_text)
def test_sentence_passes_the_wall(source: str) -> None:
    html = sentence_if_good(source)
    if html is not None:
        assert_safe(html)


@often
@given(st.text(alphabet="<>ab/ !-?\n`\\", max_size=30))
def test_tags_never_pass_unseen(source: str) -> None:
    found = check(source)
    if not found:
        assert_safe(str(render(source).html))
    elif re.fullmatch(r"[ab ]*<(?:a|b)>[ab ]*", source):
        assert any(problem.message == NO_HTML for problem in found)
