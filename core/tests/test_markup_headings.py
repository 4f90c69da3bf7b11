"""Headings: levels, ids, the outline."""

import pytest

from core.embeds import EmbedContext
from core.markup import Heading, render
from core.tests.fakes import html_of, messages_of


def test_heading_has_an_id_and_a_link_to_itself() -> None:
    assert html_of("## Servers & *more*") == (
        '<h2 id="servers-more">Servers &amp; <em>more</em> '
        '<a class="heading-link" href="#servers-more"'
        ' aria-label="Link to section: Servers &amp; more">#</a></h2>\n'
    )


def test_outline_in_order() -> None:
    page = render("## One\n\n### Two `code`\n\n## Three\n")
    assert page.outline == (
        Heading(2, "one", "One"),
        Heading(3, "two-code", "Two code"),
        Heading(2, "three", "Three"),
    )


def test_underlined_heading_is_a_section() -> None:
    assert render("One\n---\n").outline == (Heading(2, "one", "One"),)


@pytest.mark.parametrize(
    ("source", "ids"),
    [
        ("## What is it?", ["what-is-it"]),
        ("## C\n\n## C#\n\n## C++", ["c", "c-2", "c-3"]),
        ("## ???\n\n## 漢字", ["section", "section-2"]),
        ("## Source 3", ["source-3-section"]),
        ("## Comment 3", ["comment-3-section"]),
        ("## First name", ["first-name-section"]),
        ("## Reply 3 text", ["reply-3-text-section"]),
        ("## Sources", ["sources-section"]),
        ("## Questions title", ["questions-title-section"]),
        ("## Footnotes title", ["footnotes-title-section"]),
        ("## Source control", ["source-control"]),
        ("## Callout 1\n\n::: note\na\n:::", ["callout-1-section"]),
        ('## Say "hi" <', ["say-hi"]),
        ("## Don't panic", ["dont-panic"]),
        ("## See [this](https://x.org)", ["see-this"]),
        ("## A closed one ##", ["a-closed-one"]),
    ],
)
def test_ids(source: str, ids: list[str]) -> None:
    assert [heading.id for heading in render(source).outline] == ids


def test_ids_are_unique_across_texts_of_one_page() -> None:
    context = EmbedContext()
    first = render("## Same", embeds=context)
    second = render("## Same", embeds=context)
    assert [page.outline[0].id for page in (first, second)] == ["same", "same-2"]


def test_many_like_ids_stay_unique() -> None:
    source = "\n".join(f"## {'!' * count}?a" for count in range(1, 60))
    ids = [heading.id for heading in render(source).outline]
    assert len(ids) == len(set(ids)) == 59


LEVEL = "headings are written with ## or ###; no other level is used"
NO_SECTION = "a ### heading needs a ## heading before it"
NESTED = "a heading cannot stand inside a call-out, list, quotation or footnote"


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ("# A", [f"Line 1: {LEVEL}"]),
        ("A\n===", [f"Line 1: {LEVEL}"]),
        ("## A\n\n#### B", [f"Line 3: {LEVEL}"]),
        ("## A\n\n##### B", [f"Line 3: {LEVEL}"]),
        ("## A\n\n###### B", [f"Line 3: {LEVEL}"]),
        ("### A", [f"Line 1: {NO_SECTION}"]),
        ("a\n\n### A\n\n## B", [f"Line 3: {NO_SECTION}"]),
        ("##", ["Line 1: the heading is empty"]),
        (
            "## ![decorative](/media/a.png)",
            [
                "Line 1: an image must stand alone in its paragraph",
                "Line 1: the heading is empty",
            ],
        ),
        ("## A\n\n## B\n\n## A", ["Line 5: the heading “A” stands on line 1 already"]),
        ("## A\n\n### a", ["Line 3: the heading “a” stands on line 1 already"]),
        ("## A  b\n\n### a *B*", ["Line 3: the heading “a B” stands on line 1 already"]),
        ("> ## A", [f"Line 1: {NESTED}"]),
        ("- a\n\n  ## B", [f"Line 3: {NESTED}"]),
        ("::: note\n## A\n:::", [f"Line 2: {NESTED}"]),
        ("a[^1]\n\n[^1]: b\n\n    ## C", [f"Line 5: {NESTED}"]),
        (
            "## A [[claim:A1]]",
            ["Line 1: a heading cannot hold an embed; put it into the text below"],
        ),
    ],
)
def test_problems(source: str, messages: list[str]) -> None:
    assert sorted(messages_of(source)) == sorted(messages)


def test_seven_marks_are_no_heading() -> None:
    assert html_of("####### a") == "<p>####### a</p>\n"
    assert html_of("#a") == "<p>#a</p>\n"
