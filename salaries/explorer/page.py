"""What the template of the explorer gets to see."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from articles.models import Article
from core.text import display_partial_date
from salaries.charts import (
    chart_for,
    description_of,
    figure_table,
    links_of,
    reading_of,
    warnings_of,
    what_is_shown,
)
from salaries.charts.words import CURRENCIES, EXCHANGE, NOMINAL
from salaries.comparison import SourceRow, beside, time_of
from salaries.explorer.answer import Answer
from salaries.explorer.cells import Known
from salaries.explorer.choices import chips, more_selects, selects
from salaries.explorer.pay import Pay
from salaries.explorer.question import COMPARISONS, Question, countries_with
from salaries.explorer.reading import because, comparing, reading
from salaries.models import Edition, SalaryGuide
from salaries.money import Unit
from salaries.selection import Selection
from salaries.titles import dimension_words
from salaries.vocabulary import WORLD

CONTRACTORS = (
    "The survey does not say whether contractors gave what they bill, or what is left of it after "
    "their costs: mind that beside the pay of employees."
)
MIX = (
    "From year to year the answers come from another mix of countries, which alone moves the "
    "median of the whole world."
)
_BULLET = re.compile(r"^- ", re.MULTILINE)
_LEAD = re.compile(r"\*\*(.+?)\*\*(.*)", re.DOTALL)


@dataclass(frozen=True)
class Toggle:
    """A link that shows the same figures in another way."""

    label: str
    href: str
    is_current: bool


def context_of(
    answer: Answer, known: Known, problems: Sequence[str], pay: Pay | None
) -> dict[str, Any]:
    """Return the context of templates/salaries/explore.html. At most two queries."""
    question, edition = answer.question, answer.question.edition
    context = {
        "answer": answer,
        "question": question,
        "edition": edition,
        "heading": answer.title.removesuffix(": pay"),
        "problems": problems,
        "selects": selects(question, known),
        "more_selects": more_selects(question, known),
        "more_summary": _more_summary(question),
        "chips": chips(question, known),
        "world_href": question.at(countries=(WORLD,)) if _has_world(question) else "",
        "guides": _guides(question),
        "limits": limits_of(edition),
        "asked_on": time_of(edition),
        "converted_on": edition.conversion_on and display_partial_date(edition.conversion_on),
        "pay": pay or Pay(currency=edition.currency),
    }
    return context | (_figure_context(answer) if answer.rows else {})


def _figure_context(answer: Answer) -> dict[str, Any]:
    question, rows = answer.question, answer.rows
    base = answer.base
    links = links_of(answer.selection, answer.unit)
    is_drawn_real = answer.terms == "real" and question.by == "edition"
    return {
        "base": base,
        "what": what_is_shown(rows),
        "reading": [
            " ".join(_alone(answer)),
            " ".join(
                [
                    *(comparing(rows) if question.by != "edition" else []),
                    because(question.edition, question.by),
                ]
            ),
        ],
        "chart": chart_for(
            answer.selection,
            rows,
            title=answer.title,
            description=description_of(rows),
            key=answer.selection.key,
        ),
        "chart_key": reading_of(answer.selection, rows),
        "warnings": _warnings(answer),
        "table": figure_table(
            rows, caption=answer.title, anchor="explorer", selection=answer.selection
        ),
        "links": links,
        "image": "" if is_drawn_real else links.image,
        "units": _units(answer),
        "terms": _terms(answer),
        "years_href": question.at(by="edition") if question.by != "edition" else "",
        "exchange": _exchange(answer),
        "sources": _sources(answer),
    }


def _warnings(answer: Answer) -> list[str]:
    """Return what must be known before the numbers are used, in sentences."""
    notes = warnings_of(_drawn(answer), answer.rows, answer.converter)
    if answer.terms == "real":
        notes = [note for note in notes if note != NOMINAL]
    figures = [row.figure for row in answer.rows]
    if answer.question.by == "edition" and any(item.country_id == WORLD for item in figures):
        notes.append(MIX)
    if any(item.employment == "contractor" for item in figures):
        notes.append(CONTRACTORS)
    return notes


def _sources(answer: Answer) -> list[SourceRow]:
    """Return what other sources say about the same work, each in its own money.

    Only for everybody of a role in one country, which is what several sources know; and not beside
    pay adjusted for price levels, which no source prints.
    """
    question = answer.question
    is_plain = not question.by and question.part is None and len(question.countries) == 1
    if not is_plain or question.employment != "employed" or question.unit == Unit.PRICE_LEVEL:
        return []
    return beside(question.edition, question.countries[0], question.role)


def _has_world(question: Question) -> bool:
    offered = countries_with(question.edition, question.role, question.employment)
    return WORLD in offered


def _rows_words(question: Question) -> str:
    if not question.by:
        return ""
    return COMPARISONS.get(question.by, "").lower() or dimension_words(question.by)


def _drawn(answer: Answer) -> Selection:
    """Return the selection without what has no figure: the page tells more of that elsewhere."""
    figures = [row.figure for row in answer.rows]
    return answer.selection.but(
        countries=tuple(dict.fromkeys(figure.country_id for figure in figures)),
        roles=tuple(dict.fromkeys(figure.role for figure in figures)),
        employments=tuple(dict.fromkeys(figure.employment for figure in figures)),
    )


def _alone(answer: Answer) -> list[str]:
    """Return the figure of the question in words, or the only one that there is."""
    if answer.base:
        return reading(answer.base)
    if len(answer.rows) > 1:
        return []
    row = answer.rows[0]
    return [f"{row.label}:", *reading(row)]


def _exchange(answer: Answer) -> str:
    """Return the warnings about a change: that of rates, and that of the mix of countries."""
    figures = [step.after.figure for step in answer.steps]
    notes = [EXCHANGE] if any(item.currency != item.country.currency for item in figures) else []
    notes += [MIX] if any(item.country_id == WORLD for item in figures) else []
    return " ".join(notes)


def _more_summary(question: Question) -> str:
    """Return what the folded fields are set to."""
    words = ["employed" if question.employment == "employed" else "contractors"]
    words.append(question.edition.short_title)
    if question.by:
        words.append(f"by {_rows_words(question)}")
    return ", ".join(words)


def _units(answer: Answer) -> list[Toggle]:
    """Return the kinds of money that the rows can be shown in, if there is a choice."""
    question, edition = answer.question, answer.question.edition
    figures = [row.figure for row in answer.rows]
    own = CURRENCIES.get(edition.currency, edition.currency)
    offered = [(Unit.EDITION, own)]
    local = {answer.rates.currency(figure) for figure in figures}
    if not any(answer.rates.why_not(item) for item in figures) and len(local) == 1:
        currency = local.pop()
        if currency != edition.currency:
            offered.append((Unit.LOCAL, CURRENCIES.get(currency, currency)))
    if WORLD not in question.countries and question.countries != ("US",):
        offered.append((Unit.PRICE_LEVEL, "adjusted for price levels"))
    if len(offered) == 1:
        return []
    return [
        Toggle(capfirst(label), question.at(unit=str(unit)), unit == answer.unit)
        for unit, label in offered
    ]


def _terms(answer: Answer) -> list[Toggle]:
    """Return nominal and real, where the chart shows several years and both can be had."""
    question = answer.question
    editions = {row.figure.edition_id for row in answer.rows}
    if question.by != "edition" or answer.unit != Unit.EDITION or len(editions) < 2:
        return []
    if not editions <= set(answer.prices.by_edition):
        return []
    year = question.edition.year
    return [
        Toggle("Dollars of each year", question.at(terms="nominal"), answer.terms == "nominal"),
        Toggle(f"Prices of {year}", question.at(terms="real"), answer.terms == "real"),
    ]


def _guides(question: Question) -> list[SalaryGuide]:
    """Return the published salary guides of the asked countries, that of the role first."""
    places = [code for code in question.countries if code != WORLD]
    if not places:
        return []
    found = SalaryGuide.objects.filter(
        Q(role=question.role) | Q(role="back-end"),
        article__in=Article.objects.published(),
        country__in=places,
    ).select_related("article", "country")
    best: dict[str | None, SalaryGuide] = {}
    for guide in sorted(found, key=lambda item: item.role != question.role):
        best.setdefault(guide.country_id, guide)
    return [best[code] for code in places if code in best]


def limits_of(edition: Edition) -> list[SafeString]:
    """Return what the figures of an edition are not: the items of its Markdown list.

    Only the bold beginning of an item is understood; everything else stands as it is written.
    """
    items = [" ".join(item.split()) for item in _BULLET.split(edition.limits)]
    return [_with_lead(item) for item in items if item]


def _with_lead(item: str) -> SafeString:
    found = _LEAD.match(item)
    if found is None:
        return format_html("{}", item)
    return format_html("<strong>{}</strong>{}", *found.groups())
