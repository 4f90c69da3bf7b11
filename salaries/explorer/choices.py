"""What the form offers. Everything comes from the coverage of the chosen edition."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from salaries.explorer.cells import Known, label_of
from salaries.explorer.question import (
    COMPARISONS,
    MAX_COUNTRIES,
    Part,
    Question,
    countries_with,
    dimensions_of,
    first_experience,
)
from salaries.models import Edition
from salaries.vocabulary import (
    DIMENSIONS,
    EMPLOYMENTS,
    EXPERIENCE_DIMENSIONS,
    ROLES,
    WORLD,
)


@dataclass(frozen=True)
class Option:
    """One line of a select."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Group:
    """Options under a heading; without one where the heading is empty."""

    label: str
    options: list[Option]


@dataclass(frozen=True)
class Select:
    """A labelled field of the form."""

    name: str
    label: str
    groups: list[Group]

    @property
    def options(self) -> SafeString:
        """Return the options as HTML. A template takes ten times as long for two hundred."""
        return format_html_join(
            "",
            "{}{}{}",
            (
                (
                    format_html('<optgroup label="{}">', group.label) if group.label else "",
                    _options(group.options),
                    END_OF_GROUP if group.label else "",
                )
                for group in self.groups
            ),
        )


END_OF_GROUP = SafeString("</optgroup>")
CHOSEN = SafeString(" selected")


def _options(options: Iterable[Option]) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((item.value, CHOSEN if item.is_chosen else "", item.label) for item in options),
    )


@dataclass(frozen=True)
class Chip:
    """A chosen country, and where the page without it is; "" for the only one that is left."""

    code: str
    name: str
    remove: str


def selects(question: Question, known: Known) -> list[Select]:
    """Return the fields that stand in the open, in the order of the page."""
    return [
        _select("role", "Role", [_roles(question)]),
        _countries(question, known),
        _select("experience", "Experience", _experience(question)),
        _select("technology", "Technology", _technology(question)),
    ]


def more_selects(question: Question, known: Known) -> list[Select]:
    """Return the fields that may be folded away."""
    return [
        _select("employment", "Employment", [_employments(question)]),
        _select("edition", "Source and year", _editions(question, known.editions)),
        _select("by", "Break down by", _breakdowns(question)),
    ]


def chips(question: Question, known: Known) -> list[Chip]:
    """Return the chosen countries."""
    codes = question.countries

    def without(code: str) -> str:
        rest = tuple(other for other in codes if other != code)
        return question.at(countries=rest) if rest else ""

    return [
        Chip(code, "Whole world" if code == WORLD else known.countries[code].name, without(code))
        for code in codes
    ]


def _select(name: str, label: str, groups: Iterable[Group]) -> Select:
    return Select(name, label, [group for group in groups if group.options])


def _roles(question: Question) -> Group:
    offered = question.edition.coverage.get("roles", [])
    return Group("", _with_chosen({role: ROLES[role] for role in offered}, question.role, ROLES))


def _employments(question: Question) -> Group:
    offered = question.edition.coverage.get("employments", [])
    names = {name: EMPLOYMENTS[name] for name in offered}
    return Group("", _with_chosen(names, question.employment, EMPLOYMENTS))


def _with_chosen(offered: dict[str, str], chosen: str, names: dict[str, str]) -> list[Option]:
    """Return options with the chosen one among them, even where the edition lacks it."""
    if chosen not in offered:
        offered = {chosen: f"{names[chosen]} (not here)", **offered}
    return [Option(key, label, key == chosen) for key, label in offered.items()]


def _countries(question: Question, known: Known) -> Select:
    """Return the select that adds a country, or that takes the place of the world."""
    edition = question.edition
    full = set(countries_with(edition, question.role, question.employment))
    others = set(edition.coverage.get("countries", [])) - full
    is_world = question.countries == (WORLD,)
    if len(question.countries) >= MAX_COUNTRIES:
        head = Option("", f"{MAX_COUNTRIES} countries are the most", is_chosen=True)
        return Select("add", "Country", [Group("", [head])])
    head = Option("", "Whole world" if is_world else "Add a country …", is_chosen=True)
    world = [Option(WORLD, "Whole world")] if WORLD in full and not is_world else []
    groups = [
        Group("", [head, *([] if WORLD in question.countries else world)]),
        Group("With figures for this role", _by_name(full, question, known)),
        Group("No figure for this role", _by_name(others, question, known)),
    ]
    label = "Country" if is_world else "Countries"
    return Select("add", label, [group for group in groups if group.options])


def _by_name(codes: Iterable[str], question: Question, known: Known) -> list[Option]:
    chosen = {WORLD, *question.countries}
    found = [known.countries[code] for code in codes if code not in chosen]
    return [Option(item.code, item.name) for item in sorted(found, key=lambda item: item.name)]


def _experience(question: Question) -> list[Group]:
    asked = dimensions_of(question.edition)
    usual = first_experience(question.edition)
    groups = [Group("", [Option("", "Any")])]
    for key in EXPERIENCE_DIMENSIONS:
        options = [
            _part_option(Part(key, slug), label, question.experience, bare=key == usual)
            for slug, label in asked.get(key, [])
        ]
        groups.append(Group(DIMENSIONS[key].label, options))
    return _with_asked(groups, question.experience, question)


def _technology(question: Question) -> list[Group]:
    asked = dimensions_of(question.edition)
    groups = [Group("", [Option("", "Any")])]
    for key, values in asked.items():
        if DIMENSIONS[key].is_technology:
            options = [
                _part_option(Part(key, slug), label, question.technology) for slug, label in values
            ]
            groups.append(Group(DIMENSIONS[key].label, options))
    return _with_asked(groups, question.technology, question)


def _part_option(part: Part, label: str, chosen: Part | None, *, bare: bool = False) -> Option:
    value = part.value if bare else f"{part.dimension}:{part.value}"
    return Option(value, label, part == chosen)


def _with_asked(groups: list[Group], part: Part | None, question: Question) -> list[Group]:
    """Return groups with the asked part among them, even where the edition lacks it."""
    if part and not any(option.is_chosen for group in groups for option in group.options):
        label = f"{label_of(part, question.edition)} (not here)"
        groups.append(Group(DIMENSIONS[part.dimension].label, [_part_option(part, label, part)]))
    return groups


def _editions(question: Question, editions: Sequence[Edition]) -> list[Group]:
    """Return the editions, those of one source together, sources as they first appear."""
    by_series: dict[str, list[Edition]] = {}
    for edition in editions:
        by_series.setdefault(edition.series, []).append(edition)
    return [
        Group(
            found[0].source.publisher,
            [Option(item.slug, item.short_title, item.pk == question.edition.pk) for item in found],
        )
        for found in by_series.values()
    ]


def _breakdowns(question: Question) -> list[Group]:
    asked = dimensions_of(question.edition)
    parts = [Option(key, DIMENSIONS[key].label, key == question.by) for key in asked]
    coverage = question.edition.coverage
    offered = {
        "role": len(coverage.get("roles", [])) > 1,
        "employment": len(coverage.get("employments", [])) > 1,
        "edition": True,
    }
    others = [
        Option(key, label, key == question.by)
        for key, label in COMPARISONS.items()
        if offered[key] or key == question.by
    ]
    return [
        Group("", [Option("", "Nothing: one figure")]),
        Group("Parts of the group", parts),
        Group("Side by side", others),
    ]
