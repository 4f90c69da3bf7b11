"""Blocks of code: what their first line says, and colours as class names."""

import re
from dataclasses import dataclass, field
from html import escape

from pygments import format as write  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]

# The word after the backticks, the words that a reader sees, the name that Pygments knows.
LANGUAGES = {
    "python": ("Python", "python"),
    "sql": ("SQL", "sql"),
    "bash": ("Shell", "bash"),
    "console": ("Terminal", "console"),
    "http": ("HTTP", "http"),
    "json": ("JSON", "json"),
    "text": ("Text", ""),
    "ini": ("INI", "ini"),
    "yaml": ("YAML", "yaml"),
    "diff": ("Diff", "diff"),
    "html": ("HTML", "html"),
    "javascript": ("JavaScript", "javascript"),
}
RUNNABLE = {"python", "bash"}
# Some lexers need time that grows with the square of a line; code that people read is far below.
MAX_COLOURED = 30_000
MAX_COLOURED_LINE = 500
WORD = re.compile(r'title="(?P<title>[^"]*)"|(?P<word>\S+)')


@dataclass
class CodeInfo:
    """The first line of a block of code: `python run title="app.py"`."""

    language: str = ""
    title: str = ""
    runs: bool = False
    is_output: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Return what stands above the block."""
        return "Output" if self.is_output else LANGUAGES.get(self.language, (self.language, ""))[0]


def read_info(info: str) -> CodeInfo:
    """Return what the first line says, with what is wrong in it."""
    language, _, rest = info.strip().partition(" ")
    code = CodeInfo(language)
    if not language:
        code.problems.append(f"the code block names no language; known are {', '.join(LANGUAGES)}")
    elif language not in LANGUAGES:
        code.problems.append(
            f"there is no language called “{language}” here; known are {', '.join(LANGUAGES)}"
        )
    for match in WORD.finditer(rest):
        _read_word(code, match)
    return code


def _read_word(code: CodeInfo, match: re.Match[str]) -> None:
    word = match["word"]
    if word is None:
        code.title = match["title"].strip()
        if not code.title:
            code.problems.append("the title of the code block is empty")
    elif word == "run":
        code.runs = True
        if code.language not in RUNNABLE:
            code.problems.append("only python and bash blocks can be marked “run”")
    elif word == "output":
        code.is_output = True
        if code.language != "text":
            code.problems.append("only text blocks can be marked “output”")
    else:
        code.problems.append(
            f'“{word}” means nothing after the language; write run, output or title="…"'
        )


def highlight(code: str, language: str) -> str:
    """Return the code as escaped HTML, with Pygments' short class names where it has a lexer."""
    lexer_name = LANGUAGES.get(language, ("", ""))[1]
    too_long = len(code) > MAX_COLOURED or max(map(len, code.split("\n"))) > MAX_COLOURED_LINE
    if too_long or not lexer_name:
        return escape(code)
    # A new lexer each time: some keep state between calls and would mix threads up.
    lexer = get_lexer_by_name(lexer_name, stripnl=False)
    tokens = list(lexer.get_tokens(code))
    if "".join(words for _, words in tokens) != f"{code}\n":
        return escape(code)  # a lexer lost or moved something: true code goes before coloured code
    return str(write(tokens, HtmlFormatter(nowrap=True))).removesuffix("\n")
