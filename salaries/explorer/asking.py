"""From the words of an address to a question. What cannot be understood is said, the rest kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from salaries.explorer.question import (
    COMPARISONS,
    MAX_COUNTRIES,
    SLUG,
    TERMS,
    UNITS,
    Part,
    Question,
    countries_with,
    dimensions_of,
    first_experience,
)
from salaries.models import Country, Edition
from salaries.selection import MAIN_SERIES
from salaries.vocabulary import (
    DIMENSIONS,
    EMPLOYMENTS,
    EXPERIENCE_BANDS,
    EXPERIENCE_DIMENSIONS,
    ROLES,
    WORLD,
)

# Which role stands for backend work, best first: surveys ask for it, official statistics do not.
USUAL_ROLES = ("back-end", "soc-15-1252", "soc-15-1256", "all-developers")
KNOWN = {
    "role",
    "country",
    "add",
    "experience",
    "technology",
    "employment",
    "edition",
    "by",
    "unit",
    "terms",
}
LONGEST_ECHO = 40  # of what somebody wrote, in a message
# The bands of experience are declared, so an address cannot ask for another one.
BAND_SLUGS = {band.replace("+", "-plus") for band in EXPERIENCE_BANDS}


@dataclass
class Asked:
    """A question, what of the address could not be understood, and whether it was untidy.

    `is_untidy`: the address means the same as the question's own, but is written differently: as a
    form sends it (empty fields, `add=NL`), or with several roles for a comparison of roles.
    """

    question: Question
    problems: list[str] = field(default_factory=list)
    is_untidy: bool = False


def choose_edition(
    slugs: Sequence[str], editions: Sequence[Edition], problems: list[str]
) -> Edition | None:
    """Return the edition that is asked for (of several the newest), else that of the main survey.

    `editions` are the published ones, newest first. None where there is none at all.
    """
    usual = next((item for item in editions if item.series == MAIN_SERIES), None) or next(
        iter(editions), None
    )
    wanted = [slug.strip() for slug in slugs if slug.strip()]
    found = next((item for item in editions if item.slug in wanted), usual)
    known = {item.slug for item in editions}
    if found is not None:
        problems += [
            f"There is no edition called {_echo(slug)}. Shown: {found.short_title}."
            for slug in wanted[:3]
            if slug not in known
        ]
    return found


def understand(
    query: QueryDict, edition: Edition, countries: Mapping[str, Country], problems: list[str]
) -> Asked:
    """Return what an address asks. `problems` may hold what was found before."""
    reader = _Reader(query, edition, countries, problems)
    role = reader.role()
    employment = reader.employment()
    question = Question(
        edition=edition,
        role=role,
        employment=employment,
        countries=reader.countries_asked(role, employment),
        experience=reader.experience(),
        technology=reader.technology(),
        by=reader.by() or reader.repeated(),
        unit=reader.one_of("unit", UNITS),
        terms=reader.one_of("terms", TERMS),
    )
    problems += reader.unknown_names()
    untidy = "add" in query or bool(reader.repeated())
    untidy = untidy or any(not word for words in query.lists() for word in words[1])
    return Asked(question, problems, is_untidy=untidy and not problems)


class _Reader:
    def __init__(
        self,
        query: QueryDict,
        edition: Edition,
        countries: Mapping[str, Country],
        problems: list[str],
    ) -> None:
        self.query, self.edition, self.countries = query, edition, countries
        self.problems = problems

    def word(self, name: str) -> str:
        return next((word.strip() for word in self.query.getlist(name) if word.strip()), "")

    def repeated(self) -> str:
        """Return what an address compares by naming several of it, as addresses of charts do."""
        return next((name for name in COMPARISONS if len(set(self.query.getlist(name))) > 1), "")

    def role(self) -> str:
        word, offered = self.word("role"), self.edition.coverage.get("roles", [])
        usual = next((role for role in (*USUAL_ROLES, *offered) if role in offered), USUAL_ROLES[0])
        return self._known("role", word, ROLES, usual)

    def employment(self) -> str:
        offered = self.edition.coverage.get("employments", [])
        usual = "employed" if "employed" in offered or not offered else offered[0]
        return self._known("kind of employment", self.word("employment"), EMPLOYMENTS, usual)

    def _known(self, what: str, word: str, names: Mapping[str, str], usual: str) -> str:
        if not word or word in names:
            return word or usual
        self.problems.append(f"We know no {what} called {_echo(word)}. Shown: {names[usual]}.")
        return usual

    def countries_asked(self, role: str, employment: str) -> tuple[str, ...]:
        """Return the countries in the order of the address; a country added to the world alone
        takes its place."""
        asked = self._existing(self.query.getlist("country"))
        added = self._existing(self.query.getlist("add"))
        codes = tuple(dict.fromkeys([*(() if asked == [WORLD] and added else asked), *added]))
        if len(codes) > MAX_COUNTRIES:
            self.problems.append(
                f"At most {MAX_COUNTRIES} countries can stand side by side; "
                f"the first {MAX_COUNTRIES} are shown."
            )
        if codes:
            return codes[:MAX_COUNTRIES]
        offered = countries_with(self.edition, role, employment)
        whole = self.edition.coverage.get("countries", [WORLD])
        usual = [*offered, *whole] if WORLD not in (offered or whole) else [WORLD]
        return (usual[0],) if usual else (WORLD,)

    def _existing(self, words: Iterable[str]) -> list[str]:
        codes = [word.strip().upper() for word in words if word.strip()]
        unknown = dict.fromkeys(code for code in codes if code not in self.countries)
        if unknown:
            self.problems.append(
                f"We know no country with the code {_echo(', '.join(unknown))}. Codes have two "
                "letters, such as DE for Germany."
            )
        return [code for code in codes if code in self.countries]

    def experience(self) -> Part | None:
        return self._part("experience", EXPERIENCE_DIMENSIONS, first_experience(self.edition))

    def technology(self) -> Part | None:
        known = [item.key for item in DIMENSIONS.values() if item.is_technology]
        return self._part("technology", known, "")

    def _part(self, name: str, dimensions: Sequence[str], usual: str) -> Part | None:
        word = self.word(name)
        if not word:
            return None
        dimension, colon, value = word.rpartition(":")
        if not colon:
            dimension = usual
        is_band = dimension not in EXPERIENCE_DIMENSIONS or value in BAND_SLUGS
        if dimension in dimensions and SLUG.fullmatch(value) and len(value) <= 80 and is_band:
            return Part(dimension, value)
        example = "5-9" if name == "experience" else "language:python"
        self.problems.append(
            f"{_echo(word)} is no {name} that we can look up; write it as in {example}. "
            f"The figures shown are for every {name}."
        )
        return None

    def by(self) -> str:
        word = self.word("by")
        known = [*dimensions_of(self.edition), *COMPARISONS]
        if not word or (word in known and word != "all"):
            return word
        if word in DIMENSIONS and word != "all":
            self.problems.append(
                f"{self.edition.short_title} has no table by “{DIMENSIONS[word].label.lower()}”: "
                f"{self._why_no_table()}."
            )
        else:
            self.problems.append(f"We cannot break figures down by {_echo(word)}.")
        return ""

    def _why_no_table(self) -> str:
        if self.edition.kind == Edition.Kind.OFFICIAL:
            return "its publisher prints none, or it is not in our copy"
        return "it did not ask this, or too few answered"

    def one_of(self, name: str, words: Sequence[str]) -> str:
        word = self.word(name)
        if not word or word in words:
            return word or words[0]
        self.problems.append(
            f"{_echo(word)} is no choice for “{name}”; there are {', '.join(words)}."
        )
        return words[0]

    def unknown_names(self) -> list[str]:
        unknown = [_echo(name) for name in self.query if name not in KNOWN]
        if not unknown:
            return []
        return [f"The address also holds {', '.join(unknown[:3])}, which this page does not use."]


def _echo(word: str) -> str:
    """Return what somebody wrote, as a message quotes it."""
    clean = " ".join(word.split())
    return f"“{clean[:LONGEST_ECHO]}{'…' if len(clean) > LONGEST_ECHO else ''}”"
