"""A library of two guides in a folder, for tests that load it and break it."""

from pathlib import Path

from django.core.management import call_command

DRAWING = (
    '<svg viewBox="0 0 100 40">\n<title>Two boxes</title>\n<desc>A box and a box.</desc>\n'
    '<rect class="d-box" x="1" y="1" width="40" height="38"/>\n</svg>\n'
)
FILES = {
    "categories.yaml": (
        '- {slug: shop, name: "Shop", description: "Life in it.", position: 10}\n'
        '- {slug: yard, name: "Yard", description: "Behind it.", position: 20}\n'
    ),
    "tags.yaml": '- {slug: queues, name: "Queues"}\n',
    "people.yaml": '- slug: desk\n  name: "The desk"\n  kind: organisation\n  bio: "We write."\n',
    "evidence/sources.yaml": (
        '- slug: study\n  title: "Study"\n  publisher: "Office"\n'
        '  url: "https://study.example.org/"\n  published: 2025\n'
    ),
    "evidence/claims.yaml": (
        '- key: QUE-01\n  area: "Shops"\n  statement: "Two thirds queue."\n'
        '  figure: "66.7% of shops"\n  values: {share: "66.7%"}\n  as_of: 2025\n'
        "  source: study\n  confidence: secondary\n  checked_on: 2026-11-22\n"
    ),
    "diagrams/boxes.svg": DRAWING,
}
GUIDE = """\
---
title: {title}
slug: {slug}
category: shop
position: {position}
level: newcomer
tags: [queues]
authors: [desk]
standfirst: What stands in line.
takeaways:
  - A queue waits.
faq:
  - question: Why do people wait?
    answer: |
      Because of [[cite:QUE-01]].
related: [{other}]
published: 2026-03-14
next_review: 2999-01-01
note: First edition.
---

## Lines

There are [[claim:QUE-01#share]] of them.

See [[guide:{other}]].

[[diagram:boxes|Two boxes.]]
"""
FIRST, SECOND = "guides/first.md", "guides/second.md"


def write_library(root: Path) -> Path:
    """Write the library below a folder and return the folder."""
    files = {
        **FILES,
        FIRST: GUIDE.format(title="First", slug="first", position=1, other="second"),
        SECOND: GUIDE.format(title="Second", slug="second", position=2, other="first"),
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def edit(root: Path, name: str, old: str, new: str) -> None:
    """Replace words that stand in a file exactly once."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (name, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def load(root: Path, *options: str) -> None:
    """Run the command on a folder."""
    call_command("load_library", f"--from={root}", *options)
