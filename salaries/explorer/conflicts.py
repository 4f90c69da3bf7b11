"""Questions that no table of a source can answer, because each table splits people one way."""

from collections.abc import Mapping
from dataclasses import dataclass

from salaries.explorer.nearest import Candidate
from salaries.explorer.question import COMPARISONS, Question
from salaries.models import Country
from salaries.titles import dimension_words, listed
from salaries.vocabulary import WORLD


@dataclass(frozen=True)
class Conflict:
    """Why a question has no answer, and the questions that it can be taken apart into.

    `beside`: the words for the asked countries side by side without a breakdown, "" where that is
    no way out.
    """

    words: str
    candidates: list[Candidate]
    beside: str = ""


def conflict_in(question: Question, countries: Mapping[str, Country]) -> Conflict | None:
    """Return what stands in the way of an answer, or None.

    Experience and technology together, a breakdown of a part, and a comparison of something else
    than countries while several countries are asked: each would need a table of two things at once.
    """
    if question.by and len(question.countries) > 1:
        return _several_countries(question, countries)
    if question.experience and question.technology:
        return _crossed(question, countries)
    if question.part and question.by and question.by not in COMPARISONS:
        return _part_and_breakdown(question)
    return None


def _crossed(question: Question, countries: Mapping[str, Country]) -> Conflict:
    assert question.experience
    assert question.technology
    years = dimension_words(question.experience.dimension)
    tool = dimension_words(question.technology.dimension)
    alone = [
        (f"By {years} alone", question.but(technology=None)),
        (f"By {tool} alone", question.but(experience=None)),
        ("Everybody", question.but(experience=None, technology=None)),
    ]
    return Conflict(
        f"These tables split people by {years} or by {tool}, never by both at once: the groups "
        "would be too small to publish. What there is, one at a time:",
        [
            Candidate(_with_place(words, code, question, countries), item.but(countries=(code,)))
            for words, item in alone
            for code in question.countries
        ],
    )


def _with_place(words: str, code: str, question: Question, countries: Mapping[str, Country]) -> str:
    if len(question.countries) == 1:
        return words
    return f"{words}, {countries[code].in_sentence}"


def _part_and_breakdown(question: Question) -> Conflict:
    assert question.part
    part = dimension_words(question.part.dimension)
    split = dimension_words(question.by)
    whole = question.but(experience=None, technology=None)
    return Conflict(
        f"These tables split people once: by {part}, or by {split}. Choose one of the two:",
        [
            Candidate(f"Everybody by {split}", whole),
            Candidate("This group alone, without the breakdown", question.but(by="")),
        ],
    )


def _several_countries(question: Question, countries: Mapping[str, Country]) -> Conflict:
    split = COMPARISONS.get(question.by, "").lower() or dimension_words(question.by)
    names = listed(countries[code].in_sentence for code in question.countries)
    return Conflict(
        f"A chart compares one thing at a time: {names}, or figures by {split}. Choose one:",
        [
            Candidate(f"{_place(code, countries)} by {split}", question.but(countries=(code,)))
            for code in question.countries
        ],
        beside="The countries side by side",
    )


def _place(code: str, countries: Mapping[str, Country]) -> str:
    return "The whole world" if code == WORLD else countries[code].name
