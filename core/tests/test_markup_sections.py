"""The parts of a text by their headings."""

import pytest

from core.markup import render, sections_of

TEXT = """Before any heading.

## First

One.

### Below the first

Two.

## Second

Three.
"""


def test_a_section_goes_to_the_next_heading_of_its_level() -> None:
    assert sections_of(TEXT) == {
        "first": "## First\n\nOne.\n\n### Below the first\n\nTwo.",
        "below-the-first": "### Below the first\n\nTwo.",
        "second": "## Second\n\nThree.",
    }


@pytest.mark.parametrize(
    "source",
    [
        TEXT,
        "## C\n\n## C#\n\n## C++\n\nx\n",
        "## Sources\n\n## Comment 3\n\n## ???\n",
        "One\n---\n\ntext\n\nTwo\n---\n",
        '## It’s "quoted" & *strong*\n\n```text\n## no heading\n```\n',
    ],
)
def test_ids_are_those_of_the_rendered_text(source: str) -> None:
    assert list(sections_of(source)) == [heading.id for heading in render(source).outline]


def test_space_that_nobody_sees_does_not_count() -> None:
    assert sections_of("## A\r\n\r\n\r\n\r\nText.  \r\n\r\n## B\r\n") == sections_of(
        "## A\n\nText.\n## B\n\n\n"
    )


def test_what_looks_like_a_heading_in_code_is_none() -> None:
    source = "## A\n\n```text\n## B\n```\n\nText.\n"
    assert list(sections_of(source)) == ["a"]
    assert sections_of(source)["a"].endswith("Text.")


NOTED = "## A\n\nSee[^1].\n\n## B\n\nText.\n\n[^1]: The {word}\n    goes on.\n[^2]: Another.\n"


def test_a_footnote_belongs_to_the_sections_that_refer_to_it() -> None:
    found = sections_of(NOTED.format(word="note"))
    assert found["a"] == "## A\n\nSee[^1].\n\n[^1]: The note\n    goes on."
    assert found["b"] == "## B\n\nText."
    changed = sections_of(NOTED.format(word="change"))
    assert changed["a"] != found["a"]
    assert changed["b"] == found["b"]


def test_texts_without_sections() -> None:
    assert sections_of("") == {}
    assert sections_of("Only words.") == {}
    assert sections_of("## A\n" + "x" * 200_001) == {}


def test_a_text_that_could_not_be_published_does_not_stop_it() -> None:
    assert list(sections_of("#### Deep\n\n## A\n\n<b>raw</b> [[nothing:here]] \x07\n")) == ["a"]
