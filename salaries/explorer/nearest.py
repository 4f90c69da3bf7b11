"""What to offer where there is no figure: the nearest cells that the public may see."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from salaries.charts.rows import count_words
from salaries.explorer.asking import USUAL_ROLES
from salaries.explorer.question import Question, countries_with
from salaries.models import Country, Edition, Figure
from salaries.selection import MAIN_SERIES
from salaries.titles import dimension_words, title_of
from salaries.vocabulary import EMPLOYMENTS, ROLES, WORLD, Value, value_of

MOST_OFFERS = 6


@dataclass(frozen=True)
class Candidate:
    """A question near the one that has no answer, and in a few words what it gives up."""

    words: str
    question: Question


@dataclass(frozen=True)
class Offer:
    """A question that has an answer: what it gives up, its title, address and number of answers."""

    words: str
    title: str
    href: str
    count: str


def neighbours(
    question: Question, editions: Sequence[Edition], countries: Mapping[str, Country]
) -> list[Candidate]:
    """Return the questions around one for a single country, nearest first.

    First those that change one thing, in the order: the part of the people, the employment, the
    place, the role, the edition; then those that give up the part as well; at last everybody in
    the usual role.
    """
    near = list(_one_step(question, editions, countries))
    if question.part:
        whole = question.but(experience=None, technology=None)
        near += [
            Candidate(f"{item.words}, everybody", item.question)
            for item in _one_step(whole, editions, countries)
        ]
    near += _usual(question)
    first: dict[str, Candidate] = {}
    for item in near:
        first.setdefault(item.question.query, item)
    return list(first.values())


def _one_step(
    question: Question, editions: Sequence[Edition], countries: Mapping[str, Country]
) -> Iterator[Candidate]:
    coverage = question.edition.coverage
    if part := question.part:
        what = dimension_words(part.dimension)
        whole = question.but(experience=None, technology=None)
        yield Candidate(f"Everybody, whatever the {what}", whole)
    for name in coverage.get("employments", []):
        if name != question.employment:
            words = "Employees" if name == "employed" else f"{EMPLOYMENTS[name]}s"
            yield Candidate(f"{words} instead", question.but(employment=name))
    if place := _usual_place(question):
        name = "The whole world" if place == WORLD else f"In {countries[place].in_sentence}"
        yield Candidate(name, question.but(countries=(place,)))
    for role in _other_roles(question):
        yield Candidate(f"{ROLES[role]}{_s(role)}", question.but(role=role))
    for edition in _other_editions(question.edition, editions):
        yield Candidate(edition.short_title, question.but(edition=edition))


def _usual(question: Question) -> list[Candidate]:
    """Return the cell that an edition surely has."""
    coverage = question.edition.coverage
    role = next((role for role in USUAL_ROLES if role in coverage.get("roles", [])), question.role)
    employment = next(iter(coverage.get("employments", [])), question.employment)
    place = _usual_place(question.but(role=role, employment=employment)) or question.countries[0]
    whole = question.but(
        role=role, employment=employment, countries=(place,), experience=None, technology=None
    )
    return [Candidate(f"The widest figure of {question.edition.short_title}", whole)]


def _usual_place(question: Question) -> str:
    """Return the world, or the country that has most answers; "" where that is asked already."""
    offered = countries_with(question.edition, question.role, question.employment)
    offered = offered or question.edition.coverage.get("countries", [])
    place = WORLD if WORLD in offered else next(iter(offered), "")
    return "" if place in question.countries else place


def _other_roles(question: Question) -> list[str]:
    offered = question.edition.coverage.get("roles", [])
    usual = [role for role in reversed(USUAL_ROLES) if role in offered and role != question.role]
    return usual or [role for role in offered if role != question.role][:1]


def _other_editions(asked: Edition, editions: Sequence[Edition]) -> list[Edition]:
    """Return the closest years of the same series, then the newest of the main survey."""
    others = [item for item in editions if item.pk != asked.pk]
    same = sorted(
        (item for item in others if item.series == asked.series),
        key=lambda item: abs(item.year - asked.year),
    )
    main = [item for item in others if item.series == MAIN_SERIES != asked.series]
    return [*same[:2], *main[:1]]


def _s(role: str) -> str:
    return "s" if ROLES[role].endswith(("developer", "engineer")) else ""


def offers_for(
    candidates: Iterable[Candidate], countries: Mapping[str, Country], most: int = MOST_OFFERS
) -> list[Offer]:
    """Return those candidates that the public has a figure for, in their order. One query."""
    wanted = list(candidates)
    if not wanted:
        return []
    conditions = [
        Q(
            edition_id=item.question.edition.pk,
            country_id=item.question.countries[0],
            role=item.question.role,
            employment=item.question.employment,
            dimension=item.question.base.dimension,
            value_slug=(item.question.base.values or ("all",))[0],
        )
        for item in wanted
    ]
    found = {
        _cell_of(figure): figure
        for figure in Figure.objects.public().filter(reduce(or_, conditions))
    }
    pairs = ((item, found.get(_cell_asked(item.question))) for item in wanted)
    return [_offer(item, figure, countries) for item, figure in pairs if figure is not None][:most]


def _cell_of(figure: Figure) -> tuple[int | str, ...]:
    cell = (figure.country_id, figure.role, figure.employment, figure.dimension, figure.value_slug)
    return figure.edition_id, *cell


def _cell_asked(question: Question) -> tuple[int | str, ...]:
    base = question.base
    value = (base.values or ("all",))[0]
    cell = (base.countries[0], question.role, question.employment, base.dimension, value)
    return question.edition.pk, *cell


def _offer(item: Candidate, figure: Figure, countries: Mapping[str, Country]) -> Offer:
    question = item.question
    value: Value = value_of(figure.dimension, figure.value)
    names = {
        question.countries[0]: countries[question.countries[0]].in_sentence,
        figure.value_slug: value.label,
    }
    title = title_of(question.base, names).removesuffix(": pay")
    return Offer(
        item.words,
        f"{title} · {question.edition.short_title}",
        question.at(),
        count_words(figure),
    )
