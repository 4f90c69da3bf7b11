"""Measures what the rules of comments cost: 200 of them on comments of 5,000 characters.

    bin/with-python bench/rules.py

Needs no database. README.md beside it tells what came out.
"""

import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "backend_guide.settings_test"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Took longest among the patterns that we could think of and that the form takes.
WORST = r"(?:(?:x?y?){30}){16}z"


def main() -> None:
    """Print the times."""
    import django

    django.setup()
    from comments.models import Comment, Commenter, Rule
    from comments.rendering import render_comment
    from comments.rule_values import read
    from comments.screening.rules import matches
    from comments.screening.subjects import History, Subject

    chance = random.Random(1)
    words = ["".join(chance.choices(LETTERS, k=chance.randint(2, 10))) for _ in range(3_000)]
    rules = [Rule(kind=kind, value=value) for kind, value in values(chance, words)]
    long_list = Rule(kind="words", value="\n".join(f"q{word}{n}" for n, word in many(words)))
    worst = Rule(kind="pattern", value=WORST)
    print(f"read 200 rules: {once(lambda: [read(r.kind, r.value) for r in rules]):.1f} ms")
    print(f"read 10,000 words: {once(lambda: read('words', long_list.value)):.1f} ms")
    texts = {
        "English": " ".join(chance.choices(words, k=1_000))[:5_000],
        "Cyrillic": "слово " * 833,
        "xy": "xyxyxx" * 833,
    }
    for name, text in texts.items():
        author = Commenter(guest_email="a@b.example")
        comment = Comment(text=text, html=render_comment(text), name="A", author=author)

        def ask(asked: list[Rule], comment: Comment = comment) -> None:
            subject = Subject(comment, History([]))
            for rule in asked:
                matches(rule, subject)

        for what, asked in {"200": rules, "10,000 words": [long_list], "worst": [worst]}.items():
            times = [once(lambda asked=asked: ask(asked)) for _ in range(5)]
            print(f"{name}, {what}: {min(times):.1f} ms")


def values(chance: random.Random, words: list[str]) -> list[tuple[str, str]]:
    """Return 50 rules of words, 50 of patterns, 50 of addresses and 50 of links; none matches."""
    made = []
    for number in range(50):
        some = chance.sample(words, 200)
        made.append(("words", "\n".join(f"q{word} {word}" for word in some)))
        made.append(("pattern", "\n".join(rf"{word}\s+q{number}" for word in some[:5])))
        made.append(("address", "\n".join(f"{word}.example" for word in some[:50])))
        made.append(("links", "3"))
    return made


def many(words: list[str]) -> list[tuple[int, str]]:
    """Return 10,000 words that differ."""
    return list(enumerate(words * 4))[:10_000]


def once(work: Callable[[], object]) -> float:
    """Return the milliseconds of processor time that something takes."""
    start = time.process_time()
    work()
    return 1_000 * (time.process_time() - start)


if __name__ == "__main__":
    main()
