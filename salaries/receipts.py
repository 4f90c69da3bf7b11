"""The receipt of a figure of pay: mark in the text, slip beside it, entry among the sources."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.embeds import EmbedContext, SourceEntry
from core.text import display_partial_date
from salaries.charts.rows import Row
from salaries.charts.words import what_is_shown
from salaries.loading import LoadedCell
from salaries.models import Edition, Figure
from salaries.titles import names_of, title_of

PREFIX, LOCAL = "salary:", "@local"
EDITION_MARK = re.compile(r'data-edition="([^"]+)"')
INTERVAL = "95% interval"
DIGITS = 8  # of a digest; the page of the edition has all of it
# How far the figures of an edition can be trusted to be those of its source, as claims mark it.
CONFIDENCE = {
    Edition.Verification.MATCHED: "primary",
    Edition.Verification.RECOMPUTED: "primary",
    Edition.Verification.QUOTED: "primary",
    Edition.Verification.PARTIAL: "secondary",
}


def number_key(item: LoadedCell, *, is_local: bool) -> str:
    """Return the key under which a page numbers a cell; converted amounts are numbered apart."""
    assert item.selection is not None  # an item without one is never rendered
    return f"{PREFIX}{item.selection.key}{LOCAL if is_local else ''}"


def source_key(key: str) -> tuple[str, bool]:
    """Return the cell of a numbered key, and whether its amounts were converted."""
    name = key.removeprefix(PREFIX)
    return name.removesuffix(LOCAL), name.endswith(LOCAL)


def receipt_mark(item: LoadedCell, key: str, context: EmbedContext) -> SafeString:
    """Return the mark behind a number, and give the receipt to the renderer on first use.

    The mark exists twice, like that of a claim: as a link and as a button.
    """
    assert item.figure is not None  # callers have looked
    edition = item.figure.edition
    is_first = key not in context.numbering
    number = context.number(key)
    if is_first:
        follows = _last_edition(context) == edition.slug
        slip = receipt(item, number, is_local=key.endswith(LOCAL), follows=follows)
        context.add_receipt(number, slip)
    inside = format_html(
        '<span class="receipt-mark__year">{}</span> <span class="receipt-mark__num">{}</span>',
        edition.year,
        number,
    )
    return format_html(
        '<a class="receipt-mark" href="#source-{n}"{anchor} aria-label="{label}">{inside}</a>'
        '<button class="receipt-button" type="button" popovertarget="receipt-{n}"'
        ' aria-label="{label}">{inside}</button>',
        n=number,
        anchor=format_html(' id="ref-{}"', number) if is_first else "",
        label=f"{edition.year} {number}: source, {edition.short_title}",
        inside=inside,
    )


def _last_edition(context: EmbedContext) -> str:
    """Return the edition of the slip right above in the margin, or nothing."""
    found = EDITION_MARK.search(context.receipts[-1]) if context.receipts else None
    return found[1] if found else ""


def receipt(item: LoadedCell, number: int, *, is_local: bool, follows: bool = False) -> SafeString:
    """Return the slip: which edition, who, how many, how sure, which figures exactly.

    The margin shows source, n and interval only; the slip that opens in place shows all of it.
    With `follows` the slip above is of the same edition, and the margin does not name it again.
    """
    row = item.row(is_local=is_local)
    edition, rate = row.figure.edition, _rate(item, is_local=is_local)
    return format_html(
        '<div class="receipt receipt--{confidence} receipt--pay{same}" id="receipt-{n}" '
        'data-edition="{edition}" popover>'
        '<p class="receipt__head"><span class="receipt__num">{n}</span> '
        '<cite><a href="{url}">{title}</a></cite></p>'
        '<p class="receipt__meta receipt__more">{who}</p><p class="receipt__meta">{facts}</p>{rate}'
        '<p class="receipt__check receipt__more">'
        '<span class="confidence confidence--{confidence}"></span>'
        "{words}; figures <code>{digest}</code></p>"
        '<button class="receipt__close" type="button" popovertarget="receipt-{n}" '
        'popovertargetaction="hide">Close</button></div>',
        confidence=confidence_of(edition),
        same=" receipt--same" if follows else "",
        edition=edition.slug,
        n=number,
        url=edition.get_absolute_url(),
        title=edition.short_title,
        who=who(item),
        facts=_facts_of_slip(row),
        rate=format_html('<p class="receipt__meta receipt__more">{}</p>', rate) if rate else "",
        words=edition.get_verification_display(),
        digest=edition.figures_digest[:DIGITS],
    )


def cell_source(item: LoadedCell, *, is_local: bool) -> SourceEntry:
    """Return a cell as it stands in the list of sources at the end of a page."""
    row = item.row(is_local=is_local)
    figure, edition = row.figure, row.figure.edition
    line = f"{who(item)}: median {row.median_words}"
    return SourceEntry(
        title=edition.title,
        url=edition.source.url,
        publisher=edition.source.publisher,
        published=display_partial_date(edition.released) if edition.released else "",
        as_of=str(edition.year),
        facts=tuple(_facts(row)),
        statement=f"{line}. {what_is_shown([row])}.",
        note=" ".join(filter(None, [*row.shown.notes, _rate(item, is_local=is_local)])),
        confidence=confidence_of(edition),
        confidence_words=edition.get_verification_display(),
        digest=edition.figures_digest[:DIGITS],
        href=edition.get_absolute_url(),
        href_words="The edition and its method",
        values=_values(figure, row),
        group=f"{PREFIX}{edition.slug}",
        about=what_is_shown([item.row(is_local=False)]),  # local money has a note that says so
        line=line,
    )


def who(item: LoadedCell) -> str:
    """Return the people of a cell: "Back-end developers, employed, Germany"."""
    assert item.selection is not None
    assert item.figure is not None
    return title_of(item.selection, names_of([item.figure])).removesuffix(": pay")


def confidence_of(edition: Edition) -> str:
    """Return which circle stands for an edition: "primary" (full) or "secondary" (half)."""
    return CONFIDENCE[Edition.Verification(edition.verification)]


def _facts_of_slip(row: Row) -> SafeString:
    """Return the facts, with the name of the interval set apart: a strip says it only once."""
    parts = [
        format_html('<span class="receipt__unit">{} </span>{}', INTERVAL, row.interval_words)
        if fact.startswith(INTERVAL)
        else fact
        for fact in _facts(row)
    ]
    return format_html_join(" · ", "{}", ((part,) for part in parts))


def _facts(row: Row) -> list[str]:
    interval = f"{INTERVAL} {row.interval_words}" if row.interval_words else ""
    hint = "indicative" if row.is_indicative else ""
    return [text for text in (row.count_words, hint, interval) if text]


def _rate(item: LoadedCell, *, is_local: bool) -> str:
    assert item.figure is not None
    return item.batch.to_local.note(item.figure) if is_local else ""


def _values(figure: Figure, row: Row) -> dict[str, object]:
    """Return what a program reads: only what is shown, exact, in the money of the edition."""
    shown = row.shown
    amounts = {
        name: float(amount)
        for name in ("p10", "p25", "p50", "p75", "p90", "ci_low", "ci_high")
        if (amount := getattr(shown, name)) is not None
    }
    return {
        "edition": figure.edition.slug,
        "cell": figure.selection_key,
        "n": figure.n,
        "jobs": figure.jobs,
        "currency": figure.currency,
        "period": figure.edition.period,
        **amounts,
    }
