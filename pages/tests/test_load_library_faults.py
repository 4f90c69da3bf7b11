"""Every fault of the library is told with its file and its true line."""

from pathlib import Path

import pytest
from django.core.management import CommandError

from articles.models import Article, Category
from pages.tests.small_library import FIRST, SECOND, edit, load, write_library

pytestmark = pytest.mark.django_db
CATEGORIES, CLAIMS = "categories.yaml", "evidence/claims.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_library(tmp_path)


def faults(root: Path) -> list[str]:
    """Return what loading the folder complains of; nothing may have been loaded."""
    with pytest.raises(CommandError) as caught:
        load(root)
    assert not Article.objects.exists()
    assert not Category.objects.exists()
    return str(caught.value).splitlines()[1:]


IN_YAML = [
    (CATEGORIES, 'name: "Shop"', 'name: ["Shop"', "1: "),
    (CATEGORIES, ", position: 20", "", "2: missing: position"),
    (CATEGORIES, "position: 20", "position: 20, colour: red", "2: unknown: colour"),
    (CATEGORIES, "position: 20", "position: many", "2: yard: position: "),
    (CATEGORIES, "slug: yard", "slug: shop", "2: shop stands in line 1 already"),
    (CATEGORIES, "slug: yard", "slug: Our yard", "2: Our yard: slug: Enter a valid “slug”"),
    ("people.yaml", "organisation", "robot", "1: desk: kind: Value 'robot' is not a valid choice."),
    ("people.yaml", '"We write."', '"We"\n  links: [{label: x, url: "javascript:1"}]', "1: desk: "),
    ("evidence/sources.yaml", "https://", "htps://", "1: study: url: Enter a valid URL."),
    (CLAIMS, "source: study", "source: rumour", "1: QUE-01: there is no source “rumour”"),
    (
        CLAIMS,
        'share: "66.7%"',
        'share: "70%"',
        "1: QUE-01: values: The value of “share” (70%) does not stand in the figure.",
    ),
    (CLAIMS, "secondary", "certain", "1: QUE-01: confidence: Value 'certain' is not a valid"),
    (CLAIMS, "checked_on: 2026-11-22", "checked_on: 2026-11-31", "9: “2026-11-31” is not a valid"),
    (CLAIMS, "checked_on: 2026-11-22", "checked_on: soon", "1: QUE-01: "),
    (CLAIMS, "as_of: 2025", "as_of: once", "1: QUE-01: as_of: Write a year, a month or a day"),
    ("diagrams/boxes.svg", "<rect", "<image", "4: the element <image> is not allowed"),
    ("diagrams/boxes.svg", "<desc>A box and a box.</desc>\n", "", "3: <desc> must come before"),
]


@pytest.mark.parametrize(("name", "old", "new", "fault"), IN_YAML)
def test_faults_of_lists_and_drawings(
    root: Path, name: str, old: str, new: str, fault: str
) -> None:
    edit(root, name, old, new)
    found = faults(root)
    assert len(found) == 1
    assert found[0].startswith(f"{name}:{fault}")


IN_GUIDES = [
    ("---\ntitle", "title", "1: the file must begin with a line of three hyphens"),
    ("tags: [queues]", "tags: [queues", "8: "),
    ("title: First\n", "title: First\ntitle: Again\n", "3: the key “title” is written twice"),
    ("level: newcomer\n", "", "1: the front matter lacks: level"),
    (
        "note: First",
        "colour: red\nnote: First",
        "19: the front matter has a key nobody knows: colour",
    ),
    ("slug: first", "slug: premier", "3: slug is 'premier', but the file is called 'first'"),
    ("level: newcomer", "level: wizard", "6: level: Value 'wizard' is not a valid choice."),
    ("category: shop", "category: attic", "4: there is no category “attic”"),
    ("tags: [queues]", "tags: [queues, pots]", "7: there is no tag “pots”"),
    ("authors: [desk]", "authors: [nobody]", "8: there is no person “nobody”"),
    ("authors: [desk]", "authors: []", "8: authors: Name at least one author"),
    ("related: [second]", "related: [third]", "16: there is no guide “third”"),
    ("note: First", "reviewer: nobody\nnote: First", "19: there is no person “nobody”"),
    ("title: First", "title: 2026", "2: title must be text; put it into quotation marks"),
    ("title: First", f"title: {'x' * 121}", "2: title: Ensure this value has at most 120"),
    ("What stands in line.", "x" * 241, "9: standfirst: Ensure this value has at most 240"),
    ("standfirst: What stands in line.", "standfirst: ' '", "9: standfirst: Write the promise"),
    ("tags: [queues]", "tags: queues", "7: tags must be a list of texts"),
    ("position: 1", "position: first", "5: position must be a whole number"),
    ("position: 1", "position: -1", "5: position: Ensure this value is greater than"),
    ("published: 2026-03-14", "published: soon", "17: published must be a date like 2026-11-22"),
    ("    answer: |", "    reply: |", "12: each entry of faq needs a question and an answer"),
    ("A queue waits.", "A <b>queue</b> waits.", "10: takeaways: Line 1: "),
    ("[[cite:QUE-01]]", "[[cite:NONE-1]]", "13: faq: “Why do people wait?”: Line 1: no claim has"),
    ("[[claim:QUE-01#share]]", "[[claim:NONE-1]]", "24: no claim has the ID NONE-1."),
    ("[[claim:QUE-01#share]]", "[[claim:QUE-01#size]]", "24: QUE-01 has no value called “size”"),
    ("[[guide:second]]", "[[guide:third]]", "26: no guide has the ID third."),
    ("[[diagram:boxes|", "[[diagram:circles|", "28: no diagram has the ID circles."),
    ("[[diagram:boxes|", "[[drawing:boxes|", "28: there is no embed called [[drawing:…]]"),
    ("## Lines", "# Lines", "22: "),
]


@pytest.mark.parametrize(("old", "new", "fault"), IN_GUIDES)
def test_faults_of_guides(root: Path, old: str, new: str, fault: str) -> None:
    edit(root, FIRST, old, new)
    found = faults(root)
    assert len(found) == 1
    assert found[0].startswith(f"{FIRST}:{fault}")


def test_all_faults_of_all_guides_are_told_at_once(root: Path) -> None:
    for name in (FIRST, SECOND):
        edit(root, name, "[[claim:QUE-01#share]]", "[[claim:NONE-1]]")
        edit(root, name, "[[cite:QUE-01]]", "[[cite:NONE-2]]")
    places = [fault.split(": ")[0] for fault in faults(root)]
    assert places == [f"{FIRST}:13", f"{FIRST}:24", f"{SECOND}:13", f"{SECOND}:24"]


@pytest.mark.parametrize("name", [CATEGORIES, CLAIMS])
def test_missing_file(root: Path, name: str) -> None:
    (root / name).unlink()
    assert faults(root) == [f"{name}:1: cannot be read: No such file or directory"]


@pytest.mark.parametrize("name", [FIRST, "diagrams/boxes.svg"])
def test_file_in_another_encoding(root: Path, name: str) -> None:
    path = root / name
    path.write_bytes(path.read_bytes().replace(b"box", b"b\xf6x"))
    found = faults(root)
    assert len(found) == 1
    assert "holds a character that is not UTF-8" in found[0]


def test_guide_file_with_a_name_that_cannot_be_an_address(root: Path) -> None:
    edit(root, SECOND, "slug: second", "slug: the second")
    (root / SECOND).rename(root / "guides/the second.md")
    assert faults(root)[0].startswith("guides/the second.md:3: slug: Enter a valid “slug”")
