"""Embeds in a text: syntax, loading, places, problems."""

import pytest

from core import embeds
from core.embeds import EmbedContext
from core.markup import render
from core.markup.inlines import NO_LINK
from core.tests.fakes import CarelessEmbed, FakeClaim, html_of, messages_of


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[[claim:A1]]", "figure of A1<sup>1</sup>"),
        ("[[claim:A1#14.2%]]", "14.2%<sup>1</sup>"),
        ("[[ claim:A1]]", None),
        ("[[claim: A1 ]]", "figure of A1<sup>1</sup>"),
        ("[[claim:A1#a  b]]", "a b<sup>1</sup>"),
    ],
)
def test_inline_embed(source: str, html: str | None) -> None:
    inside = source if html is None else f'<span class="claim">{html}</span>'
    assert html_of(f"x {source} y").startswith(f"<p>x {inside} y</p>\n")


@pytest.mark.parametrize(
    "source",
    [
        "[[guide:git|own words]]",
        "[[guide:git\\|own words]]",
        "[[guide:git|own\nwords]]",
        "[[guide:git| own words ]]",
    ],
)
def test_label(source: str) -> None:
    assert html_of(source) == '<p><a href="/guides/git/">own words</a></p>\n'


def test_label_and_title_are_escaped() -> None:
    assert ">a &lt;b&gt; *c*</a>" in html_of("[[guide:git|a <b> *c*]]")
    assert ">Git &amp; you</a>" in html_of("[[guide:git]]")


def test_block_embed_stands_without_a_paragraph() -> None:
    html = html_of("a\n\n[[diagram:x|A caption, with a bar?]]\n\nb")
    assert html == (
        '<p>a</p>\n<figure class="diagram" id="diagram-x">'
        "<figcaption>A caption, with a bar?</figcaption></figure>\n<p>b</p>\n"
    )


def test_block_embed_in_a_list_and_a_callout() -> None:
    html = html_of("- a\n\n  [[diagram:x]]\n\n::: note\n[[diagram:y]]\n:::")
    assert '</p>\n<figure class="diagram" id="diagram-x">' in html
    assert '</p>\n<figure class="diagram" id="diagram-y">' in html


def test_two_embeds_side_by_side() -> None:
    assert html_of("[[claim:A1]][[cite:A2]]").count('<span class="claim">') == 2


@pytest.mark.parametrize(
    "source", [r"\[[claim:NO]]", r"[\[claim:NO]]", "`[[claim:NO]]`", "[[12:a]]", "[ [claim:NO]]"]
)
def test_what_is_no_embed(source: str) -> None:
    assert "claim" not in messages_of(source)
    assert messages_of(source) == []


def test_one_load_for_each_kind(claims: FakeClaim) -> None:
    render("[[claim:A1]] [[claim:A2#x]]\n\n[[claim:A1]]\n\n> [[claim:A3]]")
    assert claims.loads == [{"A1", "A2", "A3"}]


def test_texts_of_a_page_load_each_key_once(claims: FakeClaim) -> None:
    context = EmbedContext()
    render("[[claim:A1]]", embeds=context)
    render("[[claim:A1]] [[claim:A2]]", embeds=context)
    render("[[claim:A2]]", embeds=context)
    assert claims.loads == [{"A1"}, {"A2"}]


def test_token_knows_its_line(monkeypatch: pytest.MonkeyPatch, claims: FakeClaim) -> None:
    lines: list[int] = []
    original = FakeClaim.render

    def spy(self: FakeClaim, token: embeds.Token, item: str, context: EmbedContext) -> object:
        lines.append(token.line)
        return original(self, token, item, context)

    monkeypatch.setattr(FakeClaim, "render", spy)
    render("a\n[[claim:A1]]\n\n- [[claim:A2]]", first_line=10)
    assert lines == [11, 13]


def test_what_an_embed_forgets_to_escape_is_escaped() -> None:
    embeds.register(CarelessEmbed())
    html = html_of("[[careless:x|<script>]]")
    assert "&lt;b&gt;&lt;script&gt;&lt;/b&gt;" in html
    assert '<div class="receipts">&lt;i&gt;&lt;script&gt;&lt;/i&gt;</div>' in html


def test_strict_decides_about_links_to_drafts() -> None:
    source = "[[guide:git#draft]]"
    assert messages_of(source) == ["Line 1: the guide is not public"]
    assert "Git &amp; you" in html_of(source, EmbedContext(strict=False))


UNKNOWN = "there is no embed called [[foo:…]]; known are claim, cite, guide, diagram"
BROKEN = "… is not closed with ]], or holds a bracket"
TWICE = "[[diagram:x]] stands on the page already"


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ("[[foo:a]]", [f"Line 1: {UNKNOWN}"]),
        ("a\nb\n[[foo:a]] [[foo:b]]", [f"Line 3: {UNKNOWN}"]),
        ("[[Claim:A1]]", [f"Line 1: {UNKNOWN.replace('foo', 'Claim')}"]),
        ("[[claim:SO99-1]]", ["Line 1: no claim has the ID SO99-1."]),
        ("a\n\n[[guide:nope]]", ["Line 3: no guide has the ID nope."]),
        (
            "[[claim:B1]] [[claim:B2]]",
            [
                "Line 1: no claim has the ID B1.",
                "Line 1: no claim has the ID B2.",
            ],
        ),
        ("[[claim:A1", [f"Line 1: [[claim:{BROKEN}"]),
        ("[[claim:A1]", [f"Line 1: [[claim:{BROKEN}"]),
        ("[[claim:", [f"Line 1: [[claim:{BROKEN}"]),
        ("[[foo:", [f"Line 1: {UNKNOWN}"]),
        ("a\nb [[claim:A1\n\nc]]", [f"Line 2: [[claim:{BROKEN}"]),
        ("[[guide:git|see [1]]]", [f"Line 1: [[guide:{BROKEN}"]),
        ("[[claim:]]", ["Line 1: [[claim:…]] names nothing"]),
        ("[[claim:#a]]", ["Line 1: [[claim:…]] names nothing"]),
        ("[[claim]]", ["Line 1: [[claim]] names nothing; write [[claim:key]]"]),
        ("[[claim:A1#missing]]", ["Line 1: A1 has no value called “missing”"]),
        ("a [[diagram:x]]", ["Line 1: [[diagram:…]] must stand alone in its paragraph"]),
        ("[[diagram:x]]\nb", ["Line 1: [[diagram:…]] must stand alone in its paragraph"]),
        ("*[[diagram:x]]*", ["Line 1: [[diagram:…]] must stand alone in its paragraph"]),
        (
            "[[diagram:x]] [[diagram:y]]",
            [
                "Line 1: [[diagram:…]] must stand alone in its paragraph",
            ],
        ),
        (
            "Table: a\n\n| b |\n|---|\n| [[diagram:x]] |",
            [
                "Line 5: [[diagram:…]] must stand alone in its paragraph",
            ],
        ),
        ("[[diagram:x]]\n\n[[diagram:x]]", [f"Line 3: {TWICE}"]),
        ("[a [[guide:git]] b](/c/)", [f"Line 1: {NO_LINK}"]),
    ],
)
def test_problems(source: str, messages: list[str]) -> None:
    assert messages_of(source) == messages


def test_no_kinds_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeds, "_registry", {})
    assert messages_of("[[a:b]]") == ["Line 1: there is no embed called [[a:…]]; known are none"]
