"""Hostile texts: each is refused, or becomes HTML that holds only what is allowed.

The second test takes the first wall away: it writes the HTML of texts that were refused, which
nobody ever does, and looks whether the writer alone would have kept them harmless.
"""

import pytest

from core.embeds import EmbedContext
from core.markup import MarkupError, render
from core.markup.blocks import check_blocks
from core.markup.document import read
from core.markup.embedding import load_embeds
from core.markup.inlines import check_inlines
from core.markup.outline import outline_of
from core.markup.problems import Problems
from core.markup.writer import Writer
from core.tests.fakes import html_if_good, sentence_if_good
from core.tests.walls import assert_safe

VECTORS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.org/a.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)",
    '"><img src=x onerror=alert(1)>',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<object data=x></object><embed src=x>",
    "<a href=javascript:alert(1)>x</a>",
    "<body onload=alert(1)>",
    "<style>@import 'x'</style>",
    "<link rel=stylesheet href=x>",
    "<meta http-equiv=refresh content=0>",
    "<base href=//x.org>",
    "<form action=x><input name=y></form>",
    "<details open ontoggle=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><a/>",
    "<plaintext>",
    "<textarea></textarea><img src=x onerror=y>",
    "</p></div></body><script>x</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&amp;lt;script&amp;gt;",
    "[a](javascript:alert(1))",
    "[a](JAVASCRIPT:alert(1))",
    "[a](javascript&colon;alert(1))",
    "[a](&#x6A;avascript:alert(1))",
    "[a](\x01javascript:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](<java\nscript:alert(1)>)",
    "[a]( javascript:alert(1))",
    "[a](javascript://x.org/%0aalert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "[a](//x.org)",
    "[a](/\\x.org)",
    "[a](https:x)",
    '[a](https://x.org/" onmouseover="alert(1))',
    "[a](https://x.org/'onclick='x)",
    '[a](https://x.org "t" onclick="x")',
    '[a](https://x.org "t&quot; onclick=&quot;x")',
    "[a](https://x.org '\"><script>x</script>')",
    "[a](/b/<script>)",
    "[<img src=x onerror=y>](/a/)",
    "[a]: javascript:x\n\n[a]",
    "[a]: /b/ '\"><script>'\n\n[a]",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "<https://x.org/\"onclick=x>",
    "<https://x.org/<script>>",
    "![a](javascript:alert(1))",
    "![a](data:image/svg+xml,<svg onload=x>)",
    '![a" onerror="x](/media/a.png)',
    '![a](/media/a.png" onerror="x)',
    "![a](/media/a.png '\"><script>x</script>')",
    "![a](/media/../../etc/passwd)",
    "![<script>](/media/a.png)",
    "`<script>alert(1)</script>`",
    "```html\n</code></pre><script>alert(1)</script>\n```",
    "```\"><script>alert(1)</script>\nx\n```",
    '```python title="</span><script>x</script>"\nx\n```',
    "```python title=\"'onclick='x\"\nx\n```",
    "~~~html\n~~ ~<script>\n~~~",
    "    <script>alert(1)</script>",
    "## <script>x</script>",
    '## "onclick="x',
    "## ' onclick='x",
    "## &quot; onclick=&quot;x",
    "::: note <script>x</script>\na\n:::",
    '::: "onclick="x\na\n:::',
    "::: note\"><script>\na\n:::",
    "Table: <script>x</script>\n\n| <i> |\n|---|\n| <img src=x onerror=y> |",
    "Table: a\n\n| a |\n|:-:\" onclick=\"x|\n| b |",
    "Term <script>\n: <script>x</script>",
    "a[^<script>]\n\n[^<script>]: b",
    'a[^"onclick="x]\n\n[^"onclick="x]: b',
    "a[^1]\n\n[^1]: <script>x</script>",
    "[[claim:<script>]]",
    "[[claim:A<script>#<img src=x>]]",
    "[[claim:A1#\"><script>x</script>]]",
    "[[guide:git|<script>x</script>]]",
    "[[guide:git|\" onclick=\"x]]",
    "[[guide:git\"onclick=\"x|a]]",
    "[[diagram:\"><script>|<script>x</script>]]",
    "[[diagram:x|</figcaption></figure><script>]]",
    "[[<script>:x]]",
    "[[foo<b>:x]]",
    "\u202e<script>\u202c",
    "\x00<script>\x00",
    "a\u2028<script>",
    "\ud800<script>",
    "\ufeff<script>",
    "＜script＞alert(1)＜/script＞",
    "1. a\n" * 3 + "<script>",
    "99999999999. a",
    "999999999. a",
    "*a <b* c>d",
    "**<script>**",
    "\\<script>alert(1)</script>",
    "a\\\n<script>",
    "---\ntitle: <script>\n---",
    "{{ 7*7 }} {% load x %} ${x} <%= y %>",
]  # fmt: skip


@pytest.mark.parametrize("source", VECTORS)
def test_refused_or_harmless(source: str) -> None:
    html = html_if_good(source)
    if html is not None:
        assert_safe(html)


@pytest.mark.parametrize("source", VECTORS)
def test_second_wall_stands_alone(source: str) -> None:
    problems, context = Problems(), EmbedContext()
    document = read(source, problems)
    assert document is not None
    outline_of(document, context, problems)
    check_blocks(document, problems)
    load_embeds(document, context, problems)
    check_inlines(document, context.anchors, problems)
    html = str(Writer(document, context, problems).write())
    for level in ("h1", "h4", "h5", "h6"):  # refused; the writer keeps them as they are
        html = html.replace(f"<{level} ", "<h2 ").replace(f"</{level}>", "</h2>")
    assert_safe(html)


@pytest.mark.parametrize("source", VECTORS)
def test_sentence_refused_or_harmless(source: str) -> None:
    html = sentence_if_good(source)
    if html is not None:
        assert_safe(html)


def test_there_are_enough_vectors() -> None:
    assert len(set(VECTORS)) == len(VECTORS) > 90


@pytest.mark.parametrize(
    "source", [vector for vector in VECTORS if vector.lower().startswith(("<script", "[a](j"))]
)
def test_plain_attacks_are_refused(source: str) -> None:
    with pytest.raises(MarkupError):
        render(source)
