"""From the HTML of another site to our Markdown. No word is lost; what we lack becomes plain."""

import re
from collections.abc import Iterable

from comments.importing.html_tree import Node, parse
from comments.importing.plain_words import escape_line_starts, escape_words, fence_for
from comments.markup.links import may_link

BLOCKS = {
    *("address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "div"),
    *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"),
    *("h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary"),
    *("table", "tbody", "tfoot", "thead", "tr", "ul"),
}
STRONG = {"b", "strong"}
EMPHASIS = {"cite", "dfn", "em", "i", "var"}
CODE = {"code", "kbd", "samp", "tt"}
VERBATIM = {"pre", "script", "style", "textarea", "xmp"}
STRUCK = {"del", "s", "strike"}
MEDIA = {"audio", "embed", "iframe", "img", "object", "source", "video"}
PARAGRAPH_END = re.compile(r"\n[ \t\r\f\v\xa0]*\n\s*")


def to_markdown(html: str) -> str:
    """Return the Markdown of a comment that was kept as HTML, with or without paragraphs' tags.

    Line breaks count, as they do where such comments come from.
    """
    return "\n\n".join(_blocks(parse(html).children))


def _blocks(children: Iterable[Node | str]) -> list[str]:
    found: list[str] = []
    run: list[Node | str] = []
    for child in children:
        if isinstance(child, str) or not (child.tag in BLOCKS or child.tag in VERBATIM):
            run.append(child)
            continue
        found += _paragraphs(run)
        run = []
        found += _block(child)
    return found + _paragraphs(run)


def _paragraphs(run: list[Node | str]) -> list[str]:
    paragraphs = (escape_line_starts(part) for part in PARAGRAPH_END.split(_inline(run)))
    return [paragraph for paragraph in paragraphs if paragraph]


def _block(node: Node) -> list[str]:
    if node.tag == "hr":
        return ["---"]
    if node.tag in VERBATIM:
        text = node.text.strip("\n")
        fence = fence_for(text)
        return [f"{fence}\n{text}\n{fence}"] if text.strip() else []
    if node.tag == "tr":
        cells = (_one_line(cell.children) for cell in node.elements)
        return [escape_line_starts(" | ".join(cells))]
    inside = _blocks(node.children)
    if node.tag == "blockquote" and inside:
        return [_behind("> ", "> ", inside)]
    if node.tag in {"ol", "ul"}:
        return _list(node)
    return inside


def _list(node: Node) -> list[str]:
    """Return a list; words outside of its items stand before it."""
    outside = [child for child in node.children if isinstance(child, str) or child.tag != "li"]
    start = node.attributes.get("start", "")
    number = int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1
    items = []
    for item in (child for child in node.elements if child.tag == "li"):
        mark = f"{number}. " if node.tag == "ol" else "- "
        items.append(_behind(mark, " " * len(mark), _blocks(item.children)))
        number += 1
    return [*_blocks(outside), "\n".join(items)] if items else _blocks(outside)


def _behind(first: str, others: str, blocks: list[str]) -> str:
    lines = "\n\n".join(blocks).split("\n")
    marked = [first + lines[0], *(others + line for line in lines[1:])]
    return "\n".join(line.rstrip() for line in marked)


def _one_line(children: Iterable[Node | str], *, in_link: bool = False) -> str:
    return " ".join(_inline(children, in_link=in_link).split())


def _inline(children: Iterable[Node | str], *, in_link: bool = False, inside: str = "") -> str:
    """Return inline Markdown; `inside` holds the marks of the emphasis around it."""
    parts = []
    for child in children:
        if isinstance(child, str):
            parts.append(escape_words(child, in_link=in_link))
        else:
            parts.append(_element(child, in_link=in_link, inside=inside))
    return "".join(parts)


def _element(node: Node, *, in_link: bool, inside: str) -> str:
    if node.tag == "br":
        return "\n"
    if node.tag in CODE or node.tag in VERBATIM:
        return _code(node.text)
    if node.tag in MEDIA:
        return _media(node, in_link=in_link)
    if node.tag == "a" and not in_link:
        return _link(node)
    mark = _mark(node, inside)
    words = _inline(node.children, in_link=in_link, inside=inside + mark)
    if mark:
        return _marked(words, mark)
    if node.tag in STRUCK:
        return f"~~{words}~~"
    if node.tag == "q":
        return f"“{words}”"
    if node.tag in {"abbr", "acronym"} and node.attributes.get("title"):
        return f"{words} ({escape_words(node.attributes['title'], in_link=in_link)})"
    if node.tag in {"td", "th"} or node.tag in BLOCKS:
        return f"\n{words}\n"
    return words


def _mark(node: Node, inside: str) -> str:
    """Return what stands around an element; nothing where that is said already."""
    if node.tag in STRONG:
        return "" if "**" in inside else "**"
    if node.tag in EMPHASIS and not set("_*") & set(inside.replace("**", "")):
        return "_" if inside else "*"  # beside stars, others would run into them
    return ""


def _marked(words: str, mark: str) -> str:
    """Put marks around words; white space and the ends of paragraphs stay outside."""
    parts = re.split(r"(\s*\n\s*\n\s*)", words)
    for index in range(0, len(parts), 2):
        bare = parts[index].strip()
        if bare:
            begin = parts[index].index(bare)
            end = begin + len(bare)
            parts[index] = f"{parts[index][:begin]}{mark}{bare}{mark}{parts[index][end:]}"
    return "".join(parts)


def _code(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        return ""
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    room = " " if "`" in (words[0], words[-1]) else ""
    return f"{'`' * (longest + 1)}{room}{words}{room}{'`' * (longest + 1)}"


def _link(node: Node) -> str:
    href, words = node.attributes.get("href", "").strip(), _one_line(node.children, in_link=True)
    plain = " ".join(node.text.split())
    title = node.attributes.get("title", "").strip()
    behind = f" ({escape_words(title)})" if title and title not in {plain, href} else ""
    if not href or href == plain:
        return _one_line(node.children) + behind
    if not may_link(href) or re.search(r"[\s<>]", href):
        return f"{_one_line(node.children)} ({escape_words(href)}){behind}"
    where = f"<{href}>" if not words or re.search(r"[()]", href) else href
    return f"[{words}]({where}){behind}" if words else where + behind


def _media(node: Node, *, in_link: bool) -> str:
    """Return what a picture or film says, and where it lies."""
    words = [node.attributes.get(name, "").strip() for name in ("alt", "title")]
    address = node.attributes.get("src", "") or node.attributes.get("data", "")
    shown = " ".join(dict.fromkeys(word for word in words if word))
    said = escape_words(shown, in_link=in_link)
    inside = _inline(node.children, in_link=in_link)
    if not address or in_link:
        return said + inside
    where = escape_words(address.strip())
    return (f"{said} ({where})" if said else where) + inside
