"""Words that were never meant as Markdown, written so that Markdown leaves them alone."""

import re

ADDRESS = re.compile(r"(https?://[^\s<>]+)", re.IGNORECASE)
# A mark between spaces means nothing, and neither does an underscore inside a word.
STAR = re.compile(r"(?<=\S)\*|\*(?=\S)")
UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~\n]|$)")
ENTITY = re.compile(r"&(?=#?\w{1,32};)")
LINE_START = re.compile(r"(?m)^([ \t]*)(?:([-+*>])(?=\s|>|$)|([0-9]{1,9})([.)])(?=\s|$)|(~~~|>))")


def escape_words(text: str, *, in_link: bool = False) -> str:
    """Return text in which no character marks anything up. Addresses stay as they are."""
    parts = ADDRESS.split(text)
    return "".join(
        part if index % 2 and not in_link else _escaped(part, in_link=in_link)
        for index, part in enumerate(parts)
    )


def _escaped(text: str, *, in_link: bool) -> str:
    escaped = BACKSLASH.sub(r"\\\\", text).replace("`", r"\`").replace("](", r"]\(")
    escaped = UNDERSCORE.sub(r"\\_", STAR.sub(r"\\*", escaped))
    escaped = ENTITY.sub(r"\\&", escaped)
    return re.sub(r"([\[\]])", r"\\\1", escaped) if in_link else escaped


def escape_line_starts(paragraph: str) -> str:
    """Return a paragraph in which no line begins a list, a quote or code."""
    lines = "\n".join(line.strip() for line in paragraph.strip().split("\n"))

    def escaped(match: re.Match[str]) -> str:
        _, mark, number, dot, other = match.groups()
        return f"{number}\\{dot}" if number else f"\\{mark or other}"

    return LINE_START.sub(escaped, lines)


def fence_for(text: str) -> str:
    """Return the fence for a block of code: longer than any run of backticks inside."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(3, longest + 1)
