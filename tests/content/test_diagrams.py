"""Drawings: allowed shapes only, classes that the style sheet knows, each one used."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from core.svg import clean_svg
from tests.content.library import ROOT, guides, tokens

DRAWINGS = sorted((ROOT / "diagrams").glob("*.svg"))
STYLES = Path(settings.BASE_DIR) / "static/css/components/diagram.css"
KNOWN = set(re.findall(r"\.(d-[a-z0-9-]+)", STYLES.read_text(encoding="utf-8")))
every_drawing = pytest.mark.parametrize("path", DRAWINGS, ids=[path.stem for path in DRAWINGS])


@every_drawing
def test_drawing_passes_and_cleaning_again_changes_nothing(path: Path) -> None:
    cleaned = clean_svg(path.read_text(encoding="utf-8"), prefix="d")
    assert clean_svg(cleaned, prefix="d") == cleaned


@every_drawing
def test_classes_stand_in_the_style_sheet(path: Path) -> None:
    names = re.findall(r'class="([^"]+)"', path.read_text(encoding="utf-8"))
    used = {name for group in names for name in group.split()}
    assert used
    assert used <= KNOWN


@every_drawing
def test_description_says_what_the_picture_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    title, desc = re.search(r"<title>(.+?)</title>\s*<desc>(.+?)</desc>", text, re.DOTALL).groups()
    assert len(title) <= 80
    assert len(desc.split()) >= 25


def test_every_drawing_is_used_and_every_use_has_a_drawing() -> None:
    used = {
        key for guide in guides().values() for kind, key, _ in tokens(guide) if kind == "diagram"
    }
    assert used == {path.stem for path in DRAWINGS}
