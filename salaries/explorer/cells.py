"""Which cells a question is about, and loading them in one query."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from salaries.explorer.change import comparable
from salaries.explorer.question import (
    COMPARISONS,
    Part,
    Question,
    countries_with,
    dimensions_of,
)
from salaries.models import Country, Edition, Figure
from salaries.selection import MAX_PARTS, Selection
from salaries.vocabulary import DIMENSIONS, EMPLOYMENTS, EXPERIENCE_DIMENSIONS, value_of


@dataclass(frozen=True)
class Known:
    """What a page loads once: the published editions, newest first, and every country by code."""

    editions: Sequence[Edition]
    countries: Mapping[str, Country]


def selection_of(question: Question, known: Known) -> Selection:
    """Return what is drawn: the cells that the question names, or the comparison it asks for."""
    base, edition, place = question.base, question.edition, question.countries[0]
    if not question.by:
        return base
    if question.by not in COMPARISONS:
        return base.but(dimension=question.by, values=())
    if question.by == "edition":
        found = comparable(edition, known.editions, place)[-MAX_PARTS:]
        return base.but(editions=tuple(item.slug for item in found))
    if question.by == "employment":
        offered = {question.employment, *edition.coverage.get("employments", [])}
        return base.but(employments=tuple(name for name in EMPLOYMENTS if name in offered))
    roles = [
        role
        for role in edition.coverage.get("roles", [])
        if place in countries_with(edition, role, question.employment)
    ]
    # The asked one first, so that a long list of occupations never cuts it off.
    asked_first = dict.fromkeys([question.role, *roles])
    return base.but(roles=tuple(list(asked_first)[:MAX_PARTS]))


def load(
    question: Question, selection: Selection, before: Edition | None, known: Known
) -> list[Figure]:
    """Return the public figures of the selection, of its base, and of the base one edition earlier.

    One query, by the columns of the unique index. Editions and countries are put in from what is
    loaded: a join would bring the long texts of an edition with each of its figures.
    """
    editions = [*known.editions, question.edition]  # the last is loaded in full
    by_slug = {item.slug: item for item in editions}
    by_pk = {item.pk: item for item in by_slug.values()}
    base = question.base
    asked = _cells(selection, [by_slug[slug].pk for slug in selection.editions])
    there = [question.edition.pk, *([before.pk] if before else [])]
    condition = asked | _cells(base.but(values=base.values or ("all",)), there)
    found = list(Figure.objects.public().filter(condition, country_id__in=selection.countries))
    for figure in found:
        figure.edition = by_pk[figure.edition_id]
        figure.country = known.countries[figure.country_id]
    return found


def _cells(selection: Selection, editions: list[int]) -> Q:
    found = Q(
        edition_id__in=editions,
        role__in=selection.roles,
        employment__in=selection.employments,
        dimension=selection.dimension,
    )
    return found & Q(value_slug__in=selection.values) if selection.values else found


def is_in(figure: Figure, selection: Selection) -> bool:
    """Return whether a figure belongs to a selection."""
    return (
        figure.edition.slug in selection.editions
        and figure.country_id in selection.countries
        and figure.role in selection.roles
        and figure.employment in selection.employments
        and figure.dimension == selection.dimension
        and (not selection.values or figure.value_slug in selection.values)
    )


def base_figure(
    question: Question, figures: Sequence[Figure], edition: Edition | None
) -> Figure | None:
    """Return the figure that the question names, in an edition; None for several countries."""
    if edition is None or len(question.countries) > 1:
        return None
    base = question.base.but(editions=(edition.slug,))
    return next((figure for figure in figures if is_in(figure, base)), None)


def names_for(question: Question, known: Known) -> dict[str, str]:
    """Return the names that titles need, by code and slug (see `titles.names_of`)."""
    names = {code: known.countries[code].in_sentence for code in question.countries}
    names |= {item.slug: item.short_title for item in known.editions}
    for part in filter(None, (question.experience, question.technology)):
        names[part.value] = label_of(part, question.edition)
    return names


def label_of(part: Part, edition: Edition) -> str:
    """Return a part as people read it; its slug where the edition does not know it."""
    labels = dict(dimensions_of(edition).get(part.dimension, []))
    slug = part.value.replace("-plus", "+") if part.dimension in EXPERIENCE_DIMENSIONS else ""
    return labels.get(part.value) or value_of(part.dimension, slug or part.value).label


def link_to(question: Question) -> Callable[[Figure], str]:
    """Return the function that says where the label of a row leads: to that row's own answer."""

    def address(figure: Figure) -> str:
        if not question.by and len(question.countries) == 1:
            return ""  # it stands there already
        alone = question.but(
            edition=figure.edition,
            countries=(figure.country_id,),
            role=figure.role,
            employment=figure.employment,
            by="",
        )
        if question.by in COMPARISONS or not question.by:
            return alone.at()
        part = Part(figure.dimension, figure.value_slug)
        if part.dimension in EXPERIENCE_DIMENSIONS:
            return alone.at(experience=part)
        # What an address cannot name has no answer of its own.
        return alone.at(technology=part) if DIMENSIONS[part.dimension].is_technology else ""

    return address
