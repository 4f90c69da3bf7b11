"""What people type becomes what they meant: addresses, marks that turn the line, deep nesting."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from comments.rendering import LONGEST, render_comment, to_html
from comments.tests.test_rendering_commonmark import rendered

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("see https://x.org/a.", "https://x.org/a"),
        ("(https://x.org/a)", "https://x.org/a"),
        ("https://x.org/a_(b)", "https://x.org/a_(b)"),
        ("https://x.org/a, or", "https://x.org/a"),
        ("https://x.org/a: yes", "https://x.org/a"),
        ("https://x.org/a; yes", "https://x.org/a"),
        ("https://x.org/a?!", "https://x.org/a"),
        ("https://x.org/a…", "https://x.org/a"),
        ("“https://x.org/a”", "https://x.org/a"),
        ("'https://x.org/a'", "https://x.org/a"),
        ("«https://x.org»", "https://x.org"),
        ("请看https://x.org，然后", "https://x.org"),
        ("**https://x.org**", "https://x.org"),
        ("_https://x.org_", "https://x.org"),
        ("_https://x.org/a_", "https://x.org/a"),
        ("*https://x.org/a*.", "https://x.org/a"),
        ("https://x.org/a_b_c/*d*e", "https://x.org/a_b_c/*d*e"),
        ("https://x.org/?a=1&b=2#c", "https://x.org/?a=1&amp;b=2#c"),
        ("http://localhost:8000/a", "http://localhost:8000/a"),
        ("HTTPS://X.ORG/", "HTTPS://X.ORG/"),
        ("https://x.org/a<b>", "https://x.org/a"),
        ("> https://x.org/a", "https://x.org/a"),
    ],
)
def test_address_in_a_sentence(text: str, url: str) -> None:
    html = rendered(text)
    assert html.count("<a ") == 1
    assert f'<a href="{url}">{url}</a>' in html


@pytest.mark.parametrize(
    "text",
    [
        "node.js and asp.net",
        "www.x.org",
        "x.org/a",
        "a@x.org",
        "mailto:a@x.org",
        "ftp://x.org",
        "//x.org",
        "://x.org",
        "xhttps://x.org",
        "https://",
        "https://a b",
        "https://user:secret@x.org/",
        "https://x.org:99999/",
        "javascript://x.org/%0aalert(1)",
        "`https://x.org`",
        "    https://x.org",
    ],
)
def test_what_is_no_address_stays_text(text: str) -> None:
    html = rendered(text)
    assert "<a " not in html or html.count("<a ") == html.count('href="https://a"')


def test_name_in_another_script_is_linked_by_the_name_that_browsers_ask_for() -> None:
    html = rendered("https://аррӏе.com/ and https://x.org/%E2%80%AE")
    assert '<a href="https://xn--80ak6aa92e.com/">https://аррӏе.com/</a>' in html
    assert ">https://x.org/%E2%80%AE</a>" in html  # as typed: decoded it would turn the line


@pytest.mark.parametrize("mark", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
@pytest.mark.parametrize("text", ["a{}b", "`a{}b`", "```\na{}b\n```", "[a{}b](https://x.org)"])
def test_marks_that_turn_the_line_are_taken_out(text: str, mark: str) -> None:
    entity = f"&#x{ord(mark):x};"
    for spelling in (mark, entity):
        html = rendered(text.replace("{}", spelling))
        assert mark not in html
        assert mark not in to_html(text.replace("{}", spelling))
        assert "ab" in html or entity.replace("&", "&amp;") in html


def test_titles_are_words_too() -> None:
    assert rendered('[a](https://x.org "b\u202ec")').endswith("</a> (bc)</p>")
    assert rendered('[a](https://x.org " ")').endswith("</a></p>")


@pytest.mark.parametrize(
    "kept", ["\u200e", "\u200f", "\u061c", "\u200d", "\u200c", "\u00ad", "👩‍💻", "שלום"]
)
def test_what_scripts_need_is_kept(kept: str) -> None:
    assert rendered(f"a{kept}b") == f"<p>a{kept}b</p>"


def test_flags_of_countries_stay_and_hidden_words_go() -> None:
    scotland = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    assert rendered(f"{scotland}!") == f"<p>{scotland}!</p>"
    assert rendered("a\U000e0068\U000e0069b") == "<p>ab</p>"


def test_piled_marks_stay_within_the_line() -> None:
    assert rendered("a" + "\u0301" * 50 + "b") == f"<p>a{'\u0301' * 6}b</p>"
    assert rendered("Việt Nam, שָׁלוֹם") == "<p>Việt Nam, שָׁלוֹם</p>"


@pytest.mark.parametrize("broken", ["\ud800", "a\udc00b", "\ufffe", "\x07", "\x7f", "\x9b"])
def test_broken_characters_do_no_harm(broken: str) -> None:
    assert broken not in rendered(f"x{broken}y")


def test_nesting_ends_somewhere_and_no_word_is_lost() -> None:
    quotes = rendered("> " * 30 + "deep")
    assert quotes.count("<blockquote>") == 5
    assert "&gt; deep" in quotes
    lists = rendered("\n".join(f"{'  ' * depth}- item{depth}" for depth in range(20)))
    assert lists.count("<ul>") == 5
    assert all(f"item{depth}" in lists for depth in range(20))
    emphasis = rendered("".join(f"{'*_'[n % 2]}w{n} " for n in range(40)) + "x" + "*_" * 20)
    assert emphasis.count("<em>") <= 6
    assert all(f"w{n}" in emphasis for n in range(40))


def test_a_text_longer_than_any_form_takes_becomes_paragraphs() -> None:
    text = "*a* <b>\nb\n\n\n" + "c" * LONGEST
    html = rendered(text)
    assert html.startswith("<p>*a* &lt;b&gt;<br>b</p><p>ccc")
    assert to_html(text).count("<p>") == 2


def test_texts_do_not_leak_into_each_other() -> None:
    render_comment("> > > > > > [a]: https://x.org")
    assert rendered("> a [a]") == "<blockquote><p>a [a]</p></blockquote>"


def test_from_the_shell() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "comments.rendering"],
        input=json.dumps(["*a*", "<b>"]),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={},
    )
    assert json.loads(run.stdout) == ["<p><em>a</em></p>\n", "<p>&lt;b&gt;</p>\n"]
