"""Files that are not what they should be: one message with file and line, and nothing is left."""

import gzip
import zipfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError

from salaries.importers import files
from salaries.models import Edition
from salaries.tests.factories import country
from salaries.tests.survey_files import (
    OFFICIAL_2025,
    answers,
    csv_of,
    run,
    write_details,
    write_survey,
)

pytestmark = pytest.mark.django_db


def refusal(path: Path) -> str:
    """Return what the command says of a file, after making sure that it left nothing behind."""
    for code in ("DE", "001"):
        country(code)
    before = sorted(path.parent.iterdir())
    with pytest.raises(CommandError) as written:
        run(path, "--write", path.parent)
    assert written.value.returncode == 1
    assert sorted(path.parent.iterdir()) == before
    details = write_details(path.parent)
    with pytest.raises(CommandError) as stored:
        run(path, "--details", details, "--publish")
    assert not Edition.objects.exists()
    assert str(written.value) == str(stored.value)
    return str(written.value)


def refusal_of_row(folder: Path, **fields: Any) -> str:
    """Return what is said of a file whose twelfth line, the eleventh answer, is wrong."""
    return refusal(write_survey(folder, [*answers(10), *answers(1, **fields), *answers(10)]))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"ConvertedCompYearly": "-5"}, "ConvertedCompYearly -5 is negative"),
        ({"ConvertedCompYearly": "-0.01"}, "ConvertedCompYearly -0.01 is negative"),
        ({"ConvertedCompYearly": "a lot"}, "ConvertedCompYearly “a lot” is not a number"),
        ({"ConvertedCompYearly": "60,000"}, "“60,000” is not a number"),
        ({"ConvertedCompYearly": "60_000"}, "“60_000” is not a number"),
        ({"ConvertedCompYearly": "nan"}, "“nan” is not a number"),
        ({"ConvertedCompYearly": "inf"}, "“inf” is not a number"),
        ({"ConvertedCompYearly": "1e9999"}, "“1e9999” is not a number"),
        ({"ConvertedCompYearly": "٦٠٠٠٠"}, "“٦٠٠٠٠” is not a number"),
        ({"Country": "Atlantis"}, "unknown country “Atlantis”"),
        ({"Country": "Atlantis", "ConvertedCompYearly": "NA"}, "unknown country “Atlantis”"),
        ({"YearsCode": "5 to 9"}, "YearsCode “5 to 9” is not a number of years"),
        ({"YearsCode": "-1"}, "YearsCode “-1” is not a number of years"),
        ({"LanguageHaveWorkedWith": "Go;=HYPERLINK(1)"}, "would run as a formula"),
        ({"EdLevel": "@SUM(A1)"}, "would run as a formula"),
        ({"EdLevel": "x" * 151}, "longer than 150 characters"),
    ],
)
def test_a_wrong_answer_is_named_with_its_line(
    tmp_path: Path, fields: dict[str, str], message: str
) -> None:
    said = refusal_of_row(tmp_path, **fields)
    assert said.startswith(f"Nothing was imported. {tmp_path}/survey.csv:12: ")
    assert message in said


@pytest.mark.parametrize("pay", ["1e16", "1e300", "123456789012345678901234567890"])
def test_absurd_pay_is_dropped_like_other_high_pay(tmp_path: Path, pay: str) -> None:
    run(write_survey(tmp_path, [*answers(20), *answers(1, ConvertedCompYearly=pay)]), "--dry-run")


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    people = [
        *answers(3, ResponseId="two\nlines"),
        *answers(1, ResponseId="three\r\nlines\n", Country="Atlantis"),
    ]
    assert "survey.csv:8: unknown country “Atlantis”" in refusal(write_survey(tmp_path, people))


def test_a_line_break_inside_an_answer(tmp_path: Path) -> None:
    said = refusal_of_row(tmp_path, EdLevel="two\nlines")
    assert r"survey.csv:12: the answer 'two\nlines' holds a character that is none to read" in said


@pytest.mark.parametrize("missing", ["Country", "DevType", "Employment", "ConvertedCompYearly"])
def test_a_missing_column_is_named_with_the_layout(tmp_path: Path, missing: str) -> None:
    columns = [name for name in OFFICIAL_2025 if name != missing]
    path = tmp_path / "survey.csv"
    rows = [{key: row[key] for key in row if key in columns} for row in answers(20)]
    path.write_text(csv_of(rows, columns), encoding="utf-8")
    said = refusal(path)
    assert "survey.csv:1: The columns fit no layout of 2025" in said
    assert f"“Stack Overflow 2025, official columns” lacks {missing}." in said


