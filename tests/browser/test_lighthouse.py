"""Lighthouse as a phone sees the home page and a guide: at least 98 in every category."""

import os
import statistics
from collections import defaultdict

import pytest
from conftest import FLAGS, HTML, crawl

import lighthouse

LEAST = 98
RUNS = 3


def _longest_guide() -> str:
    guides = [page for page in HTML if crawl.template_of(page.path) == "/guides/*/"]
    return max(guides, key=lambda page: page.size).path


def _measure(url: str) -> dict[str, float]:
    """Run once; return the score of each category, 0 to 100, and print what cost points."""
    try:
        result = lighthouse.report(url, os.environ["CHROMIUM"], FLAGS)
    except lighthouse.ToolError as error:
        pytest.fail(str(error), pytrace=False)
    scores = {}
    for name, category in result["categories"].items():
        scores[name] = round((category["score"] or 0) * 100)
        for reference in category["auditRefs"]:
            audit = result["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                print(f"{url} {name}: {audit['title']} {audit.get('displayValue', '')}")
    print(f"{url} {scores}")
    return scores


ADDRESSES = {
    "home": "/",
    "salaries": "/salaries/",
    "explorer": "/salaries/explore/",
}


@pytest.mark.lighthouse
@pytest.mark.parametrize("chosen", ["home", "guide", "salaries", "explorer"])
def test_lighthouse(chosen: str, site: str) -> None:
    """Speed varies with the machine, so its median of up to three runs counts; the rest always."""
    url = site + (ADDRESSES[chosen] if chosen in ADDRESSES else _longest_guide())
    seen: dict[str, list[float]] = defaultdict(list)
    for _ in range(RUNS):
        for name, score in _measure(url).items():
            seen[name].append(score)
        if seen["performance"][0] >= LEAST:
            break
    speed = seen.pop("performance")
    assert {"accessibility", "best-practices", "seo"} <= seen.keys()
    assert {name: min(scores) for name, scores in seen.items() if min(scores) < LEAST} == {}
    assert statistics.median(speed) >= LEAST, speed
