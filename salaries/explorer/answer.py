"""The answer to a question: its figures as rows, or why there are none and what is near."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from salaries.charts.rows import Row, row_of, rows_for, share_a_scale
from salaries.explorer import change, gaps
from salaries.explorer.cells import (
    Known,
    base_figure,
    is_in,
    link_to,
    load,
    names_for,
    selection_of,
)
from salaries.explorer.conflicts import Conflict, conflict_in
from salaries.explorer.nearest import Offer, offers_for
from salaries.explorer.question import Question
from salaries.models import Country, Figure
from salaries.money import Converter, Unit
from salaries.selection import Selection
from salaries.titles import listed, title_of, value_words
from salaries.vocabulary import WORLD


@dataclass
class Answer:
    """Everything that a page says about a question.

    `base` is the figure that the question names when nothing is compared, `rows` what is drawn and
    tabulated, in the money `unit`, which `remarks` explain where it is not the asked one. Without
    rows, `why` and `offers` stand in their place; with rows they are about what is missing.
    `is_refused`: no table can answer such a question.
    """

    question: Question
    selection: Selection
    title: str
    rows: list[Row] = field(default_factory=list)
    base: Row | None = None
    unit: Unit = Unit.EDITION
    rates: Converter = field(default_factory=Converter)
    converter: Converter = field(default_factory=Converter)
    prices: change.Prices = field(default_factory=change.Prices)
    steps: list[change.Step] = field(default_factory=list)
    terms: str = "nominal"
    why: list[str] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    left_out: str = ""
    is_refused: bool = False

    @property
    def own_rows(self) -> list[Row]:
        """Return the rows of the chosen edition: all of them, unless editions are compared."""
        return [row for row in self.rows if row.figure.edition_id == self.question.edition.pk]

    @property
    def currencies(self) -> list[str]:
        """Return the currencies that pay can be given in: the edition's, and known local ones."""
        found = [self.question.edition.currency]
        known = (row.figure for row in self.own_rows if not self.rates.why_not(row.figure))
        found += [self.rates.currency(figure) for figure in known]
        return list(dict.fromkeys(found))


def answer_to(question: Question, known: Known) -> Answer:
    """Return the answer, with at most four queries."""
    conflict = conflict_in(question, known.countries)
    if conflict is not None:
        return _refused(question, conflict, known)
    selection, before = selection_of(question, known), None
    if len(question.countries) == 1:
        before = change.previous(question.edition, known.editions, question.countries[0])
    figures = load(question, selection, before, known)
    shown = [figure for figure in figures if is_in(figure, selection)]
    if question.by == "edition" and shown:
        # Only now it is known which editions have the figure.
        years = sorted({(item.edition.year, item.edition.slug) for item in shown})
        selection = selection.but(editions=tuple(slug for _, slug in years))
    answer = Answer(question, selection, title_of(selection, names_for(question, known)))
    missing = gaps.missing_countries(question, shown)
    if missing:
        answer.why = gaps.explain(question, missing, known)
        answer.offers = gaps.nearby(question, missing, known)
    if shown:
        then = base_figure(question, figures, before)
        now = base_figure(question, figures, question.edition)
        _fill(answer, shown, now, then, known)
        answer.left_out = gaps.left_out(question, selection, shown)
    return answer


def _refused(question: Question, conflict: Conflict, known: Known) -> Answer:
    base = question.but(technology=None) if question.experience else question
    names = names_for(question, known)
    title = title_of(base.base, names)
    if base is not question and question.technology:
        part = question.technology
        title = f"{title.removesuffix(': pay')}, {value_words(part.dimension, names[part.value])}"
    offers = offers_for(conflict.candidates, known.countries, most=len(conflict.candidates))
    if conflict.beside:
        whole = question.but(by="")
        offers.append(Offer(conflict.beside, title, whole.at(), ""))
    return Answer(question, base.base, title, why=[conflict.words], offers=offers, is_refused=True)


def _fill(
    answer: Answer, shown: Sequence[Figure], now: Figure | None, then: Figure | None, known: Known
) -> None:
    """Put rows, change and notes into an answer that has figures."""
    question = answer.question
    countries = [known.countries[code] for code in question.countries]
    editions = {figure.edition_id: figure.edition for figure in [*shown, *([then] if then else [])]}
    answer.rates = Converter.of(Unit.LOCAL, editions.values(), countries)
    converter = _converter(answer, countries)
    rows = rows_for(answer.selection, shown, converter=converter, link=link_to(question))
    if any(row.why_not for row in rows) or not share_a_scale(rows):
        answer.remarks.append(_why_not_converted(rows))
        converter, answer.unit = Converter(), Unit.EDITION
        rows = rows_for(answer.selection, shown, converter=converter, link=link_to(question))
    if now is not None:
        answer.base = row_of("", now, converter=converter)
    answer.converter = converter
    answer.prices = _prices(answer, rows, then)
    if now is not None and then is not None:
        answer.steps = change.steps(then, now, answer.rates, answer.prices)
    answer.rows = _in_terms(answer, rows)


def _converter(answer: Answer, countries: Sequence[Country]) -> Converter:
    answer.unit = Unit(answer.question.unit)
    if answer.unit == Unit.LOCAL:
        return answer.rates
    return Converter.of(answer.unit, [answer.question.edition], countries)


def _why_not_converted(rows: Sequence[Row]) -> str:
    reasons = list(dict.fromkeys(row.why_not for row in rows if row.why_not))
    if not reasons:
        currencies = listed(sorted({row.currency for row in rows}))
        reasons = [f"Pay in {currencies} cannot stand on one axis."]
    return f"{' '.join(reasons)} The amounts are shown as the source has them."


def _prices(answer: Answer, rows: Sequence[Row], then: Figure | None) -> change.Prices:
    """Return consumer prices by edition, where pay of several years stands side by side."""
    question, place = answer.question, answer.question.countries[0]
    editions = {row.figure.edition_id: row.figure.edition for row in rows}
    if then is not None:
        editions[then.edition_id] = then.edition
    if len(question.countries) > 1 or place == WORLD or len(editions) < 2:
        return change.Prices()
    return change.prices_for(place, list(editions.values()))


def _in_terms(answer: Answer, rows: list[Row]) -> list[Row]:
    """Return the rows in the asked terms; where that cannot be, say why."""
    question = answer.question
    if question.terms != "real":
        return rows
    if question.by != "edition":
        if any(step.is_real for step in answer.steps):
            answer.terms = "real"
        else:
            answer.remarks.append(_why_not_real(answer))
        return rows
    factors = [answer.prices.factor(row.figure.edition_id, question.edition.pk) for row in rows]
    if answer.unit != Unit.EDITION or None in factors:
        answer.remarks.append(_why_not_real(answer))
        return rows
    answer.terms = "real"
    return [
        change.in_prices_of(row, factor)
        for row, factor in zip(rows, factors, strict=True)
        if factor is not None
    ]


def _why_not_real(answer: Answer) -> str:
    if answer.unit != Unit.EDITION:
        return "Real terms are worked out in the money of the source only; the amounts are nominal."
    why = "We have such prices for the United States only"
    if answer.question.countries == ("US",):
        why = "They are not known for these editions"
    return (
        "Real terms need two editions of one series, and consumer prices of the place for both. "
        f"{why}, so the amounts are nominal."
    )
