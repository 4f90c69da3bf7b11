"""How a body cites the ledger: `[[claim:ID]]`, `[[claim:ID#name]]` and `[[cite:ID]]`.

Both put a receipt mark (year and note number) behind the words and hand the receipt itself to the
renderer, which sets it beside the paragraph.
"""

from collections.abc import Iterable, Mapping

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.embeds import EmbedContext, EmbedError, SourceEntry, Token
from core.text import display_partial_date
from evidence.models import Claim

SHORT_CONFIDENCE = {
    Claim.Confidence.PRIMARY: "read at the source",
    Claim.Confidence.SECONDARY: "second-hand",
    Claim.Confidence.UNVERIFIED: "not yet checked",
}


def load_claims(keys: set[str]) -> dict[str, Claim]:
    """Return the claims with these IDs and their sources, in one query."""
    return {claim.key: claim for claim in Claim.objects.with_source().filter(key__in=keys)}


class CiteEmbed:
    """`[[cite:ID]]`: the source for words that hold no figure."""

    kind = "cite"
    reference_kind = "claim"
    label_singular = "claim"
    block = False

    def load(self, keys: set[str]) -> Mapping[str, Claim]:
        return load_claims(keys)

    def text(self, token: Token, item: Claim) -> str:
        return ""

    def markdown(self, token: Token, item: Claim) -> str:
        return f"[^{item.key}]"

    def render(self, token: Token, item: Claim, context: EmbedContext) -> SafeString:
        """Return the receipt mark. Raises EmbedError when a part is named."""
        if token.part:
            raise EmbedError("[[cite:…]] names a source only; use [[claim:…]] for a figure")
        return format_html(
            '<span class="claim claim--cite claim--{}">{}</span>',
            item.confidence,
            receipt_mark(item, context),
        )


class ClaimEmbed:
    """`[[claim:ID]]`: the figure in full, or with `#name` one of its named values."""

    kind = "claim"
    reference_kind = "claim"
    label_singular = "claim"
    block = False

    def load(self, keys: set[str]) -> Mapping[str, Claim]:
        return load_claims(keys)

    def text(self, token: Token, item: Claim) -> str:
        return item.value_of(token.part) or item.figure

    def markdown(self, token: Token, item: Claim) -> str:
        return f"{self.text(token, item)} ({item.year})[^{item.key}]"

    def source_entries(self, keys: Iterable[str]) -> Mapping[str, SourceEntry]:
        """Return the claims as they stand in the list of sources, those of `[[cite:…]]` as well."""
        return {key: source_entry(claim) for key, claim in load_claims(set(keys)).items()}

    def render(self, token: Token, item: Claim, context: EmbedContext) -> SafeString:
        """Return the figure with its receipt mark. Raises EmbedError for an unknown value."""
        value = item.value_of(token.part)
        if value is None:
            known = ", ".join(item.value_names) or "none"
            raise EmbedError(
                f"{item.key} has no value called “{token.part}”; its values are: {known}"
            )
        return format_html(
            '<span class="claim claim--{}"><span class="claim__value">{}</span>{}</span>',
            item.confidence,
            value,
            receipt_mark(item, context),
        )


def source_entry(claim: Claim) -> SourceEntry:
    """Return what the list of sources says of a claim."""
    return SourceEntry(
        title=claim.source.title,
        url=claim.source.url,
        publisher=claim.source.publisher,
        published=claim.source.published_display,
        as_of=display_partial_date(claim.as_of),
        facts=(f"n\u00a0=\u00a0{claim.sample_size}",) if claim.sample_size else (),
        statement=claim.statement,
        note=claim.caveat,
        confidence=claim.confidence,
        confidence_words=claim.confidence_words,
        checked_on=claim.checked_on,
        is_due=claim.is_expired,
        href=claim.source.get_absolute_url(),
        values={"figure": claim.figure, "as_of": claim.as_of, "sample_size": claim.sample_size},
    )


def receipt_mark(claim: Claim, context: EmbedContext) -> SafeString:
    """Return the mark behind a figure, and give the receipt to the renderer on first use.

    The mark exists twice, as a link to the list of sources and as a button that opens the receipt
    in place; the style sheet shows the one that fits the width of the screen.
    """
    is_first = claim.key not in context.numbering
    number = context.number(claim.key)
    if is_first:
        context.add_receipt(number, receipt(claim, number))
    # The words that are seen come first and together, so that people who speak to their device
    # can name what they see (WCAG 2.5.3).
    checked = SHORT_CONFIDENCE[Claim.Confidence(claim.confidence)]
    label = f"{claim.year} {number}: source, {checked}"
    inside = format_html(
        '<span class="receipt-mark__year">{}</span> <span class="receipt-mark__num">{}</span>',
        claim.year,
        number,
    )
    return format_html(
        '<a class="receipt-mark" href="#source-{n}"{anchor} aria-label="{label}">{inside}</a>'
        '<button class="receipt-button" type="button" popovertarget="receipt-{n}"'
        ' aria-label="{label}">{inside}</button>',
        n=number,
        anchor=format_html(' id="ref-{}"', number) if is_first else "",
        label=label,
        inside=inside,
    )


def receipt(claim: Claim, number: int) -> SafeString:
    """Return the slip itself: what, who, when, how many, and how far we checked it."""
    facts = [claim.source.publisher, display_partial_date(claim.as_of)]
    if claim.sample_size:
        facts.append(f"n\u00a0=\u00a0{claim.sample_size}")
    confidence = Claim.Confidence(claim.confidence)
    body = format_html(
        '<p class="receipt__head"><span class="receipt__num">{number}</span> '
        '<cite><a href="{url}" rel="external">{title}</a></cite></p>'
        '<p class="receipt__meta">{facts}</p>'
        '<p class="receipt__check"><span class="confidence confidence--{confidence}"></span>'
        '{words}, {verb} <time datetime="{day}">{day_words}</time></p>'
        '<button class="receipt__close" type="button" popovertarget="receipt-{number}" '
        'popovertargetaction="hide">Close</button>',
        number=number,
        url=claim.source.url,
        title=claim.source.title,
        facts=" · ".join(facts),
        confidence=confidence,
        words=SHORT_CONFIDENCE[confidence].capitalize(),
        verb="noted" if confidence == Claim.Confidence.UNVERIFIED else "checked",
        day=claim.checked_on.isoformat(),
        day_words=date_format(claim.checked_on, "j M Y"),
    )
    return format_html(
        '<div class="receipt receipt--{}" id="receipt-{}" popover>{}</div>',
        claim.confidence,
        number,
        body,
    )