def test_another_file_altogether(tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    path.write_text("name;price\napple;3\n", encoding="utf-8")
    assert "lacks ConvertedCompYearly, Country, DevType, Employment" in refusal(path)


def test_a_column_that_stands_there_twice(tmp_path: Path) -> None:
    text = csv_of(answers(20)).replace("OrgSize", "Country", 1)
    (tmp_path / "survey.csv").write_text(text, encoding="utf-8")
    assert "survey.csv:1: columns that stand there twice: Country" in refusal(
        tmp_path / "survey.csv"
    )


@pytest.mark.parametrize(("more", "count"), [(",extra", 15), (None, 13)])
def test_a_line_with_too_many_or_too_few_fields(
    tmp_path: Path, more: str | None, count: int
) -> None:
    lines = csv_of(answers(20)).splitlines()
    lines[4] = lines[4] + more if more else lines[4].rpartition(",")[0]
    (tmp_path / "survey.csv").write_text("\n".join(lines), encoding="utf-8")
    assert f"survey.csv:5: {count} fields instead of 14" in refusal(tmp_path / "survey.csv")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "survey.csv: the file is empty"),
        (b"\n", "survey.csv: the file is empty"),
        (b"\xef\xbb\xbf", "survey.csv: the file is empty"),
        (csv_of([]).encode(), "survey.csv: the file has a header and no answers"),
        (csv_of(answers(9)).encode(), "survey.csv: no group of 10 people or more"),
        (csv_of(answers(9)).encode("utf-16"), "survey.csv:1: the file is UTF-16; save it as UTF-8"),
        (csv_of(answers(9)).encode("utf-16-le"), "survey.csv:1: holds a NUL byte"),
        (
            csv_of(answers(3, EdLevel="Café")).encode("latin-1"),
            "survey.csv:2: byte 7 is not UTF-8; save the file as UTF-8",
        ),
        (csv_of(answers(3, EdLevel="a\0b")).encode(), "survey.csv:2: holds a NUL byte"),
        (b"version https://git-lfs.github.com/spec/v1\n", "survey.csv:1: a Git LFS pointer"),
        (
            csv_of(answers(3)).encode() + b'4,"never closed,,,\n' + b"a,b\n" * 50,
            "survey.csv:5: the record that begins here is not CSV",
        ),
        (
            csv_of(answers(3)).encode() + b'4,"closed"early,,,\n',
            "survey.csv:5: the record that begins here is not CSV",
        ),
        (gzip.compress(csv_of(answers(20)).encode(), mtime=0)[:-9], "is cut off or damaged here"),
        (gzip.compress(b"x" * 50, mtime=0)[:10] + b"garbage" * 9, "is cut off or damaged here"),
        (b"PK\x03\x04 and nothing that fits", "a damaged or cut off zip archive"),
        (b"x" * (files.MAX_LINE + 1), "survey.csv:1: longer than 2,000,000 bytes"),
    ],
    ids=lambda value: value[:40].decode("ascii", "replace") if isinstance(value, bytes) else "",
)
def test_files_that_are_no_csv_of_answers(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "survey.csv").write_bytes(content)
    assert message in refusal(tmp_path / "survey.csv")


def test_a_gzip_that_is_cut_off_says_how_far_it_went(tmp_path: Path) -> None:
    packed = gzip.compress(csv_of(answers(2000)).encode(), mtime=0)
    (tmp_path / "survey.csv.gz").write_bytes(packed[: len(packed) // 2])
    said = refusal(tmp_path / "survey.csv.gz")
    line = int(said.split("survey.csv.gz:")[1].split(":")[0])
    assert 100 < line < 2000
    assert "Compressed file ended before the end-of-stream marker" in said


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ([], "holds no .csv file with results"),
        (["readme.txt", "survey_results_schema.csv"], "holds no .csv file with results"),
        (["2024.csv", "2025.csv"], "holds several .csv files (2024.csv, 2025.csv); unpack one"),
    ],
)
def test_archives_without_one_results_file(
    tmp_path: Path, members: list[str], message: str
) -> None:
    path = tmp_path / "survey.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in members:
            archive.writestr(name, "x")
    assert message in refusal(path)


def test_an_archive_with_a_damaged_member(tmp_path: Path) -> None:
    path = tmp_path / "survey.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("results.csv", csv_of(answers(20)))
    path.write_bytes(path.read_bytes().replace(b"60000", b"60001", 1))
    assert "is cut off or damaged here" in refusal(path)


def test_an_archive_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "survey.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("results.csv", csv_of(answers(20)))
    content = bytearray(path.read_bytes())
    content[6] |= 1  # the flag of encryption, where the member and where the list names it
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "cannot be opened" in refusal(path)


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    assert "gone.csv: cannot be read: No such file" in refusal(tmp_path / "gone.csv")
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    assert "folder.csv: cannot be read: Is a directory" in refusal(folder)


def test_too_many_answers_stop_at_their_line(tmp_path: Path) -> None:
    path = write_survey(tmp_path, answers(20))
    with patch.object(files, "MAX_ROWS", 12):
        assert "survey.csv:14: more than 12 answers; is it the right file?" in refusal(path)
    with patch.object(files, "MAX_ROWS", 20):
        run(path, "--dry-run")


def test_free_text_in_the_place_of_a_closed_question(tmp_path: Path) -> None:
    people = [row | {"EdLevel": f"answer {number}"} for number, row in enumerate(answers(2100))]
    said = refusal(write_survey(tmp_path, people))
    assert "survey.csv:2002: more than 2,000 different answers; free text?" in said
