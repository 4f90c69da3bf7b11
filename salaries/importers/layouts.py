"""The columns of each year's survey file, and how its answers become roles and employment.

A new year that keeps the columns of the newest layout needs nothing here (`--year 2026`). One that
renames a column gets a layout of its own: `replace(_OFFICIAL_2025, year=2026, columns=…)`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

EMPLOYED, CONTRACTOR = "employed", "contractor"
# Takes the answer about employment and the one about the organisation's size; empty where the
# person is neither employed nor a contractor.
EmploymentRule = Callable[[str, str], str]


def several_answers(employment: str, org_size: str = "") -> str:
    """Return the employment of a person who could tick several answers (2022 to 2024).

    A full-time job comes first; a contractor who is employed part-time is neither.
    """
    answers = [answer.strip() for answer in employment.split(";")]
    if "Employed, full-time" in answers:
        return EMPLOYED
    if "Employed, part-time" in answers:
        return ""
    return CONTRACTOR if any(answer.startswith("Independent") for answer in answers) else ""


def one_answer(employment: str, org_size: str = "") -> str:
    """Return the employment of a person who chose one answer (since 2025)."""
    if employment == "Employed":
        return EMPLOYED
    return CONTRACTOR if employment.startswith("Independent") else ""


def several_or_unstated(employment: str, org_size: str = "") -> str:
    """Return the same as `several_answers`; who left it out counts by the organisation's size.

    Only for the reconstruction of 2024, in which the answer was lost for people with high pay.
    """
    if employment:
        return several_answers(employment)
    return CONTRACTOR if org_size.startswith("Just me") else EMPLOYED


@dataclass(frozen=True)
class Layout:
    """How one survey file is read.

    `columns` maps dimensions to columns. A person counts for the world where one of the columns
    `in_world` says True (no such columns: everybody), and for technologies likewise.
    """

    name: str
    year: int
    columns: Mapping[str, str]
    employment_of: EmploymentRule
    pay: str = "ConvertedCompYearly"
    country: str = "Country"  # empty: everybody lives in `everybody_in`
    everybody_in: str = ""
    role: str = "DevType"
    employment: str = "Employment"
    org_size: str = ""  # read by the rule of employment only
    in_world: tuple[str, ...] = ()
    in_technologies: tuple[str, ...] = ()
    has_world: bool = True
    roles: Mapping[str, str] = field(default_factory=dict)

    @property
    def core(self) -> tuple[str, ...]:
        """Return the columns without which there are no figures at all."""
        named = (self.pay, self.country, self.role, self.employment, self.org_size)
        return tuple(filter(None, named)) + self.in_world + self.in_technologies

    def lacking(self, header: Collection[str]) -> list[str]:
        """Return the columns of dimensions that a file does not have."""
        return [column for column in self.columns.values() if column not in header]

    def roles_of(self, answer: str) -> set[str]:
        """Return the roles of a person; several where the year let people name several."""
        kinds = [kind.strip() for kind in answer.split(";")]
        found = {self.roles[kind] for kind in kinds if kind in self.roles}
        if any(kind.startswith("Developer,") for kind in kinds):
            found.add("all-developers")
        return found


_ROLES = {
    "Developer, back-end": "back-end",
    "Developer, full-stack": "full-stack",
    "Developer, front-end": "front-end",
    "DevOps specialist": "devops",  # until 2024
    "DevOps engineer or professional": "devops",
    "Engineer, site reliability": "sre",
    "Engineer, data": "data-engineer",  # until 2023
    "Data engineer": "data-engineer",
}
_TECHNOLOGIES = {
    "language": "LanguageHaveWorkedWith",
    "database": "DatabaseHaveWorkedWith",
    "web_framework": "WebframeHaveWorkedWith",
    "cloud_platform": "PlatformHaveWorkedWith",
}
_WORKPLACE = {"education": "EdLevel", "remote": "RemoteWork", "org_size": "OrgSize"}

_OFFICIAL_2022 = Layout(
    name="Stack Overflow 2022, official columns",
    year=2022,
    columns={
        "years_code_pro": "YearsCodePro",
        "work_experience": "WorkExp",
        **_WORKPLACE,
        **_TECHNOLOGIES,
    },
    employment_of=several_answers,
    roles=_ROLES,
)
_OFFICIAL_2023 = replace(_OFFICIAL_2022, name="Stack Overflow 2023, official columns", year=2023)
_OFFICIAL_2024 = replace(_OFFICIAL_2022, name="Stack Overflow 2024, official columns", year=2024)
# Since 2025 years of coding are asked as a total only, education included, and one answer about
# employment is possible, without a word on part-time.
_OFFICIAL_2025 = Layout(
    name="Stack Overflow 2025, official columns",
    year=2025,
    columns={
        "years_coding_total": "YearsCode",
        "work_experience": "WorkExp",
        **_WORKPLACE,
        **_TECHNOLOGIES,
    },
    employment_of=one_answer,
    roles=_ROLES,
)
# What could be had of two years whose official files were out of reach.
_RECONSTRUCTED_2024 = replace(
    _OFFICIAL_2024,
    name="Stack Overflow 2024, reconstructed from published parts",
    pay="comp",
    org_size="OrgSize",
    employment_of=several_or_unstated,
    in_world=("in_n", "in_p"),
    in_technologies=("in_p",),
)
_AMERICANS_2023 = replace(
    _OFFICIAL_2023,
    name="Stack Overflow 2023, the United States only",
    pay="Salary",
    country="",
    everybody_in="US",
    has_world=False,
)
LAYOUTS = (
    _OFFICIAL_2022,
    _OFFICIAL_2023,
    _OFFICIAL_2024,
    _OFFICIAL_2025,
    _RECONSTRUCTED_2024,
    _AMERICANS_2023,
)
FIRST_YEAR = min(layout.year for layout in LAYOUTS)
NEWEST = _OFFICIAL_2025

# SHA-256 of the results files as the publisher prints them, by year.
OFFICIAL_DIGESTS = {
    2022: "adcbfc17e2a91bb8fe5e09665c55e20df3b5b7c69f2cdbad1f6c3771e220f034",
    2023: "828874a3cf0fa1bbb4c3da6a87e5822b8563bbc04b21f9869479480dbcff410c",
    2024: "7f2c2dbf6989d00b80a7351de4bb3af4b52b21cc52d5c947891bbc4f4e5cbe49",
    2025: "2d1f65308877282edfb4470520eabbc08cb499118432a3dcec6a66c086aa2baa",
}


class LayoutError(ValueError):
    """Raised for a file whose columns fit no layout of its year."""


def layout_for(year: int, header: Collection[str]) -> Layout:
    """Return the layout of a year that fits a file's header.

    A year after the newest layout borrows that one, and then needs every column of it: a renamed
    column must not pass for one that was not asked. Raises LayoutError naming what is missing.
    """
    if year < FIRST_YEAR:
        raise LayoutError(f"Survey files are understood from {FIRST_YEAR} on, not of {year}.")
    is_later = year > NEWEST.year
    candidates = [NEWEST] if is_later else [item for item in LAYOUTS if item.year == year]
    lacks = {}
    for layout in candidates:
        wanted = (*layout.core, *(layout.columns.values() if is_later else ()))
        missing = [column for column in dict.fromkeys(wanted) if column not in header]
        if not missing:
            return layout
        lacks[layout.name] = missing
    tried = "; ".join(f"“{name}” lacks {', '.join(columns)}" for name, columns in lacks.items())
    raise LayoutError(f"The columns fit no layout of {year}: {tried}.")
