"""CommonMark as we use it: cases of our own for each part of the language."""

import pytest

from core.markup import render
from core.tests.fakes import html_of, messages_of
from core.tests.walls import assert_safe

# Name of the case, then source and HTML.
CASES = {
    "nothing": ("", ""),
    "blank lines only": ("\n \n\t\n", ""),
    "paragraph": ("One line.", "<p>One line.</p>\n"),
    "two paragraphs": ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n"),
    "soft break": ("one\ntwo", "<p>one\ntwo</p>\n"),
    "hard break by spaces": ("one  \ntwo", "<p>one<br>\ntwo</p>\n"),
    "hard break by backslash": ("one\\\ntwo", "<p>one<br>\ntwo</p>\n"),
    "windows line ends": ("one\r\n\r\ntwo\r\n", "<p>one</p>\n<p>two</p>\n"),
    "old line ends": ("one\r\rtwo", "<p>one</p>\n<p>two</p>\n"),
    "emphasis": ("*a* and _b_", "<p><em>a</em> and <em>b</em></p>\n"),
    "strong": ("**a** and __b__", "<p><strong>a</strong> and <strong>b</strong></p>\n"),
    "both": ("***a***", "<p><em><strong>a</strong></em></p>\n"),
    "underscore inside a word": ("snake_case_name", "<p>snake_case_name</p>\n"),
    "star inside a word": ("un*frigging*real", "<p>un<em>frigging</em>real</p>\n"),
    "lonely star": ("2 * 3 * 4", "<p>2 * 3 * 4</p>\n"),
    "not closed": ("**a", "<p>**a</p>\n"),
    "escaped star": (r"\*a\*", "<p>*a*</p>\n"),
    "escaped backslash": (r"a\\b", r"<p>a\b</p>" + "\n"),
    "backslash before a letter": (r"C:\new", r"<p>C:\new</p>" + "\n"),
    "code": ("`x = 1`", "<p><code>x = 1</code></p>\n"),
    "code with a tick": ("`` a`b ``", "<p><code>a`b</code></p>\n"),
    "code keeps markup": ("`*a* <b>`", "<p><code>*a* &lt;b&gt;</code></p>\n"),
    "code over two lines": ("`a\nb`", "<p><code>a b</code></p>\n"),
    "code with entity": ("`&amp;`", "<p><code>&amp;amp;</code></p>\n"),
    "tick not closed": ("`a", "<p>`a</p>\n"),
    "entity": ("&copy; &#65; &amp;", "<p>© A &amp;</p>\n"),
    "unknown entity": ("&unknown;", "<p>&amp;unknown;</p>\n"),
    "less than": ("a < b", "<p>a &lt; b</p>\n"),
    "less than a number": ("a <3 b", "<p>a &lt;3 b</p>\n"),
    "quotes": ("\"a\" 'b'", "<p>“a” ‘b’</p>\n"),
    "no typography": ("a -- b ... (c)", "<p>a -- b ... (c)</p>\n"),
    "bare address": ("https://x.org", "<p>https://x.org</p>\n"),
    "no strike-through": ("~~a~~", "<p>~~a~~</p>\n"),
    "rule": ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>\n"),
    "rule of stars": ("* * *", "<hr>\n"),
    "bullets": ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
    "loose bullets": ("- a\n\n- b", "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>\n"),
    "numbers": ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
    "numbers from three": ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
    "numbers from zero": ("0. a", '<ol start="0">\n<li>a</li>\n</ol>\n'),
    "nested list": ("- a\n  - b", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n"),
    "empty item": ("-\n- a", "<ul>\n<li></li>\n<li>a</li>\n</ul>\n"),
    "list interrupts": ("a\n- b", "<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n"),
    "year is no list": ("In\n1986. A year", "<p>In\n1986. A year</p>\n"),
    "two lists": ("- a\n\n\n* b", "<ul>\n<li>a</li>\n</ul>\n<ul>\n<li>b</li>\n</ul>\n"),
    "quotation": ("> a\n> b", "<blockquote>\n<p>a\nb</p>\n</blockquote>\n"),
    "lazy quotation": ("> a\nb", "<blockquote>\n<p>a\nb</p>\n</blockquote>\n"),
    "quotation in quotation": (
        "> a\n>> b",
        "<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</blockquote>\n",
    ),
    "list in quotation": (
        "> - a",
        "<blockquote>\n<ul>\n<li>a</li>\n</ul>\n</blockquote>\n",
    ),
    "trailing spaces": ("a   ", "<p>a</p>\n"),
    "tab inside": ("a\tb", "<p>a\tb</p>\n"),
    "other scripts": ("Größe 漢字 עברית 🚲", "<p>Größe 漢字 עברית 🚲</p>\n"),
    "reference link": (
        "[a][x]\n\n[x]: https://x.org",
        '<p><a href="https://x.org" rel="noopener">a</a></p>\n',
    ),
    "unknown reference": ("[a][x] [b]", "<p>[a][x] [b]</p>\n"),
    "brackets in words": ("[x] and [[y]]", "<p>[x] and [[y]]</p>\n"),
    "definition list": (
        "Term\n: Meaning",
        "<dl>\n<dt>Term</dt>\n<dd>Meaning</dd>\n</dl>\n",
    ),
    "two meanings": (
        "Term\n: One\n: Two",
        "<dl>\n<dt>Term</dt>\n<dd>One</dd>\n<dd>Two</dd>\n</dl>\n",
    ),
    "two terms": (
        "A\n: a\n\nB\n: b",
        "<dl>\n<dt>A</dt>\n<dd>a</dd>\n<dt>B</dt>\n<dd>b</dd>\n</dl>\n",
    ),
    "term with markup": (
        "*A* `b`\n: c",
        "<dl>\n<dt><em>A</em> <code>b</code></dt>\n<dd>c</dd>\n</dl>\n",
    ),
    "colon without a term": (": a", "<p>: a</p>\n"),
}


@pytest.mark.parametrize(("source", "html"), CASES.values(), ids=CASES.keys())
def test_case(source: str, html: str) -> None:
    assert html_of(source) == html
    assert_safe(html)


def test_same_text_gives_same_html() -> None:
    source = "## A\n\n::: note\nb[^1]\n:::\n\n[^1]: c\n"
    assert html_of(source) == html_of(source)


def test_html_is_marked_safe() -> None:
    assert hasattr(render("a").html, "__html__")


@pytest.mark.parametrize(
    ("source", "text", "words"),
    [
        ("", "", 0),
        ("One *two* `three`.", "One two three.", 3),
        ("## Head\n\nBody text.", "Head\nBody text.", 3),
        ("one\ntwo", "one two", 2),
        ("[link words](https://x.org/hidden)", "link words", 2),
        ("a[^1]\n\n[^1]: note", "a\nnote", 2),
        ("```python\nnot = counted\n```\n\nword", "word", 1),
        ("Table: Cap\n\n| a | b |\n|---|---|\n| c | d |", "Cap\na\nb\nc\nd", 5),
        ("::: note Title here\nText\n:::", "Title here\nText", 3),
        ("Term\n: Meaning", "Term\nMeaning", 2),
        ("![decorative](/media/a.png)", "", 0),
        ("about [[claim:A1#14.2%]] of them", "about 14.2% of them", 4),
        ("see [[guide:http|own words]]", "see own words", 3),
        ("see [[guide:http]]", "see", 1),
    ],
)
def test_plain_text_and_words(source: str, text: str, words: int) -> None:
    page = render(source)
    assert (page.text, page.word_count) == (text, words)


@pytest.mark.parametrize(
    ("source", "references"),
    [
        ("nothing", []),
        (
            "[a](https://x.org/y) [b](/guides/z/) [c](mailto:a@b.org)",
            ["link https://x.org/y", "link /guides/z/"],
        ),
        ("[a](/b/) and [c](/b/)", ["link /b/"]),
        ("![a](/media/a.png)", ["image /media/a.png"]),
        ("[[claim:A1#x]] [[cite:A1]] [[cite:A2]]", ["claim A1", "claim A2"]),
        ("[[guide:git]]\n\n[[diagram:d|Cap]]", ["guide git", "diagram d"]),
        ("a[^1]\n\n[^1]: [b](/c/)", ["link /c/"]),
        ("## A\n\n[b](#a)", []),
    ],
)
def test_references(source: str, references: list[str]) -> None:
    found = [f"{reference.kind} {reference.key}" for reference in render(source).references]
    assert found == references


def test_a_good_text_has_no_problems() -> None:
    assert messages_of("## A\n\nb [c](/d/).\n") == []
