"""The guides of this edition: complete, of the promised length, linked only to one another."""

import re

import pytest

from articles.guide_files import GuideFile
from articles.models import Shelf
from core.text import word_count
from tests.content.library import (
    ALL_GUIDES,
    COUNTRIES,
    EDITION,
    THEMES,
    guides,
    prose,
    tokens,
    without_code,
)

GUIDES = guides()
every_guide = pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES.keys())
PICTURE_OF_WORDS = re.compile(r"\[\[(?:claim|guide|salary):[^\]|]*(?:\|([^\]]*))?\]\]")


def test_the_edition_is_complete() -> None:
    assert sorted(GUIDES) == sorted(ALL_GUIDES)
    assert len(COUNTRIES) >= 20
    on_salary_shelf = {slug for slug, guide in GUIDES.items() if guide.shelf == Shelf.SALARIES}
    assert on_salary_shelf == {*THEMES, *COUNTRIES}


def promised_words(slug: str) -> tuple[int, int]:
    """Return the least and the most words of a body: a country is told more briefly."""
    if slug in EDITION:
        return 1_200, 2_200
    return (1_000, 2_000) if slug in THEMES else (500, 1_000)


@every_guide
def test_length_of_the_body(guide: GuideFile) -> None:
    words = PICTURE_OF_WORDS.sub(r" \1 figure ", without_code(guide.content.body))
    least, most = promised_words(guide.slug)
    assert least <= word_count(words) <= most


@every_guide
def test_parts_are_of_the_promised_size(guide: GuideFile) -> None:
    content = guide.content
    assert 40 <= len(content.standfirst) <= 240
    assert 3 <= len(content.takeaways) <= 5
    assert (3 if guide.slug in EDITION else 2) <= len(content.faq) <= 5
    assert 2 <= len(content.related) <= 4
    assert all(entry.question.endswith("?") for entry in content.faq)
    assert content.body.count("\n## ") + content.body.startswith("## ") >= 2


@every_guide
def test_links_lead_to_guides_of_this_edition(guide: GuideFile) -> None:
    linked = {key for kind, key, _ in tokens(guide) if kind == "guide"}
    assert linked <= set(ALL_GUIDES)
    assert set(guide.content.related) <= set(ALL_GUIDES) - {guide.slug}
    assert guide.slug not in linked


@every_guide
def test_other_links_are_secure(guide: GuideFile) -> None:
    for place, text in prose(guide):
        for address in re.findall(r"\]\(([^)\s]+)", text):
            assert address.startswith(("https://", "#", "/salaries/")), (place, address)


@every_guide
def test_a_review_comes_within_a_year(guide: GuideFile) -> None:
    published = f"{guide.published_at:%Y-%m-%d}"
    assert published < guide.content.next_review_on <= published.replace("2026", "2027")


def test_places_inside_a_category_are_different() -> None:
    places = [(guide.content.category, guide.position) for guide in GUIDES.values()]
    assert len(set(places)) == len(places)
