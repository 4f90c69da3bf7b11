"""The HTML checker of the W3C's community on every page."""

from pathlib import Path

from conftest import HTML, none

from html_checker import faults


def test_html_is_valid(html_checker: str) -> None:
    assert HTML
    found = []
    for page in HTML:
        found += faults(html_checker, page.path, Path(page.file).read_bytes())
    none(found)


def test_ids_are_unique() -> None:
    twice = [
        f"{page.path}: {name}"
        for page in HTML
        for name in sorted(set(page.ids))
        if page.ids.count(name) > 1
    ]
    none(twice)
