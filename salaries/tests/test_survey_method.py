"""From answers to cells: who counts where, which pay is kept, and what is computed."""

from pathlib import Path

import pytest

from salaries.importers.answers import Column
from salaries.tests.survey_files import OFFICIAL_2022, answers, figures, write_survey

pytestmark = pytest.mark.django_db
DE = "back-end/employed/DE/all/all"


def test_percentiles_and_interval_of_a_cell(tmp_path: Path) -> None:
    row = figures(write_survey(tmp_path, answers(20)))[DE]
    assert (row["year"], row["n"]) == ("2025", "20")
    assert [row[key] for key in ("p10", "p25", "p50", "p75", "p90")] == [
        *("61900", "64750", "69500", "74250", "77100")
    ]
    # The 6th and the 15th of 20 answers.
    assert (row["ci_low"], row["ci_high"], row["flags"]) == ("65000", "74000", "")


def test_nine_people_are_no_cell_and_ten_are(tmp_path: Path) -> None:
    rows = figures(write_survey(tmp_path, [*answers(9), *answers(10, Country="Poland")]))
    assert DE not in rows
    assert rows["back-end/employed/PL/all/all"]["n"] == "10"
    assert rows["back-end/employed/001/all/all"]["n"] == "19"


def test_employees_and_contractors_never_meet(tmp_path: Path) -> None:
    freelance = "Independent contractor, freelancer, or self-employed"
    people = [*answers(12), *answers(11, Employment=freelance), *answers(10, Employment="Student")]
    rows = figures(write_survey(tmp_path, people))
    assert rows[DE]["n"] == "12"
    assert rows["back-end/contractor/DE/all/all"]["n"] == "11"
    assert rows["back-end/employed/001/all/all"]["n"] == "12"


def test_several_languages_count_once_each(tmp_path: Path) -> None:
    people = [
        *answers(10, LanguageHaveWorkedWith="Go; Python;Go;"),
        *answers(10, LanguageHaveWorkedWith="Python"),
    ]
    rows = figures(write_survey(tmp_path, people))
    assert rows["back-end/employed/DE/language/Go"]["n"] == "10"
    assert rows["back-end/employed/DE/language/Python"]["n"] == "20"
    assert rows[DE]["n"] == "20"


