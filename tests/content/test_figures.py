"""Figures about the real world come from the ledger; the invented shop may count for itself."""

import re

import pytest
import yaml

from articles.guide_files import GuideFile
from tests.content.library import ROOT, TOKEN, guides, prose, tokens

GUIDES = guides()
every_guide = pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES.keys())
CLAIMS = {
    claim["key"]: claim
    for claim in yaml.safe_load((ROOT / "evidence/claims.yaml").read_text(encoding="utf-8"))
}
# What looks like a survey result, a count of people or a wage.
SUSPECT = re.compile(
    r"\d[\d,.]*\s?(?:%|per ?cent|percent)"
    r"|[$£]\s?\d[\d,.]*"
    r"|€\s?\d{1,3}(?:,\d{3})+|€\s?\d{4,}"
    r"|\d[\d,.]*\s(?:million|billion)"
    r"|\d[\d,.]*\s(?:respondents|developers|dollars)",
    re.IGNORECASE,
)
# Of the shop, or of arithmetic; each with the guide that may say so.
ALLOWED: dict[str, set[str]] = {
    "servers-and-data-centres": {"0.2%", "99.9%", "99.99%"},
    "what-is-backend-development": {"100%"},  # two shares of one survey exceed it
}


@every_guide
def test_every_claim_stands_in_the_ledger(guide: GuideFile) -> None:
    for kind, key, part in tokens(guide):
        if kind in {"claim", "cite"}:
            assert key in CLAIMS, key
            names = {
                *CLAIMS[key].get("values", {}),
                *(["n"] if "sample_size" in CLAIMS[key] else []),
            }
            assert not part or part in names, (key, part)


@every_guide
def test_figures_stand_in_tokens(guide: GuideFile) -> None:
    allowed = ALLOWED.get(guide.slug, set())
    found = [
        (place, match[0])
        for place, text in prose(guide)
        for match in SUSPECT.finditer(TOKEN.sub(" ", text))
    ]
    assert [item for item in found if item[1] not in allowed] == []


@pytest.mark.parametrize(
    ("text", "is_suspect"),
    [
        ("about 14.2% of them", True),
        ("62 per cent", True),
        ("earns $120,000", True),
        ("€54,000 a year", True),
        ("3 million", True),
        ("49,000 developers", True),
        ("a new chain for €38", False),
        ("status 404 on port 8000", False),
    ],
)
def test_what_looks_like_a_figure(text: str, is_suspect: bool) -> None:
    assert bool(SUSPECT.search(text)) is is_suspect


def test_allowances_are_still_needed() -> None:
    for slug, allowed in ALLOWED.items():
        written = "\n".join(text for _, text in prose(GUIDES[slug]))
        assert all(words in written for words in allowed), slug
