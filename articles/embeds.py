"""What a body may place besides claims: links to guides, and diagrams."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article, Diagram, Reference
from core.embeds import EmbedContext, EmbedError, Token
from core.svg import SvgError, clean_svg
from evidence.usage import Use


class GuideEmbed:
    """`[[guide:slug]]` or `[[guide:slug|words]]`: a link that cannot point nowhere."""

    kind = "guide"
    reference_kind = "guide"
    label_singular = "guide"
    block = False

    def load(self, keys: set[str]) -> Mapping[str, Article]:
        """Return the guides with these slugs; `is_public` tells whether a reader may open one."""
        public = Article.objects.published().filter(pk=OuterRef("pk"))
        guides = Article.objects.filter(slug__in=keys).annotate(is_public=Exists(public))
        return {item.slug: item for item in guides.only("slug", "shelf", "title", "published_at")}

    def text(self, token: Token, item: Article) -> str:
        return token.label or item.title

    def markdown(self, token: Token, item: Article) -> str:
        words = _words(token, item)
        if not item.is_public:  # type: ignore[attr-defined]
            return words
        return f"[{words}]({settings.SITE_URL}{item.get_absolute_url()})"

    def render(self, token: Token, item: Article, context: EmbedContext) -> SafeString:
        """Return the link; plain words on a page that outlived the guide it points to.

        Raises EmbedError while publishing when readers could not open the guide.
        """
        words = _words(token, item)
        if item.is_public:  # type: ignore[attr-defined]
            return format_html('<a href="{}">{}</a>', item.get_absolute_url(), words)
        if context.strict:
            raise EmbedError(
                f"the guide “{item.slug}” is not public, so nobody could open the link"
            )
        return format_html("{}", words)


def _words(token: Token, item: Article) -> str:
    # The title of a guide that was never public is nobody's business but its authors'.
    return token.label or (item.title if item.published_at else item.slug)


class DiagramEmbed:
    """`[[diagram:slug|caption]]`: a drawing with its caption, alone in a paragraph."""

    kind = "diagram"
    reference_kind = "diagram"
    label_singular = "diagram"
    block = True

    def load(self, keys: set[str]) -> Mapping[str, Diagram]:
        return {item.slug: item for item in Diagram.objects.filter(slug__in=keys)}

    def render(self, token: Token, item: Diagram, context: EmbedContext) -> SafeString:
        """Return the figure. The drawing passes the allow-list again, whatever the row holds."""
        if not token.label:
            raise EmbedError("a diagram needs a caption: [[diagram:slug|Caption.]]")
        try:
            # clean_svg returns markup rebuilt from allowed elements and attributes only.
            drawing = mark_safe(clean_svg(item.svg, prefix=f"d-{item.slug}"))  # noqa: S308
        except SvgError as error:
            raise EmbedError(f"the diagram {item.slug} cannot be shown: {error}") from error
        return format_html(
            '<figure class="diagram" id="diagram-{}">{}<figcaption>{}</figcaption></figure>',
            item.slug,
            drawing,
            token.label,
        )


def find_uses(claim_keys: Iterable[str]) -> list[Use]:
    """Return the public guides that cite these claims; registered with `evidence.usage`."""
    references = (
        Reference.objects.filter(kind="claim", key__in=list(claim_keys))
        .filter(article__in=Article.objects.published())
        .select_related("article")
        .only("key", "article__title", "article__slug", "article__shelf")
    )
    return [
        Use(item.key, item.article.title, item.article.get_absolute_url()) for item in references
    ]
