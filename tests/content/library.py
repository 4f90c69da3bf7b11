"""The files of `content/` as the checks of this folder read them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings

from articles.guide_files import GuideFile, read_guides

ROOT = Path(settings.CONTENT_DIR)
EDITION = [
    "what-is-backend-development",
    "how-a-web-request-works",
    "servers-and-data-centres",
    "frontend-backend-full-stack",
    "programming-foundations-first",
    "what-does-a-backend-developer-do",
    "is-backend-for-you",
    "git-and-github",
    "documentation-and-teamwork",
    "ai-and-backend-work",
]
THEMES = [
    "how-to-read-a-salary-figure",
    "pay-by-seniority",
    "pay-by-language",
    "pay-by-company-size",
    "pay-and-remote-work",
    "freelance-or-employed-pay",
    "total-compensation",
    "negotiating-pay",
]
COUNTRIES = {
    entry["slug"]: entry["country"]
    for entry in yaml.safe_load((ROOT / "salaries/guides.yaml").read_text(encoding="utf-8"))
    if "country" in entry
}
ALL_GUIDES = [*EDITION, *THEMES, *COUNTRIES]
TOKEN = re.compile(r"\[\[([\w-]+):([^\]#|]+)(?:#([^\]|]+))?(?:\\?\|([^\]]*))?\]\]")
FENCE = re.compile(r"^(`{3,})([^\n`]*)\n(.*?)^\1[ ]*$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)


@dataclass(frozen=True)
class Fence:
    """A block of code in a guide, with the line of the body it begins on."""

    guide: str
    line: int
    info: str
    code: str
    end: int

    @property
    def words(self) -> list[str]:
        return self.info.split()


def address(slug: str) -> str:
    """Return where a guide stands, without the slash at the end."""
    return f"/guides/{slug}" if slug in EDITION else f"/salaries/{slug}"


def guides() -> dict[str, GuideFile]:
    """Return all guides by slug."""
    return {guide.slug: guide for guide in read_guides(ROOT)}


def fences(guide: GuideFile) -> list[Fence]:
    """Return the blocks of code of a guide, in order."""
    body = guide.content.body
    return [
        Fence(
            guide.slug,
            guide.body_line + body.count("\n", 0, match.start()),
            match[2].strip(),
            match[3],
            match.end(),
        )
        for match in FENCE.finditer(body)
    ]


def prose(guide: GuideFile) -> Iterator[tuple[str, str]]:
    """Yield the texts that readers read as words, each with its place; code is left out."""
    content = guide.content
    yield "standfirst", content.standfirst
    for text in content.takeaways:
        yield "takeaways", without_code(text)
    for entry in content.faq:
        yield "faq", entry.question
        yield "faq", without_code(entry.answer)
    yield "body", without_code(content.body)


def without_code(text: str) -> str:
    """Return Markdown without its code."""
    return SPAN.sub(" ", FENCE.sub("\n", text))


def tokens(guide: GuideFile) -> list[tuple[str, str, str]]:
    """Return kind, key and part of every embed of a guide."""
    texts = [text for _, text in prose(guide)]
    return [
        (kind, key.strip(), (part or "").strip())
        for text in texts
        for kind, key, part, _ in TOKEN.findall(text)
    ]