def test_bounds_of_pay_follow_the_median_of_all_employees(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Twenty employees of any role make a median of 80,000, so that 10,000 to 800,000 counts.
    others = answers(20, DevType="Product manager", ConvertedCompYearly="80000")
    edges = ["9999.99", "10000", "800000", "800000.01"]
    people = [*answers(8), *(answers(1, ConvertedCompYearly=pay)[0] for pay in edges), *others]
    row = figures(write_survey(tmp_path, people))[DE]
    assert row["n"] == "10"
    assert (row["ci_low"], row["ci_high"]) == ("60000", "67000")
    said = capsys.readouterr().out
    assert " 1  below the floor" in said
    assert " 1  above the ceiling" in said


def test_nineteen_employees_are_too_few_for_a_median(tmp_path: Path) -> None:
    people = [
        *answers(17),
        *answers(2, ConvertedCompYearly="1000"),
        *answers(1, ConvertedCompYearly="999"),
        *answers(1, ConvertedCompYearly="1000001"),
    ]
    assert figures(write_survey(tmp_path, people))[DE]["n"] == "19"


@pytest.mark.parametrize(("employees", "is_kept"), [(19, True), (20, False)])
def test_twenty_employees_are_enough_for_a_median(
    tmp_path: Path, employees: int, is_kept: bool
) -> None:
    freelance = "Independent contractor, freelancer, or self-employed"
    people = [
        *answers(employees),
        *answers(10, Employment=freelance, ConvertedCompYearly="8000"),  # an eighth is 8,687.50
    ]
    rows = figures(write_survey(tmp_path, people))
    assert ("back-end/contractor/DE/all/all" in rows) == is_kept


def test_contractors_do_not_move_the_median_of_a_country(tmp_path: Path) -> None:
    freelance = "Independent contractor, freelancer, or self-employed"
    people = [
        *answers(20),
        *answers(30, Employment=freelance, ConvertedCompYearly="900000"),
        *answers(1, ConvertedCompYearly="9000"),
    ]
    rows = figures(write_survey(tmp_path, people))
    assert rows[DE]["n"] == "21"  # the floor is an eighth of about 69,500
    assert "back-end/contractor/DE/all/all" not in rows  # ten times it is less than 900,000


@pytest.mark.parametrize(("low", "flags"), [(1, ""), (2, "monthly-pay")])
def test_a_country_with_much_low_pay_is_flagged_and_the_world_is_not(
    tmp_path: Path, low: int, flags: str
) -> None:
    people = [*answers(40 - low), *answers(low, ConvertedCompYearly="5000")]  # 2 are 5 %
    rows = figures(write_survey(tmp_path, people))
    assert rows[DE]["flags"] == flags
    assert rows["all-developers/employed/DE/all/all"]["flags"] == flags
    assert rows["back-end/employed/001/all/all"]["flags"] == ""


@pytest.mark.parametrize(
    ("years", "band"),
    [
        ("Less than 1 year", "0-4"),
        ("4.5", "0-4"),
        ("5", "5-9"),
        ("14.0", "10-14"),
        ("15", "15-19"),
        ("20", "20+"),
        ("More than 50 years", "20+"),
    ],
)
def test_bands_of_years_of_coding(tmp_path: Path, years: str, band: str) -> None:
    rows = figures(write_survey(tmp_path, answers(10, YearsCode=years)))
    assert rows[f"back-end/employed/DE/years_coding_total/{band}"]["n"] == "10"


@pytest.mark.parametrize(
    ("years", "band"),
    [("Less than 1 year", "0-1"), ("1", "0-1"), ("2", "2-4"), ("9", "5-9"), ("15", "15+")],
)
def test_bands_of_professional_years(tmp_path: Path, years: str, band: str) -> None:
    people = answers(10, Employment="Employed, full-time", YearsCodePro=years, WorkExp="12")
    rows = figures(write_survey(tmp_path, people, OFFICIAL_2022), edition="test-2022")
    assert rows[f"back-end/employed/DE/years_code_pro/{band}"]["n"] == "10"
    assert rows["back-end/employed/DE/work_experience/10-14"]["n"] == "10"
    assert not any("years_coding_total" in key for key in rows)


def test_values_stand_as_the_source_has_them(tmp_path: Path) -> None:
    degree = "Bachelor’s degree (B.A., B.S., B.Eng., etc.)"
    rows = figures(write_survey(tmp_path, answers(10, EdLevel=f" {degree} ")))
    assert f"back-end/employed/DE/education/{degree}" in rows


def test_people_without_a_country_count_for_the_world(tmp_path: Path) -> None:
    people = [*answers(10), *answers(3, Country="Nomadic"), *answers(2, Country="NA")]
    rows = figures(write_survey(tmp_path, people))
    assert rows[DE]["n"] == "10"
    assert rows["back-end/employed/001/all/all"]["n"] == "15"
    assert {row["country"] for row in rows.values()} == {"001", "DE"}


def test_two_names_of_one_country_are_one_country(tmp_path: Path) -> None:
    people = [*answers(6, Country="South Korea"), *answers(5, Country="Republic of Korea")]
    rows = figures(write_survey(tmp_path, people))
    assert rows["back-end/employed/KR/all/all"]["n"] == "11"


def test_pay_with_cents_stays_exact(tmp_path: Path) -> None:
    row = figures(write_survey(tmp_path, answers(10, ConvertedCompYearly="61256.37")))[DE]
    assert {row[key] for key in ("p10", "p50", "p90", "ci_low", "ci_high")} == {"61256.37"}


def test_the_same_answers_in_another_order_are_the_same_bytes(tmp_path: Path) -> None:
    people = [*answers(12, LanguageHaveWorkedWith="Go;C"), *answers(11, Country="India")]
    figures(write_survey(tmp_path, people))
    first = (tmp_path / "test-2025.csv").read_bytes()
    figures(write_survey(tmp_path, people[::-1]))
    assert (tmp_path / "test-2025.csv").read_bytes() == first


def test_a_column_keeps_the_answers_of_each_person_apart() -> None:
    column = Column()
    for texts in (["Go", "C"], [], ["C"]):
        column.add(texts)
    assert [[column.texts[number] for number in column.of(person)] for person in range(3)] == [
        ["Go", "C"],
        [],
        ["C"],
    ]
