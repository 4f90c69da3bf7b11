"""Call-outs: `::: kind Optional title`, blocks, and `:::` on a line of its own."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

KINDS = {"note": "Note", "warning": "Warning", "example": "Example", "try": "Try it"}
MARKER = re.compile(r":{3,}[ \t]*(.*?)[ \t]*")
FENCE = re.compile(r"(`{3,}|~{3,})(.*)")


def callout_plugin(md: MarkdownIt) -> None:
    """Teach the parser call-outs. What is wrong with one is left in `meta["problem"]`."""
    md.block.ruler.before(
        "fence", "callout", callout, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def callout(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The block rule: one call-out with the blocks inside it."""
    marker = _marker(state, start_line)
    if marker is None:
        return False
    if silent:
        return True
    if not marker:
        token = state.push("callout_stray", "", 0)
        token.map = [start_line, start_line + 1]
        state.line = start_line + 1
        return True
    kind, _, title = marker.partition(" ")
    last, problem = _find_end(state, start_line, end_line)
    opening = state.push("callout_open", "aside", 1)
    opening.block = True
    opening.map = [start_line, last]
    opening.meta = {"kind": kind, "problem": problem or _kind_problem(kind)}
    _push_title(state, start_line, title.strip())
    old_parent, old_line_max = state.parentType, state.lineMax
    # Nothing inside may read on past the end, as a paragraph in a list otherwise would.
    state.parentType, state.lineMax = "callout", last
    state.md.block.tokenize(state, start_line + 1, last)
    state.parentType, state.lineMax = old_parent, old_line_max
    state.push("callout_close", "aside", -1).block = True
    state.line = last if problem else last + 1
    return True


def _marker(state: StateBlock, line: int) -> str | None:
    """Return what follows the colons, or None where the line is no marker."""
    if state.is_code_block(line):
        return None
    begin, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if not state.src.startswith(":::", begin, end):
        return None
    match = MARKER.fullmatch(state.src, begin, end)
    return match[1] if match else None


def _push_title(state: StateBlock, line: int, title: str) -> None:
    state.push("callout_title_open", "p", 1)
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = title, [line, line + 1], []
    state.push("callout_title_close", "p", -1)


def _find_end(state: StateBlock, start_line: int, end_line: int) -> tuple[int, str]:
    """Return the line that ends the call-out, and the problem where nothing closes it."""
    fence = ""
    for line in range(start_line + 1, end_line):
        if not state.isEmpty(line) and state.sCount[line] < state.blkIndent:
            return line, "the call-out that begins here is not closed; end it with :::"
        fence = _fence_after(state, line, fence)
        marker = None if fence else _marker(state, line)
        if marker == "":
            return line, ""
        if marker:
            return line, (
                "the call-out that begins here is not closed before the next one; "
                "end it with ::: on a line of its own"
            )
    return end_line, "the call-out that begins here is not closed; end it with :::"


def _fence_after(state: StateBlock, line: int, fence: str) -> str:
    """Return the marks of the code block that is open after this line, or nothing."""
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    match = None if state.is_code_block(line) else FENCE.fullmatch(text)
    if match is None:
        return fence
    marks, rest = match.groups()
    if not fence:
        return "" if marks[0] == "`" and "`" in rest else marks
    closes = marks[0] == fence[0] and len(marks) >= len(fence) and not rest.strip()
    return "" if closes else fence


def _kind_problem(kind: str) -> str:
    if kind in KINDS:
        return ""
    return f"there is no call-out called “{kind}”; known are {', '.join(KINDS)}"
