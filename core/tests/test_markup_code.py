"""Blocks of code: languages, titles, runs, output, colours."""

import pytest
from pygments.lexers import PythonLexer  # type: ignore[import-untyped]
from pygments.token import Token  # type: ignore[import-untyped]

from core.markup.highlight import LANGUAGES, MAX_COLOURED, MAX_COLOURED_LINE, highlight, read_info
from core.tests.fakes import html_of, messages_of
from core.tests.walls import assert_safe, events

KNOWN = "python, sql, bash, console, http, json, text, ini, yaml, diff, html, javascript"
SAMPLES = {
    "python": 'def f(x):\n    return f"{x}" < 3  # <b>',
    "sql": "SELECT a FROM b WHERE c < '<i>';",
    "bash": "echo \"$HOME\" | grep '<' && ls",
    "console": "$ ls -l\nfile <a>\n$ cat <<EOF\nx\nEOF",
    "http": "GET / HTTP/1.1\nHost: x.example\n\n<p>hi</p>",
    "json": '{"a": [1, 2.5, null, "<b>"]}',
    "text": "<plain> & 'simple'",
    "ini": "[a]\nb = <c>",
    "yaml": "a: &b\n  - <c>\n  - *b",
    "diff": "--- a\n+++ b\n@@ -1 +1 @@\n-<old>\n+<new>",
    "html": '<p class="a">&amp; <script>alert(1)</script></p>',
    "javascript": "const a = `<b>${c}</b>`; // </script>",
}


