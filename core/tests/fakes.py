"""Embeds and short-cuts for the tests of the renderer; no database is behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.embeds import EmbedContext, EmbedError, Token
from core.markup import MarkupError, render, render_inline

GUIDES = {"http": "How HTTP works", "git": "Git & you"}


@dataclass
class FakeClaim:
    """A figure with a receipt; knows the IDs that begin with A."""

    kind: str = "claim"
    reference_kind: str = "claim"
    label_singular: str = "claim"
    block: bool = False
    loads: list[set[str]] = field(default_factory=list)

    def load(self, keys: set[str]) -> Mapping[str, str]:
        self.loads.append(keys)
        return {key: f"figure of {key}" for key in keys if key.startswith("A")}

    def render(self, token: Token, item: str, context: EmbedContext) -> SafeString:
        if token.part == "missing":
            raise EmbedError(f"{token.key} has no value called “missing”")
        is_first = token.key not in context.numbering
        number = context.number(token.key)
        if is_first:
            context.add_receipt(
                number, format_html('<div class="receipt" id="receipt-{}" popover></div>', number)
            )
        return format_html('<span class="claim">{}<sup>{}</sup></span>', token.part or item, number)

    def text(self, token: Token, item: str) -> str:
        return token.part or item


@dataclass(frozen=True)
class FakeGuide:
    """A link; only two guides exist. Says nothing about plain text."""

    kind: str = "guide"
    label_singular: str = "guide"
    block: bool = False

    def load(self, keys: set[str]) -> Mapping[str, str]:
        return {key: GUIDES[key] for key in keys & GUIDES.keys()}

    def render(self, token: Token, item: str, context: EmbedContext) -> SafeString:
        if context.strict and token.part == "draft":
            raise EmbedError("the guide is not public")
        return format_html('<a href="/guides/{}/">{}</a>', token.key, token.label or item)


@dataclass(frozen=True)
class FakeDiagram:
    """A block embed; every slug exists."""

    kind: str = "diagram"
    label_singular: str = "diagram"
    block: bool = True

    def load(self, keys: set[str]) -> Mapping[str, str]:
        return {key: key for key in keys}

    def render(self, token: Token, item: str, context: EmbedContext) -> SafeString:
        return format_html(
            '<figure class="diagram" id="diagram-{}"><figcaption>{}</figcaption></figure>',
            token.key,
            token.label,
        )


@dataclass(frozen=True)
class CarelessEmbed:
    """An embed that forgets to escape: it returns an ordinary string."""

    kind: str = "careless"
    label_singular: str = "careless thing"
    block: bool = False

    def load(self, keys: set[str]) -> Mapping[str, str]:
        return {key: key for key in keys}

    def render(self, token: Token, item: str, context: EmbedContext) -> SafeString:
        context.add_receipt(1, f"<i>{token.label}</i>")
        return f"<b>{token.label}</b>"  # type: ignore[return-value]


def html_of(source: str, context: EmbedContext | None = None) -> str:
    """Return the HTML of a text that has no problems."""
    return str(render(source, embeds=context).html)


def messages_of(source: str, *, first_line: int = 1) -> list[str]:
    """Return the problems of a text as an editor reads them."""
    try:
        render(source, first_line=first_line)
    except MarkupError as error:
        return [str(problem) for problem in error.problems]
    return []


def html_if_good(source: str) -> str | None:
    """Return the HTML of a text, or None where it was refused in the proper way."""
    try:
        return html_of(source)
    except MarkupError as error:
        return None if error.problems else "refused without a problem"


def sentence_if_good(source: str) -> str | None:
    """Return the HTML of a sentence, or None where it was refused in the proper way."""
    try:
        return str(render_inline(source))
    except MarkupError as error:
        return None if error.problems else "refused without a problem"
