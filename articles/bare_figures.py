"""Numbers in a text that look like facts about the world and cite no claim.

A hint for editors and no more: whether a number belongs to an invented example only a person knows.
"""

import re

from core.markup.replace import blank_code_and_embeds

# Shares, and amounts of a thousand or more. Prices of a small shop stay below.
LOOKS_LIKE_A_FACT = re.compile(
    r"\d[\d.,]*\s?(?:%|per cent|percent)|[$€£]\s?(?:\d{1,3}(?:[,.]\d{3})+|\d{4,})(?:\.\d+)?"
)


def find_bare_figures(body: str) -> list[tuple[int, str]]:
    """Return line and words of each number in Markdown that looks like a fact without a source."""
    lines = blank_code_and_embeds(body).split("\n")
    return [
        (number, match[0])
        for number, line in enumerate(lines, start=1)
        for match in LOOKS_LIKE_A_FACT.finditer(line)
    ]
