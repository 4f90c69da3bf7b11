"""Attacks on the renderer: harmless behind both walls, and behind each of them alone."""

from collections.abc import Callable
from functools import cache

import nh3
import pytest
from markdown_it import MarkdownIt

from comments.rendering import clean_html, render_comment, to_html
from comments.tests.attacks import attacks
from comments.tests.harmless import as_a_browser_reads, faults, harmful

SORTS = ("handler", "spelling", "script", "address", "wrap", "nested", "silent")


def attacks_of(sort: str) -> list[str]:
    return [text for name, text in attacks().items() if name.startswith(f"{sort} ")]


@cache
def careless() -> MarkdownIt:
    """A renderer as if the first wall had never been built: HTML passes, any address is linked."""
    md = MarkdownIt("commonmark", {"html": True}).enable("table")
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    return md


def behind_a_careless_renderer(text: str) -> str:
    return clean_html(careless().render(text))


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("render", [render_comment, to_html], ids=["both", "the renderer alone"])
def test_attacks_become_harmless_and_tidy(render: Callable[[str], str], sort: str) -> None:
    found = {text: faults(render(text)) for text in attacks_of(sort)}
    assert not {text: what for text, what in found.items() if what}


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("clean", [clean_html, behind_a_careless_renderer])
def test_the_cleaner_alone_leaves_nothing_harmful(clean: Callable[[str], str], sort: str) -> None:
    for text in attacks_of(sort):
        html = clean(text)
        assert not harmful(html), text
        assert not harmful(as_a_browser_reads(html)), text


def test_there_are_attacks_of_every_sort() -> None:
    found = attacks()
    assert len(found) > 10_000
    assert {name.split()[0] for name in found} == set(SORTS)


def test_the_judge_sees_what_a_careless_renderer_lets_through() -> None:
    let_through = sum(bool(faults(careless().render(text))) for text in attacks().values())
    assert let_through > 8_000


def test_each_wall_is_needed_to_be_taken_away() -> None:
    """Were a wall removed unseen, its test would judge nothing: both must change something."""
    assert to_html("<b>") != "<b>"
    assert clean_html("<b>a</b>") == "a"
    assert nh3.clean("<b>a</b>") == "<b>a</b>"


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        "<p class=a>x</p>",
        "<p>x",
        "<!--x-->",
        "<?x?>",
        "<!doctype html>",
        "<a href='javascript:x' rel='ugc nofollow noopener'>x</a>",
        "<a href='/x' rel='ugc nofollow noopener'>x</a>",
        "<a href='https://x.org'>x</a>",
        "<p title=a>x</p>",
        "<a href='mailto:x' rel='ugc nofollow noopener'>x</a>",
        "<ol start=x><li>a</li></ol>",
        "<p>\u202ex</p>",
        "<img src=x>",
    ],
)
def test_the_judge_finds_faults(html: str) -> None:
    assert faults(html)


@pytest.mark.parametrize("html", ["a\u202eb", "a&#x202e;b", "a&#8238;b", "a\ud800b", "a\x00b"])
def test_the_cleaner_alone_takes_out_what_turns_or_breaks_a_line(html: str) -> None:
    assert clean_html(html) == "ab"
