"""From the Markdown of a revision to what the live row of a guide carries."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils.text import slugify

from articles.content import Content
from core.embeds import EmbedContext
from core.markup import MarkupError, Rendered, render, render_inline

MAX_BODY_LENGTH = 200_000


class ContentError(ValueError):
    """Raised when content cannot be shown; `problems` holds messages by field name."""

    def __init__(self, problems: dict[str, list[str]]) -> None:
        super().__init__(
            "; ".join(f"{name}: {text}" for name in problems for text in problems[name])
        )
        self.problems = problems


@dataclass
class RenderedContent:
    """Safe HTML of one guide, and what it uses."""

    body_html: str = ""
    outline: list[dict[str, Any]] = field(default_factory=list)
    takeaways_html: list[str] = field(default_factory=list)
    faq_html: list[dict[str, str]] = field(default_factory=list)
    source_keys: list[str] = field(default_factory=list)
    references: set[tuple[str, str]] = field(default_factory=set)
    search_text: str = ""
    word_count: int = 0


def _attempt[T](
    problems: dict[str, list[str]], name: str, label: str, work: Callable[[], T]
) -> T | None:
    """Return what the work makes; where it fails, note its problems under the field."""
    try:
        return work()
    except MarkupError as error:
        problems.setdefault(name, []).extend(f"{label}{item}" for item in error.problems)
        return None


def render_content(
    content: Content, *, strict: bool = True, first_line: int = 1
) -> RenderedContent:
    """Return the HTML of a guide. Claims are numbered through body and FAQ in reading order.

    `strict` refuses links to guides that are not public; a page that is only rendered again
    shows such a link as plain words. `first_line` is the number that the first line of the body
    bears in messages, for a body that stands in a file. Raises ContentError with every problem of
    every field.
    """
    problems: dict[str, list[str]] = {}
    attempt = partial(_attempt, problems)
    context = EmbedContext(strict=strict)
    result = RenderedContent()
    write = partial(render, embeds=context)
    body = attempt("body", "", partial(write, content.body, first_line=first_line))
    if body is not None:
        result.body_html = str(body.html)
        result.outline = [
            {"level": item.level, "id": item.id, "text": item.text} for item in body.outline
        ]
        result.word_count = body.word_count
    answers: list[Rendered | None] = []
    for entry in content.faq:
        answer = attempt("faq", f"“{entry.question}”: ", partial(write, entry.answer))
        answers.append(answer)
        if answer is not None:
            anchor = context.claim_anchor(f"faq-{slugify(entry.question)[:60]}")
            html = str(answer.html)
            result.faq_html.append({"question": entry.question, "anchor": anchor, "html": html})
    points = [attempt("takeaways", "", partial(render_inline, text)) for text in content.takeaways]
    result.takeaways_html = [str(point) for point in points if point is not None]
    if problems:
        raise ContentError(problems)
    parts = [part for part in [body, *answers] if part is not None]
    result.source_keys = sorted(context.numbering, key=lambda key: context.numbering[key])
    result.references = {(item.kind, item.key) for part in parts for item in part.references}
    words = [*content.takeaways, *(entry.question for entry in content.faq)]
    result.search_text = "\n".join([*words, *(part.text for part in parts)])
    return result
