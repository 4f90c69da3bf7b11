"""Check content files from the shell: `python -m core.markup FILE…`.

Prints each problem as file:line, then the words and the outline. Needs no settings and no
database, so the keys of embeds are taken as known. Ends with 1 where a file has a problem.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from core.embeds import EmbedContext
from core.frontmatter import FrontMatterError, split
from core.markup import MarkupError, Problem, Rendered, render, render_inline
from core.markup.standins import register_stand_ins
from core.text import reading_minutes


def main(paths: list[str], out: TextIO = sys.stdout) -> int:
    """Check the files and return the exit status: 0 good, 1 problems, 2 no file named."""
    if not paths:
        out.write("usage: python -m core.markup FILE…\n")
        return 2
    register_stand_ins()
    return max([check_file(Path(path), out) for path in paths])


def check_file(path: Path, out: TextIO) -> int:
    """Print what there is to say about one file; return 1 where it has problems."""
    try:
        text = path.read_bytes().decode("utf-8")
        head, body, first_line = split(text) if text.startswith("---") else ({}, text, 1)
    except FrontMatterError as error:
        out.write(f"{path}:{error.line}: {error.message}\n")
        return 1
    except (OSError, UnicodeDecodeError) as error:
        out.write(f"{path}: cannot be read: {error}\n")
        return 1
    context = EmbedContext()
    rendered: Rendered | None = None
    problems: list[str] = []
    try:
        rendered = render(body, embeds=context, first_line=first_line)
    except MarkupError as error:
        problems = [_located(path, problem) for problem in error.problems]
    problems += [f"{path}: {message}" for message in _problems_of_head(head, context)]
    out.writelines(f"{problem}\n" for problem in problems)
    if rendered is not None:
        _print_summary(path, rendered, out)
    return 1 if problems else 0


def _located(path: Path, problem: Problem) -> str:
    return f"{path}:{problem.line or 1}: {problem.message}"


def _problems_of_head(head: dict[str, Any], context: EmbedContext) -> Iterator[str]:
    """Yield the problems of the Markdown that stands in the head: key points and answers."""
    for number, takeaway in enumerate(_list(head, "takeaways"), 1):
        try:
            render_inline(str(takeaway))
        except MarkupError as error:
            yield from (f"takeaway {number}: {problem.message}" for problem in error.problems)
    for number, entry in enumerate(_list(head, "faq"), 1):
        answer = str(entry.get("answer", "")) if isinstance(entry, dict) else ""
        try:
            render(answer, embeds=context)
        except MarkupError as error:
            yield from (f"answer {number}: {problem}" for problem in error.problems)


def _list(head: dict[str, Any], name: str) -> list[Any]:
    value = head.get(name)
    return value if isinstance(value, list) else []


def _print_summary(path: Path, rendered: Rendered, out: TextIO) -> None:
    minutes = reading_minutes(rendered.word_count)
    out.write(f"{path}: {rendered.word_count:,} words, {minutes} min\n")
    out.writelines(
        f"{'    ' * (heading.level - 1)}{heading.text}  #{heading.id}\n"
        for heading in rendered.outline
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
