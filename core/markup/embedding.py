"""Embeds in a text: find them, load what they name, note what is wrong with them."""

from collections.abc import Iterator

from markdown_it.token import Token as ParserToken

from core import embeds
from core.embeds import Embed, EmbedContext, ManyNamed, PlainTextEmbed, Token
from core.markup.document import Document
from core.markup.lines import Placed, placed
from core.markup.problems import Problems


def load_embeds(document: Document, context: EmbedContext, problems: Problems) -> None:
    """Give each embed token what it names: `meta["item"]`, its references, its plain text."""
    by_kind: dict[str, list[tuple[Embed, ParserToken, Token]]] = {}
    for found in _embeds_of(document):
        line, meta = found.line, found.token.meta
        embed = embeds.get(meta["kind"])
        if embed is None:
            problems.add(line, _unknown_kind(meta["kind"]))
        elif not meta["whole"]:
            problems.add(line, _broken(found.token))
        elif not meta["key"]:
            problems.add(line, f"[[{meta['kind']}:…]] names nothing")
        else:
            _check_place(found, embed, problems)
            names = (meta["kind"], meta["key"], meta["part"], meta["label"])
            token = Token(*names, line=problems.line_number(line))
            by_kind.setdefault(embed.kind, []).append((embed, found.token, token))
    for found_of_kind in by_kind.values():
        _load_kind(found_of_kind, context, problems)


def _embeds_of(document: Document) -> Iterator[Placed]:
    for inline in document.inlines():
        for found in placed(inline):
            if found.token.type == "embed":
                yield found


def _check_place(found: Placed, embed: Embed, problems: Problems) -> None:
    if embed.block and not found.token.meta.get("alone"):
        problems.add(found.line, f"[[{embed.kind}:…]] must stand alone in its paragraph")


def _load_kind(
    found: list[tuple[Embed, ParserToken, Token]], context: EmbedContext, problems: Problems
) -> None:
    embed = found[0][0]
    items = context.items(embed, {token.key for _, _, token in found})
    for _, written, token in found:
        if token.key not in items:
            line = token.line - problems.line_number(0)
            problems.add(line, f"no {embed.label_singular} has the ID {token.key}.")
            continue
        item = items[token.key]
        kind = getattr(embed, "reference_kind", embed.kind)
        named = embed.reference_keys(token.key) if isinstance(embed, ManyNamed) else (token.key,)
        references = [(kind, key) for key in named]
        written.meta |= {"token": token, "item": item, "references": references}
        written.meta["text"] = _plain_text(embed, token, item)


def _plain_text(embed: Embed, token: Token, item: object) -> str:
    return embed.text(token, item) if isinstance(embed, PlainTextEmbed) else token.label


def _broken(token: ParserToken) -> str:
    if token.content.endswith("]]"):
        return f"{token.content} names nothing; write [[{token.meta['kind']}:key]]"
    return f"{token.content}… is not closed with ]], or holds a bracket"


def _unknown_kind(kind: str) -> str:
    known = ", ".join(embeds.registered()) or "none"
    return f"there is no embed called [[{kind}:…]]; known are {known}"
