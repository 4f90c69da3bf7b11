"""The columns of each year, and what an answer means in it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from salaries.importers.layouts import LayoutError, layout_for
from salaries.tests.survey_files import (
    OFFICIAL_2022,
    OFFICIAL_2025,
    answers,
    figures,
    run,
    write_survey,
)

pytestmark = pytest.mark.django_db
FULL, PART = "Employed, full-time", "Employed, part-time"
FREELANCE = "Independent contractor, freelancer, or self-employed"
RECONSTRUCTED = (
    *("ResponseId", "Country", "EdLevel", "RemoteWork", "YearsCodePro", "WorkExp", "DevType"),
    *("OrgSize", "Employment", "comp", "in_n", "in_p", "LanguageHaveWorkedWith"),
    *("DatabaseHaveWorkedWith", "WebframeHaveWorkedWith", "PlatformHaveWorkedWith"),
)
AMERICANS = (
    *("Employment", "RemoteWork", "EdLevel", "YearsCodePro", "WorkExp", "DevType", "OrgSize"),
    *("Salary", "LanguageHaveWorkedWith", "DatabaseHaveWorkedWith", "PlatformHaveWorkedWith"),
    "WebframeHaveWorkedWith",
)


@pytest.mark.parametrize("year", [2022, 2023, 2024])
@pytest.mark.parametrize(
    ("employment", "counted"),
    [
        (FULL, "employed"),
        (f"{FREELANCE};{FULL}", "employed"),
        (f"{FULL};{PART}", "employed"),
        (FREELANCE, "contractor"),
        (f"{FREELANCE};Student, part-time", "contractor"),
        (f"{FREELANCE};{PART}", None),
        (PART, None),
        ("Student, full-time", None),
        ("NA", None),
    ],
)
def test_employment_until_2024(year: int, employment: str, counted: str | None) -> None:
    layout = layout_for(year, OFFICIAL_2022)
    assert layout.employment_of(employment, "") == (counted or "")


@pytest.mark.parametrize(
    ("employment", "counted"),
    [("Employed", "employed"), (FREELANCE, "contractor"), ("Student", ""), ("Retired", "")],
)
def test_employment_since_2025(employment: str, counted: str) -> None:
    assert layout_for(2025, OFFICIAL_2025).employment_of(employment, "") == counted


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("Developer, back-end", "back-end"),
        ("Developer, full-stack", "full-stack"),
        ("Developer, front-end", "front-end"),
        ("DevOps specialist", "devops"),
        ("DevOps engineer or professional", "devops"),
        ("Engineer, site reliability", "sre"),
        ("Engineer, data", "data-engineer"),
        ("Data engineer", "data-engineer"),
        ("Developer, mobile", None),
        ("Developer Advocate", None),
        ("Product manager", None),
    ],
)
def test_roles(kind: str, role: str | None) -> None:
    expected = {role} if role else set()
    if kind.startswith("Developer,"):
        expected.add("all-developers")
    assert layout_for(2025, OFFICIAL_2025).roles_of(kind) == expected


def test_somebody_with_several_roles_counts_in_each_and_once_in_all(tmp_path: Path) -> None:
    kinds = "Developer, back-end;Developer, full-stack;DevOps specialist"
    people = answers(10, DevType=kinds, Employment=FULL)
    rows = figures(write_survey(tmp_path, people, OFFICIAL_2022), edition="test-2022")
    assert {row["role"] for row in rows.values()} == {
        *("back-end", "full-stack", "devops", "all-developers")
    }
    assert rows["all-developers/employed/DE/all/all"]["n"] == "10"


def test_2025_has_both_kinds_of_years_and_every_dimension(tmp_path: Path) -> None:
    people = answers(
        10,
        YearsCode="8",
        WorkExp="3",
        EdLevel="Primary/elementary school",
        OrgSize="Less than 20 employees",
        RemoteWork="Remote",
        LanguageHaveWorkedWith="Go",
        DatabaseHaveWorkedWith="SQLite",
        WebframeHaveWorkedWith="Django",
        PlatformHaveWorkedWith="Heroku",
    )
    rows = figures(write_survey(tmp_path, people))
    assert {key.split("/", 3)[3] for key in rows} == {
        "all/all",
        "years_coding_total/5-9",
        "work_experience/2-4",
        "education/Primary/elementary school",
        "org_size/Less than 20 employees",
        "remote/Remote",
        "language/Go",
        "database/SQLite",
        "web_framework/Django",
        "cloud_platform/Heroku",
    }


def test_a_later_year_borrows_the_newest_layout_if_all_columns_are_there(tmp_path: Path) -> None:
    rows = figures(write_survey(tmp_path, answers(10)), edition="test-2026")
    assert rows["back-end/employed/DE/all/all"]["year"] == "2026"
    renamed = [name.replace("WorkExp", "WorkYears") for name in OFFICIAL_2025]
    with pytest.raises(CommandError, match=r"fit no layout of 2026.*2025.*lacks WorkExp"):
        run(write_survey(tmp_path, [], renamed), "--dry-run", edition="test-2026")


def test_the_year_can_be_said_apart_from_the_slug(tmp_path: Path) -> None:
    rows = figures(write_survey(tmp_path, answers(10)), "--year", "2025", edition="a-survey")
    assert rows["back-end/employed/DE/all/all"]["year"] == "2025"


def test_what_a_file_lacks_gives_no_rows_and_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    columns = [name for name in OFFICIAL_2025 if name not in ("WorkExp", "OrgSize")]
    rows = figures(write_survey(tmp_path, answers(10, YearsCode="8"), columns))
    assert not any("work_experience" in key for key in rows)
    assert (
        "no such figures: WorkExp (work_experience), OrgSize (org_size)" in capsys.readouterr().out
    )


def reconstructed(count: int = 10, **fields: Any) -> list[dict[str, Any]]:
    rows = answers(count, Employment=FULL, **{"in_n": "True", "in_p": "True", **fields})
    return [{"comp": row.pop("ConvertedCompYearly"), **row} for row in rows]


def test_2024_counts_only_two_parts_for_the_world_and_one_for_technologies(tmp_path: Path) -> None:
    people = [
        *reconstructed(10, LanguageHaveWorkedWith="Go"),
        *reconstructed(11, LanguageHaveWorkedWith="Go", in_p="False"),
        *reconstructed(12, LanguageHaveWorkedWith="Go", in_n="False", in_p="False"),
    ]
    rows = figures(write_survey(tmp_path, people, RECONSTRUCTED), edition="test-2024")
    assert rows["back-end/employed/DE/all/all"]["n"] == "33"
    assert rows["back-end/employed/001/all/all"]["n"] == "21"
    assert rows["back-end/employed/DE/language/Go"]["n"] == "10"


def test_2024_takes_the_unstated_by_the_size_of_the_organisation(tmp_path: Path) -> None:
    alone = "Just me - I am a freelancer, sole proprietor, etc."
    people = [
        *reconstructed(10),
        *({**row, "Employment": "", "OrgSize": "20 to 99 employees"} for row in reconstructed(3)),
        *({**row, "Employment": "", "OrgSize": alone} for row in reconstructed(11)),
    ]
    rows = figures(write_survey(tmp_path, people, RECONSTRUCTED), edition="test-2024")
    assert rows["back-end/employed/DE/all/all"]["n"] == "13"
    assert rows["back-end/contractor/DE/all/all"]["n"] == "11"


def test_the_official_file_of_2024_drops_the_unstated(tmp_path: Path) -> None:
    people = [*answers(10, Employment=FULL), *answers(5, Employment="NA")]
    rows = figures(write_survey(tmp_path, people, OFFICIAL_2022), edition="test-2024")
    assert rows["back-end/employed/DE/all/all"]["n"] == "10"


def test_2023_without_countries_is_the_united_states_and_never_the_world(tmp_path: Path) -> None:
    people = [
        {"Salary": f"{100_000 + number}.0", "DevType": "Developer, back-end", "Employment": FULL}
        for number in range(10)
    ]
    rows = figures(write_survey(tmp_path, people, AMERICANS), edition="test-2023")
    assert {row["country"] for row in rows.values()} == {"US"}


@pytest.mark.parametrize("year", [2010, 2021])
def test_years_before_the_first_layout_are_refused(year: int) -> None:
    with pytest.raises(LayoutError, match="from 2022 on"):
        layout_for(year, OFFICIAL_2022)
