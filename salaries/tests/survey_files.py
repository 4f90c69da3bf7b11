"""Small survey files in the publisher's columns, and the command that imports them."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management import call_command

OFFICIAL_2025 = (
    *("ResponseId", "EdLevel", "Employment", "WorkExp", "YearsCode", "DevType", "OrgSize"),
    *("RemoteWork", "Country", "LanguageHaveWorkedWith", "DatabaseHaveWorkedWith"),
    *("PlatformHaveWorkedWith", "WebframeHaveWorkedWith", "ConvertedCompYearly"),
)
OFFICIAL_2022 = (
    *("ResponseId", "EdLevel", "Employment", "WorkExp", "YearsCode", "YearsCodePro", "DevType"),
    *("OrgSize", "RemoteWork", "Country", "LanguageHaveWorkedWith", "DatabaseHaveWorkedWith"),
    *("PlatformHaveWorkedWith", "WebframeHaveWorkedWith", "ConvertedCompYearly"),
)
BACK_END = {
    "DevType": "Developer, back-end",
    "Employment": "Employed",
    "Country": "Germany",
    "ConvertedCompYearly": "60000",
}
DETAILS = """\
title: "A survey"
short_title: "Survey 2025"
series: a-survey
kind: survey
source: the-survey
year: 2025
population: "Volunteers."
method: "As told."
limits: "No random sample."
pay_basis: gross-total
verification: recomputed
licence: "ODbL 1.0"
attribution: "The survey"
"""


def answers(count: int = 20, **fields: Any) -> list[dict[str, Any]]:
    """Return the answers of back-end developers in Germany with 60,000, 61,000, … dollars."""
    return [
        {**BACK_END, "ConvertedCompYearly": str(60_000 + 1_000 * number), **fields}
        for number in range(count)
    ]


def csv_of(rows: Iterable[dict[str, Any]], columns: Iterable[str] = OFFICIAL_2025) -> str:
    """Return answers as the publisher writes them: what is missing is NA."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(columns), restval="NA", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def write_survey(
    folder: Path, rows: Iterable[dict[str, Any]], columns: Iterable[str] = OFFICIAL_2025
) -> Path:
    """Write a survey file and return its path."""
    path = folder / "survey.csv"
    path.write_text(csv_of(rows, columns), encoding="utf-8")
    return path


def write_details(folder: Path, text: str = DETAILS, slug: str = "test-2025") -> Path:
    """Write the details of an edition and return their path."""
    path = folder / f"{slug}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def run(path: Path, *options: Any, edition: str = "test-2025") -> None:
    """Run the command."""
    call_command("import_salary_survey", path, *options, "--edition", edition)


def figures(path: Path, *options: Any, edition: str = "test-2025") -> dict[str, dict[str, str]]:
    """Return the rows that the command writes, by "role/employment/country/dimension/value"."""
    run(path, *options, "--write", path.parent, edition=edition)
    with (path.parent / f"{edition}.csv").open(encoding="utf-8", newline="") as stream:
        return {
            "/".join(
                row[key] for key in ("role", "employment", "country", "dimension", "value")
            ): row
            for row in csv.DictReader(stream)
        }
