"""Checks of blocks: tables, code, call-outs, captions, depth."""

from collections.abc import Sequence

from markdown_it.token import Token

from core import embeds
from core.markup.document import Document, is_caption
from core.markup.highlight import read_info
from core.markup.lines import first_line
from core.markup.problems import Problems

NO_HTML = "HTML is not allowed here; write Markdown, or put code in a code block"
MAX_DEPTH = 16
DELIMITER_CHARS = frozenset("|:- \t")


def check_blocks(document: Document, problems: Problems) -> None:
    """Note what is wrong with the blocks of a text, and mark what stands alone."""
    for part in document.parts():
        for index, token in enumerate(part):
            if token.level == MAX_DEPTH and token.nesting == 1:
                problems.add(first_line(token), "this is nested too deeply")
            match token.type:
                case "html_block":
                    problems.add(first_line(token), NO_HTML)
                case "code_block":
                    problems.add(
                        first_line(token),
                        "four spaces make this a code block without a language; "
                        "use ``` and a language, or take the spaces away",
                    )
                case "fence":
                    _check_fence(part, index, problems)
                case "table_open":
                    _check_table(part, index, problems)
                case "paragraph_open":
                    _check_paragraph(part, index, problems)
                case "callout_open" if token.meta["problem"]:
                    problems.add(first_line(token), token.meta["problem"])
                case "callout_stray":
                    problems.add(first_line(token), "::: closes nothing here; no call-out is open")


def _check_fence(tokens: Sequence[Token], index: int, problems: Problems) -> None:
    token = tokens[index]
    line = first_line(token)
    code = read_info(token.info)
    for message in code.problems:
        problems.add(line, message)
    if not token.meta["closed"]:
        problems.add(line, f"the code block that begins here is not closed with {token.markup}")
    if code.is_output:
        before = tokens[index - 1] if index else None
        if before is None or before.type != "fence" or not read_info(before.info).runs:
            problems.add(line, "“output” must follow directly after a block that is marked “run”")


def _check_table(tokens: Sequence[Token], index: int, problems: Problems) -> None:
    table = tokens[index]
    caption = table.meta.get("caption")
    if caption is None:
        problems.add(
            first_line(table),
            "the table needs a caption: write a paragraph “Table: …” directly before it",
        )
    elif not any(child.content or child.type == "embed" for child in caption.children or ()):
        problems.add(first_line(caption), "the caption of the table is empty")
    columns = 0
    for token in tokens[index:]:
        if token.type == "table_close" and token.level == table.level:
            return
        if token.type == "tr_open":
            cells = token.meta["cells"]
            columns = columns or cells
            if cells != columns:
                message = f"this row does not fit the table: cells {cells}, columns {columns}"
                problems.add(first_line(token), message)


def _check_paragraph(tokens: Sequence[Token], index: int, problems: Problems) -> None:
    inline = tokens[index + 1]
    line = first_line(inline)
    if is_caption(inline):
        problems.add(line, "no table follows this caption")
    rows = inline.content.split("\n")
    for number, row in enumerate(rows[1:], start=1):
        if "|" in row and "-" in row and DELIMITER_CHARS.issuperset(row):
            problems.add(
                line + number,
                "this looks like a table, but the row above has another number of cells",
            )
    alone = _alone(inline)
    if alone is not None:
        alone.meta["alone"] = tokens[index].meta["alone"] = tokens[index + 2].meta["alone"] = True


def _alone(inline: Token) -> Token | None:
    """Return the image or block embed that is everything the paragraph holds."""
    children = inline.children or []
    if len(children) != 1:
        return None
    only = children[0]
    if only.type == "image":
        return only
    if only.type == "embed":
        embed = embeds.get(only.meta["kind"])
        return only if embed is not None and embed.block else None
    return None
