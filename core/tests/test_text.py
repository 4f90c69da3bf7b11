"""Ids, words, minutes, partial dates."""

from datetime import date

import pytest
from markdown_it.token import Token

from core.text import (
    display_partial_date,
    parse_partial_date,
    plain_text,
    reading_minutes,
    slug_id,
    word_count,
)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Servers", "servers"),
        ("What is REST?", "what-is-rest"),
        ("  Two   words ", "two-words"),
        ("Größe & façade", "grosse-facade"),
        ("naïve café", "naive-cafe"),
        ("don't", "dont"),
        ("don’t", "dont"),
        ("C++ and C#", "c-and-c"),
        ("snake_case", "snake-case"),
        ("HTTP/2", "http-2"),
        ("14.2%", "14-2"),
        ("<script>", "script"),
        ("---", "section"),
        ("漢字", "section"),
        ("", "section"),
        ("ﬁne", "fine"),
        ("a\nb", "a-b"),
    ],
)
def test_slug_id(text: str, slug: str) -> None:
    assert slug_id(text) == slug


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("  \n ", 0),
        ("one", 1),
        ("one two\nthree", 3),
        ("don't", 1),
        ("don’t", 1),
        ("front-end", 1),
        ("14.2%", 1),
        ("43,560 people", 2),
        ("€15", 1),
        ("this – that", 2),
        ("a / b", 2),
        ("GET /repairs/4127", 2),
        ("snake_case", 1),
        ("sam@kettlelane.example", 1),
        ("End. Begin", 2),
        ("end.", 1),
        ("!?", 0),
        ("Größe 漢字", 2),
    ],
)
def test_word_count(text: str, count: int) -> None:
    assert word_count(text) == count


@pytest.mark.parametrize(
    ("words", "minutes"),
    [(0, 1), (1, 1), (220, 1), (221, 2), (440, 2), (441, 3), (1_980, 9), (2_200, 10)],
)
def test_reading_minutes(words: int, minutes: int) -> None:
    assert reading_minutes(words) == minutes


@pytest.mark.parametrize(
    ("value", "day", "words"),
    [
        ("2025", date(2025, 1, 1), "2025"),
        ("2025-10", date(2025, 10, 1), "October 2025"),
        ("2025-10-28", date(2025, 10, 28), "28 October 2025"),
        ("2024-02-29", date(2024, 2, 29), "29 February 2024"),
        ("2026-01-01", date(2026, 1, 1), "1 January 2026"),
        ("2026-12", date(2026, 12, 1), "December 2026"),
        ("0999", date(999, 1, 1), "0999"),
    ],
)
def test_partial_dates(value: str, day: date, words: str) -> None:
    assert parse_partial_date(value) == day
    assert display_partial_date(value) == words


@pytest.mark.parametrize(
    "value",
    [
        "",
        "25",
        "2025-1",
        "2025-13",
        "2025-00",
        "2025-02-30",
        "2025-10-",
        "2025-10-28 ",
        " 2025",
        "2025\n",
        "2025/10",
        "October 2025",
        "0000",
        "٢٠٢٥",
        "20251028",
    ],
)
def test_what_is_no_partial_date(value: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_partial_date(value)
    with pytest.raises(ValueError, match=r".+"):
        display_partial_date(value)


def test_plain_text() -> None:
    tokens = [
        Token("text", "", 0, content="  a"),
        Token("em_open", "em", 1),
        Token("code_inline", "code", 0, content="b"),
        Token("em_close", "em", -1),
        Token("softbreak", "br", 0),
        Token("text_special", "", 0, content="*"),
        Token("footnote_ref", "", 0, content="no"),
        Token("image", "img", 0, content="no"),
        Token("html_inline", "", 0, content="<no>"),
        Token("embed", "", 0, content="[[no]]", meta={"text": "c"}),
        Token("embed", "", 0, content="[[no]]"),
        Token("hardbreak", "br", 0),
    ]
    assert plain_text(tokens) == "ab *c"
    assert plain_text(None) == plain_text([]) == ""
