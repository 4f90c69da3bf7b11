"""Stand-ins for embeds where no app is loaded: any key is taken as known."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import embeds
from core.embeds import EmbedContext, Token


@dataclass(frozen=True)
class StandIn:
    """Shows the label or the key of whatever it is asked for."""

    kind: str
    block: bool = False

    @property
    def label_singular(self) -> str:
        """Return the noun for messages."""
        return self.kind

    def load(self, keys: set[str]) -> Mapping[str, str]:
        """Accept every key."""
        return {key: key for key in keys}

    def render(self, token: Token, item: str, context: EmbedContext) -> SafeString:
        """Return the words that stand for the embed."""
        tag = "figure" if self.block else "span"
        return format_html("<{}>{}</{}>", tag, self.text(token, item), tag)

    def text(self, token: Token, item: str) -> str:
        """Return the label, or the key where there is none."""
        return token.label or item


def register_stand_ins() -> None:
    """Register a stand-in for each kind of this site that no app has registered."""
    for stand_in in (
        StandIn("claim"),
        StandIn("cite"),
        StandIn("guide"),
        StandIn("diagram", block=True),
        StandIn("salary"),
        StandIn("salary-chart", block=True),
    ):
        if embeds.get(stand_in.kind) is None:
            embeds.register(stand_in)
