"""The sections of the CommonMark specification, each with cases of our own.

Where we differ the specification would lose something that was typed. Its own 652 examples run in
the browser tests, where they are installed.
"""

import pytest

from comments.rendering import render_comment

REL = ' rel="ugc nofollow noopener"'


def rendered(text: str) -> str:
    """Return the HTML on one line and without the `rel` that every link has."""
    html = str(render_comment(text))
    assert html.count("<a ") == html.count(REL)
    return html.replace(REL, "").replace("<br>\n", "<br>").replace(">\n<", "><").strip()


SPEC = {
    "2.1 lines": {"a\r\nb\rc": "<p>a<br>b<br>c</p>", "a\u2028b": "<p>a<br>b</p>"},
    "2.2 tabs": {"\ta": "<pre><code>a\n</code></pre>", "-\ta": "<ul><li>a</li></ul>"},
    "2.3 insecure characters": {"a\x00b": "<p>ab</p>", "&#0;": "<p>\ufffd</p>"},
    "2.4 backslash escapes": {
        r"\*a\*": "<p>*a*</p>",
        r"\a": r"<p>\a</p>",
        r"\[a](https:x)": "<p>[a](https:x)</p>",
    },
    "2.5 entities": {"&amp;&copy;&#35;": "<p>&amp;©#</p>", "&nothing;": "<p>&amp;nothing;</p>"},
    "3.1 precedence": {"- `a\n- b`": "<ul><li>`a</li><li>b`</li></ul>"},
    "4.1 thematic breaks": {
        "***": "<p>***</p>",
        "a\n\n---\n\nb": "<p>a</p><p>---</p><p>b</p>",
        "* * *": "<p>* * *</p>",
        "> ---": "<blockquote><p>---</p></blockquote>",
        "- ___": "<ul><li>___</li></ul>",
    },
    "4.2 headings": {"# a": "<p># a</p>", "####### a": "<p>####### a</p>", "#a": "<p>#a</p>"},
    "4.3 underlined headings": {"a\n===": "<p>a<br>===</p>", "a\n---": "<p>a</p><p>---</p>"},
    "4.4 indented code": {
        "    a\n      b": "<pre><code>a\n  b\n</code></pre>",
        "a\n    b": "<p>a<br>b</p>",
    },
    "4.5 fences": {
        "```\na\n```": "<pre><code>a\n</code></pre>",
        "~~~\n<b>\n~~~": "<pre><code>&lt;b&gt;\n</code></pre>",
        "```python\na\n```": "<pre><code>a\n</code></pre>",
        "```Python\na\n```": "<pre><code>a\n</code></pre>",
        "```a = 1\nb\n```": "<pre><code>a = 1\nb\n</code></pre>",
        "```\na": "<pre><code>a</code></pre>",
        "a\n```\nb\n```": "<p>a</p><pre><code>b\n</code></pre>",
        "```a```": "<p><code>a</code></p>",
    },
    "4.6 HTML blocks": {
        "<table>\n<tr>": "<p>&lt;table&gt;<br>&lt;tr&gt;</p>",
        "<!-- a -->": "<p>&lt;!-- a --&gt;</p>",
        "<b>*a*</b>": "<p>&lt;b&gt;<em>a</em>&lt;/b&gt;</p>",
    },
    "4.7 definitions of references": {
        "[a]: https://x.org": '<p>[a]: <a href="https://x.org">https://x.org</a></p>',
        "[a]: b\n\n[a]": "<p>[a]: b</p><p>[a]</p>",
    },
    "4.8 paragraphs": {"a\n\nb": "<p>a</p><p>b</p>", "  a": "<p>a</p>", "": "", " \n\t\n": ""},
    "5.1 quotes": {
        "> a\n> b": "<blockquote><p>a<br>b</p></blockquote>",
        ">a\nb": "<blockquote><p>a<br>b</p></blockquote>",
        "> a\n\nb": "<blockquote><p>a</p></blockquote><p>b</p>",
        "> > a": "<blockquote><blockquote><p>a</p></blockquote></blockquote>",
        "> - a": "<blockquote><ul><li>a</li></ul></blockquote>",
        ">": "<blockquote></blockquote>",
    },
    "5.2 items of lists": {
        "- a\n- b": "<ul><li>a</li><li>b</li></ul>",
        "1. a\n2. b": "<ol><li>a</li><li>b</li></ol>",
        "1) a": "<ol><li>a</li></ol>",
        "-a": "<p>-a</p>",
        "+1 for this": "<p>+1 for this</p>",
        "- a\n  - b": "<ul><li>a\n<ul><li>b</li></ul></li></ul>",
        "- a\n\n  b": "<ul><li><p>a</p><p>b</p></li></ul>",
    },
    "5.3 lists and their numbers": {
        "3. a\n4. b": '<ol start="3"><li>a</li><li>b</li></ol>',
        "0. a": '<ol start="0"><li>a</li></ol>',
        "1. a\n1. b\n1. c": "<ol><li>a</li><li>b</li><li>c</li></ol>",
        "1. a\n3. b\n4. c": '<ol><li>a</li><li value="3">b</li><li>c</li></ol>',
        "2. a\n2. b\n3. c": '<ol start="2"><li>a</li><li>b</li><li value="3">c</li></ol>',
        "2024. A good year.": '<ol start="2024"><li>A good year.</li></ol>',
        "I was born in\n1986. Then": "<p>I was born in<br>1986. Then</p>",
        "- a\n* b": "<ul><li>a</li></ul><ul><li>b</li></ul>",
    },
    "6.1 code spans": {
        "`a`": "<p><code>a</code></p>",
        "`` a`b ``": "<p><code>a`b</code></p>",
        "`<b>&amp;`": "<p><code>&lt;b&gt;&amp;amp;</code></p>",
        "`*a*": "<p>`<em>a</em></p>",
    },
    "6.2 emphasis": {
        "*a* **b** ***c***": "<p><em>a</em> <strong>b</strong> <em><strong>c</strong></em></p>",
        "_a_ __b__": "<p><em>a</em> <strong>b</strong></p>",
        "snake_case_name": "<p>snake_case_name</p>",
        "2 * 3 * 4": "<p>2 * 3 * 4</p>",
        "**a*": "<p>*<em>a</em></p>",
        "~~a~~": "<p>~~a~~</p>",
    },
    "6.3 links": {
        "[a](https://x.org)": '<p><a href="https://x.org">a</a></p>',
        "[*a*](https://x.org)": '<p><a href="https://x.org"><em>a</em></a></p>',
        "[a](<https://x.org/b c>)": '<p><a href="https://x.org/b%20c">a</a></p>',
        '[a](https://x.org "b")': '<p><a href="https://x.org">a</a> (b)</p>',
        "[](https://x.org)": '<p><a href="https://x.org">https://x.org</a></p>',
        "[\u200b](https://x.org)": '<p><a href="https://x.org">https://x.org</a></p>',
        "[a]()": "<p>[a]()</p>",
        "[a](b)": "<p>[a](b)</p>",
        "[a](/b)": "<p>[a](/b)</p>",
        "[a](#b)": "<p>[a](#b)</p>",
        "[a](//x.org)": "<p>[a](//x.org)</p>",
        "[a](ftp://x.org)": "<p>[a](ftp://x.org)</p>",
        "[a](tel:123)": "<p>[a](tel:123)</p>",
        "[a](mailto:b@x.org)": '<p><a href="mailto:b@x.org">a</a></p>',
        "[a](mailto:b@x.org?body=c)": "<p>[a](mailto:b@x.org?body=c)</p>",
        "[a](https://bank.org@x.org)": "<p>[a](https://bank.org@x.org)</p>",
        "[a][b] [c]": "<p>[a][b] [c]</p>",
        "[[a](https://x.org)](b)": '<p>[<a href="https://x.org">a</a>](b)</p>',
    },
    "6.4 pictures": {
        "![a *b*](https://x.org) d": (
            '<p>![a *b*](<a href="https://x.org">https://x.org</a>) d</p>'
        ),
        "![](https://x.org)": '<p>![](<a href="https://x.org">https://x.org</a>)</p>',
        "[![a](https://x.org)](https://y.org)": (
            '<p><a href="https://y.org">![a](https://x.org)</a></p>'
        ),
        "Really![1]": "<p>Really![1]</p>",
    },
    "6.5 autolinks": {
        "<https://x.org?a&b>": '<p><a href="https://x.org?a&amp;b">https://x.org?a&amp;b</a></p>',
        "<a@x.org>": '<p><a href="mailto:a@x.org">a@x.org</a></p>',
        "<javascript:a>": "<p>&lt;javascript:a&gt;</p>",
        "<made-up:a>": "<p>&lt;made-up:a&gt;</p>",
    },
    "6.6 raw HTML": {
        "a <br> b": "<p>a &lt;br&gt; b</p>",
        "<b>a</b>": "<p>&lt;b&gt;a&lt;/b&gt;</p>",
    },
    "6.7 and 6.8 line breaks": {
        "a\nb": "<p>a<br>b</p>",
        "a  \nb": "<p>a<br>b</p>",
        "a\\\nb": "<p>a<br>b</p>",
        "a  ": "<p>a</p>",
        "*a\nb*": "<p><em>a<br>b</em></p>",
    },
    "6.9 what other dialects know": {
        "| a | b |\n|---|---|\n| c | d |": "<p>| a | b |<br>|---|---|<br>| c | d |</p>",
        "- [ ] a": "<ul><li>[ ] a</li></ul>",
        "a[^1]": "<p>a[^1]</p>",
        "::: note": "<p>::: note</p>",
        "[[claim:A1]]": "<p>[[claim:A1]]</p>",
    },
}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param(t, h, id=f"{name}: {t!r}")
        for name, some in SPEC.items()
        for t, h in some.items()
    ],
)
def test_section_of_the_specification(text: str, html: str) -> None:
    assert rendered(text) == html
