"""HTML of what stands inside sentences."""

from collections.abc import Sequence
from html import escape

from django.utils.html import conditional_escape
from markdown_it.token import Token

from core import embeds
from core.embeds import EmbedContext, EmbedError
from core.markup.inlines import DECORATIVE
from core.markup.links import image_problem, is_external, link_problem
from core.markup.notes import NoteNumbers
from core.markup.problems import Problems
from core.text import plain_text

FIXED = {
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "link_close": "</a>",
    "softbreak": "\n",
    "hardbreak": "<br>\n",
}


class InlineWriter:
    """Writes the children of inline tokens."""

    def __init__(
        self, context: EmbedContext, notes: NoteNumbers | None, problems: Problems
    ) -> None:
        self.context = context
        self.notes = notes
        self.problems = problems

    def write(self, tokens: Sequence[Token]) -> str:
        """Return the HTML of the tokens; whatever has no rule of its own is written as words."""
        return "".join(FIXED.get(token.type) or self._token(token) for token in tokens)

    def _token(self, token: Token) -> str:
        match token.type:
            case "code_inline":
                return f"<code>{escape(token.content)}</code>"
            case "link_open":
                return self._link(token)
            case "image":
                return self._image(token)
            case "footnote_ref" if self.notes is not None:
                return self.notes.mark(token.meta["label"])
            case "embed" if "token" in token.meta:
                return self._embed(token)
            case _:
                return escape(token.content)

    def _link(self, token: Token) -> str:
        url = str(token.attrs["href"])
        # The checks have refused bad addresses; should one slip through, it leads nowhere.
        href = "#" if link_problem(url) else url
        title = f' title="{escape(str(token.attrs["title"]))}"' if "title" in token.attrs else ""
        rel = ' rel="noopener"' if is_external(href) else ""
        return f'<a href="{escape(href)}"{title}{rel}>'

    def _image(self, token: Token) -> str:
        url = str(token.attrs["src"])
        alt = plain_text(token.children)
        if image_problem(url):
            return escape(alt)
        alt = "" if alt == DECORATIVE else alt
        size = self.context.image_size(url) if self.context.image_size else None
        shape = f' width="{size[0]:d}" height="{size[1]:d}"' if size else ""
        caption = str(token.attrs.get("title", "")).strip()
        below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
        return (
            f'<figure class="figure"><img src="{escape(url)}" alt="{escape(alt)}"{shape}'
            f' loading="lazy" decoding="async">{below}</figure>'
        )

    def _embed(self, written: Token) -> str:
        token = written.meta["token"]
        embed = embeds.get(token.kind)
        assert embed is not None, "a kind that was known a moment ago is gone"
        line = token.line - self.problems.first_line
        if embed.block:
            place = (token.kind, token.key)
            if place in self.context.placed:
                self.problems.add(line, f"[[{token.kind}:{token.key}]] stands on the page already")
            self.context.placed.add(place)
        try:
            return conditional_escape(embed.render(token, written.meta["item"], self.context))
        except EmbedError as error:
            self.problems.add(line, str(error))
            return ""
