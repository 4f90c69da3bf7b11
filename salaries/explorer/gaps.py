"""Why a figure is not there, in words that say nothing about how many answered."""

from collections.abc import Sequence

from salaries.disclosure import NOT_PRINTED, NOT_SHOWN
from salaries.explorer.cells import Known
from salaries.explorer.nearest import Candidate, Offer, neighbours, offers_for
from salaries.explorer.question import COMPARISONS, Question, dimensions_of
from salaries.models import Edition, Figure
from salaries.selection import Selection
from salaries.titles import dimension_words, listed, people
from salaries.vocabulary import EMPLOYMENTS, ROLES, WORLD

MOST_NAMED = 8
OFFERS_EACH = 3
LEFT_OUT = "fewer than ten people answered, or showing it would give a smaller group away"
UNPRINTED = "the publisher prints none"


def missing_countries(question: Question, shown: Sequence[Figure]) -> list[str]:
    """Return the asked countries that have no figure among the shown ones."""
    found = {figure.country_id for figure in shown}
    return [code for code in question.countries if code not in found]


def why_missing(question: Question, code: str, known: Known) -> str:
    """Return why a country has no figure, in a sentence or two.

    What an edition did not ask is said; beyond that, a cell that is too small, one that is withheld
    and one without a single answer all get the same words.
    """
    edition, coverage = question.edition, question.edition.coverage
    title = edition.short_title
    if question.role not in coverage.get("roles", []):
        return f"{title} has no figures under the role “{ROLES[question.role]}”."
    if question.employment not in coverage.get("employments", []):
        return f"{title} has no figures under “{EMPLOYMENTS[question.employment]}”."
    if part := question.part:
        asked = dimensions_of(edition)
        if part.dimension not in asked:
            return (
                f"{title} has no figures by {dimension_words(part.dimension)}: it did not ask, or "
                "the answers are not in our copy."
            )
    if code not in coverage.get("countries", []):
        return _not_covered(edition, code, known)
    return _no_figure(edition)


def _no_figure(edition: Edition) -> str:
    return NOT_PRINTED if edition.kind == Edition.Kind.OFFICIAL else NOT_SHOWN


def _not_covered(edition: Edition, code: str, known: Known) -> str:
    covered = edition.coverage.get("countries", [])
    if len(covered) == 1 and code != covered[0]:
        return f"{edition.short_title} is about {known.countries[covered[0]].in_sentence} only."
    if code == WORLD:
        return f"{edition.short_title} has no figures for the whole world."
    return _no_figure(edition)


def explain(question: Question, codes: Sequence[str], known: Known) -> list[str]:
    """Return why these countries have no figure, naming them where several were asked."""
    reasons: dict[str, list[str]] = {}
    for code in codes:
        reasons.setdefault(why_missing(question, code, known), []).append(code)
    if len(question.countries) == 1:
        return list(reasons)
    return [
        f"{listed(known.countries[code].name for code in found)}: {reason}"
        for reason, found in reasons.items()
    ]


def nearby(question: Question, codes: Sequence[str], known: Known) -> list[Offer]:
    """Return the nearest figures for countries that have none. One query."""
    if len(question.countries) == 1:
        single = question.but(by="")
        whole = [Candidate("Without the breakdown", single)] if question.by else []
        near = neighbours(single, known.editions, known.countries)
        return offers_for([*whole, *near], known.countries)
    near = []
    for code in codes:
        name = known.countries[code].name
        alone = question.but(countries=(code,))
        near += [
            Candidate(f"{name}: {item.words}", item.question)
            for item in neighbours(alone, known.editions, known.countries)
            if item.question.countries == (code,)
        ][: 2 * OFFERS_EACH]
    return offers_for(near, known.countries, most=OFFERS_EACH * len(codes))


def left_out(question: Question, selection: Selection, shown: Sequence[Figure]) -> str:
    """Return which things of a comparison have no figure here, "" where all have one."""
    if question.by in {"", "edition"}:
        return ""
    if question.by in COMPARISONS:
        found = {getattr(figure, question.by) for figure in shown}
        wanted = _wanted(question.by, selection)
    else:
        found = {figure.value_slug for figure in shown}
        wanted = dict(dimensions_of(question.edition).get(question.by, []))
    missing = [label for key, label in wanted.items() if key not in found]
    if not missing:
        return ""
    why = UNPRINTED if question.edition.kind == Edition.Kind.OFFICIAL else LEFT_OUT
    if len(missing) > MOST_NAMED:
        what = COMPARISONS.get(question.by, "").lower() or dimension_words(question.by)
        return f"Left out here are {len(missing)} of {len(wanted)} rows by {what}: {why}."
    return f"Left out here: {listed(missing)}: {why}."


def _wanted(axis: str, selection: Selection) -> dict[str, str]:
    if axis == "role":
        return {role: people(role) for role in selection.roles}
    return {name: EMPLOYMENTS[name] for name in selection.employments}