def test_whole_block() -> None:
    html = html_of('```python run title="app.py"\nx = 1\n```')
    assert html == (
        '<figure class="code"><figcaption class="code__head">'
        '<span class="code__lang">Python</span> <span class="code__title">app.py</span>'
        ' <span class="code__run">runs as shown</span></figcaption>'
        '<pre class="code__body" tabindex="0"><code class="highlight language-python">'
        '<span class="n">x</span> <span class="o">=</span> <span class="mi">1</span>'
        "</code></pre></figure>\n"
    )
    assert_safe(html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_keeps_every_letter(language: str) -> None:
    html = html_of(f"```{language}\n{SAMPLES[language]}\n```")
    assert f'<code class="highlight language-{language}">' in html
    assert_safe(html)
    words = "".join(item[0] for item in events(html) if isinstance(item, list))
    assert words.strip() == f"{LANGUAGES[language][0]}{SAMPLES[language]}"


@pytest.mark.parametrize("language", sorted(LANGUAGES.keys() - {"text"}))
def test_coloured_languages(language: str) -> None:
    assert '<span class="' in highlight(SAMPLES[language], language)


@pytest.mark.parametrize(
    ("source", "label"),
    [
        ("```text\na\n```", "Text"),
        ("```bash\na\n```", "Shell"),
        ("```console\na\n```", "Terminal"),
        ("~~~sql\na\n~~~", "SQL"),
        ("```bash run\na\n```\n\n```text output\na\n```", "Output"),
        ("``` python\na\n```", "Python"),
    ],
)
def test_labels(source: str, label: str) -> None:
    assert f'<span class="code__lang">{label}</span>' in html_of(source)


def test_blank_lines_and_indents_stay() -> None:
    html = html_of("```text\n\n  a\n\n\n b\n\n```")
    assert '<code class="highlight language-text">\n  a\n\n\n b\n</code>' in html


def test_empty_block() -> None:
    assert '<code class="highlight language-text"></code>' in html_of("```text\n```")


def test_block_in_a_list_loses_the_indent_of_the_list() -> None:
    html = html_of("1. a\n\n   ```text\n   b\n     c\n   ```")
    assert ">b\n  c</code>" in html
    assert_safe(html)


def test_title_is_escaped() -> None:
    html = html_of('```text title="a<b>&c.py"\na\n```')
    assert '<span class="code__title">a&lt;b&gt;&amp;c.py</span>' in html


def test_longer_fence_holds_a_shorter_one() -> None:
    assert ">```\na\n```</code>" in html_of("````text\n```\na\n```\n````")


def test_embeds_and_footnotes_in_code_are_code() -> None:
    html = html_of("```text\n[[claim:NO]] [^1] :::\n```\n\n`[[foo:x]]` and `[^2]`")
    assert "[[claim:NO]] [^1] :::" in html
    assert "<code>[[foo:x]]</code> and <code>[^2]</code>" in html


@pytest.mark.parametrize(
    "code", ["x" * (MAX_COLOURED_LINE + 1), "x = 1\n" * (MAX_COLOURED // 6 + 1)]
)
def test_very_long_code_is_not_coloured(code: str) -> None:
    assert "<span" not in highlight(code, "python")


def test_code_that_a_lexer_would_change_is_not_coloured(monkeypatch: pytest.MonkeyPatch) -> None:
    losing = PythonLexer()
    monkeypatch.setattr(losing, "get_tokens", lambda code: [(Token.Name, code[:3])])
    monkeypatch.setattr("core.markup.highlight.get_lexer_by_name", lambda name, **_: losing)
    assert highlight("whole < code", "python") == "whole &lt; code"


def test_longest_line_that_is_coloured() -> None:
    assert "<span" in highlight("x" * MAX_COLOURED_LINE, "python")


@pytest.mark.parametrize(
    ("info", "language", "title", "runs", "is_output"),
    [
        ("python", "python", "", False, False),
        ("python run", "python", "", True, False),
        ('python title="a b.py" run', "python", "a b.py", True, False),
        ('  sql   title="x" ', "sql", "x", False, False),
        ("text output", "text", "", False, True),
    ],
)
def test_reading_the_first_line(
    info: str, language: str, title: str, runs: bool, is_output: bool
) -> None:
    code = read_info(info)
    assert (code.language, code.title, code.runs, code.is_output) == (
        language,
        title,
        runs,
        is_output,
    )
    assert code.problems == []


NO_RUN = "“output” must follow directly after a block that is marked “run”"


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ("```\na\n```", [f"Line 1: the code block names no language; known are {KNOWN}"]),
        (
            "```ruby\na\n```",
            [f"Line 1: there is no language called “ruby” here; known are {KNOWN}"],
        ),
        (
            "```Python\na\n```",
            [f"Line 1: there is no language called “Python” here; known are {KNOWN}"],
        ),
        (
            '```"><b>\na\n```',
            [f'Line 1: there is no language called “"><b>” here; known are {KNOWN}'],
        ),
        ("```sql run\na\n```", ["Line 1: only python and bash blocks can be marked “run”"]),
        ('```sql title=""\na\n```', ["Line 1: the title of the code block is empty"]),
        (
            "```sql fast\na\n```",
            ['Line 1: “fast” means nothing after the language; write run, output or title="…"'],
        ),
        (
            "a\n\n```sql title=a.sql\na\n```",
            [
                "Line 3: “title=a.sql” means nothing after the language; "
                'write run, output or title="…"'
            ],
        ),
        ("```text output\na\n```", [f"Line 1: {NO_RUN}"]),
        ("```python\na\n```\n\n```text output\na\n```", [f"Line 5: {NO_RUN}"]),
        ("```python run\na\n```\n\nb\n\n```text output\na\n```", [f"Line 7: {NO_RUN}"]),
        (
            "```python run\na\n```\n\n```sql output\na\n```",
            ["Line 5: only text blocks can be marked “output”"],
        ),
        ("```text\na", ["Line 1: the code block that begins here is not closed with ```"]),
        ("~~~~text\na\n~~~", ["Line 1: the code block that begins here is not closed with ~~~~"]),
        ("```text", ["Line 1: the code block that begins here is not closed with ```"]),
        (
            "```",
            [
                f"Line 1: the code block names no language; known are {KNOWN}",
                "Line 1: the code block that begins here is not closed with ```",
            ],
        ),
        ("```text\na\n    ```", ["Line 1: the code block that begins here is not closed with ```"]),
        ("```text\n``` a", ["Line 1: the code block that begins here is not closed with ```"]),
        (
            "- ```text\n  a\n\nb",
            ["Line 1: the code block that begins here is not closed with ```"],
        ),
        (
            "a\n\n    b",
            [
                "Line 3: four spaces make this a code block without a language; "
                "use ``` and a language, or take the spaces away"
            ],
        ),
    ],
)
def test_problems(source: str, messages: list[str]) -> None:
    assert messages_of(source) == messages


@pytest.mark.parametrize(
    "source",
    [
        "```text\na\n```",
        "```text\na\n`````",
        "```text\na\n   ```  ",
        "> ```text\n> a\n> ```",
        "- ```text\n  a\n  ```",
        "```text\n```",
    ],
)
def test_closed_blocks(source: str) -> None:
    assert messages_of(source) == []
