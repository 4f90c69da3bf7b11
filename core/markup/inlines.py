"""Checks of what stands inside sentences: raw HTML, links, images, footnote marks."""

from collections.abc import Collection
from urllib.parse import unquote

from markdown_it.token import Token

from core.markup.blocks import NO_HTML
from core.markup.document import Document, inlines_of
from core.markup.lines import Placed, placed
from core.markup.links import image_problem, is_external, link_problem
from core.markup.problems import Problems
from core.markup.result import Reference
from core.text import plain_text

DECORATIVE = "decorative"
NO_LINK = (
    "this is written like a link but is none; check its brackets and spaces, "
    "and keep embeds and footnotes out of it"
)


def check_inlines(
    document: Document, anchors: Collection[str], problems: Problems
) -> tuple[Reference, ...]:
    """Note what is wrong inside sentences; return what they refer to, in order, each once."""
    found: dict[Reference, None] = {}
    for inline in document.inlines():
        for item in placed(inline):
            reference = _check(item, inline, document, anchors, problems)
            if reference is not None:
                found.setdefault(reference)
            for named in item.token.meta.get("references", ()):
                found.setdefault(Reference(*named))
    _check_unused_notes(document, problems)
    return tuple(found)


def _check(
    item: Placed, inline: Token, document: Document, anchors: Collection[str], problems: Problems
) -> Reference | None:
    token = item.token
    match token.type:
        case "html_inline":
            problems.add(item.line, NO_HTML)
        case "text":
            check_words(item, problems)
        case "link_open":
            check_link(item, inline, anchors, problems)
            return _link_reference(str(token.attrs["href"]))
        case "image":
            return _check_image(item, problems)
        case "footnote_ref":
            _check_note_mark(item, document, problems)
    return None


def check_words(item: Placed, problems: Problems) -> None:
    """Note words in which an attempt at a link was left over."""
    if "](" in item.token.content:
        problems.add(item.line, NO_LINK)


def check_link(
    item: Placed, inline: Token, anchors: Collection[str] | None, problems: Problems
) -> None:
    """Note what is wrong with a link. Without anchors, links inside the page are refused."""
    url = str(item.token.attrs["href"])
    problem = link_problem(url)
    if problem:
        problems.add(item.line, problem)
    elif url[0] == "#" and anchors is None:
        problems.add(item.line, "a link into the page is not possible here")
    elif url[0] == "#" and unquote(url[1:]) not in (anchors or ()):
        problems.add(item.line, f"there is no heading with the address {unquote(url)} on this page")
    if not _has_words(item.index, inline):
        problems.add(item.line, "the link has no words")


def _has_words(opening: int, inline: Token) -> bool:
    """Tell whether the link that opens at this child holds anything that can be read or seen."""
    children = inline.children or []
    for index in range(opening + 1, len(children)):
        child = children[index]
        if child.type == "link_close":
            return False
        if child.content.strip():
            return True
    return False


def _link_reference(url: str) -> Reference | None:
    is_kept = is_external(url) or url.startswith("/")
    return Reference("link", url) if is_kept and not link_problem(url) else None


def _check_image(item: Placed, problems: Problems) -> Reference | None:
    token = item.token
    if not token.meta.get("alone"):
        problems.add(item.line, "an image must stand alone in its paragraph")
    children = token.children or []
    if any(child.type not in {"text", "softbreak", "text_special"} for child in children):
        problems.add(item.line, "the alternative text of an image is plain words only")
    if not plain_text(children):
        problems.add(
            item.line,
            "the image has no alternative text; describe it, "
            f"or write “{DECORATIVE}” where it says nothing",
        )
    url = str(token.attrs["src"])
    problem = image_problem(url)
    if problem:
        problems.add(item.line, problem)
        return None
    return Reference("image", url)


def _check_note_mark(item: Placed, document: Document, problems: Problems) -> None:
    label = item.token.meta["label"]
    if label not in document.notes:
        problems.add(item.line, f"the footnote [^{label}] is not defined")


def _check_unused_notes(document: Document, problems: Problems) -> None:
    """Note definitions that nothing in the body leads to, directly or through another note."""
    reached = _labels_in(document.tokens)
    waiting = list(reached)
    while waiting:
        note = document.notes.get(waiting.pop())
        new = _labels_in(note.tokens) - reached if note else set()
        reached |= new
        waiting.extend(new)
    for label, note in document.notes.items():
        if label not in reached:
            problems.add(note.line, f"nothing refers to the footnote [^{label}]")


def _labels_in(tokens: list[Token]) -> set[str]:
    children = (child for inline in inlines_of(tokens) for child in inline.children or ())
    return {child.meta["label"] for child in children if child.type == "footnote_ref"}
