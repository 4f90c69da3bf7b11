"""The CSV of an edition: the same cells are the same bytes, and a bad file says where it is bad."""

import hashlib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from core.library import LibraryError
from salaries import edition_files
from salaries.edition_files import (
    COLUMNS,
    OFFICIAL_COLUMNS,
    amount_text,
    cells_digest,
    cells_text,
    csv_text,
    read_cells,
    write_cells,
)
from salaries.tests.factories import cell

HEAD = ",".join(COLUMNS)
GOOD = "2025,back-end,employed,DE,all,all,259,41764.2,64000,87011,105000,130000,83000,90000,"
Faults = Callable[..., list[str]]


@pytest.fixture
def faults(tmp_path: Path) -> Faults:
    """Return what is said of a file with these lines, each as "line: message"."""

    def read(
        *lines: str, head: str = HEAD, encoding: str = "utf-8", **options: object
    ) -> list[str]:
        path = tmp_path / "table.csv"
        path.write_bytes("\n".join([head, *lines, ""]).encode(encoding))
        with pytest.raises(LibraryError) as caught:
            list(read_cells(path, **options))
        assert {fault.path for fault in caught.value.faults} == {"table.csv"}
        return [f"{fault.line}: {fault.message}" for fault in caught.value.faults]

    return read


def changed(column: str, text: str) -> str:
    """Return the good row with another text in a column."""
    values = dict(zip(COLUMNS, GOOD.split(","), strict=True)) | {column: text}
    return ",".join(values.values())


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "so-2025.csv"
    cells = [
        cell(p10="41764.2", p25=64000, p75=105000, p90=130000, ci_low=83000, ci_high=90000),
        cell(country="PL", n=94, p50="64932.5", flags=("monthly-pay", "top-coded")),
        cell(dimension="education", value="Bachelor’s degree (B.A., B.S.)", n=31),
        cell(dimension="language", value='The "D" language', n=30),
    ]
    digest = write_cells(path, reversed(cells), year=2025)
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert digest == cells_digest(cells, year=2025)
    first, poland, *others = cells
    again = list(read_cells(path, year=2025, countries={"DE", "PL"}))
    assert again == [first, *others, poland]
    assert path.read_bytes().startswith(HEAD.encode() + b"\n2025,back-end,employed,DE,all,all,259,")
    assert b"\r" not in path.read_bytes()


def test_official_statistics_have_two_more_columns(tmp_path: Path) -> None:
    path = tmp_path / "bls.csv"
    official = cell(n=None, jobs=1_687_890, relative_error=Decimal("0.40"), flags=("top-coded",))
    write_cells(path, [official], year=2025)
    head, row = path.read_text(encoding="utf-8").splitlines()
    assert head == ",".join([*COLUMNS, *OFFICIAL_COLUMNS])
    assert row == "2025,back-end,employed,DE,all,all,,,,87011,,,,,top-coded,1687890,0.4"
    assert list(read_cells(path)) == [official]


@pytest.mark.parametrize(
    ("amount", "text"),
    [("87011", "87011"), ("87011.00", "87011"), ("64932.50", "64932.5"), ("8.7E+4", "87000")],
)
def test_amounts_have_all_their_digits_and_no_more(amount: str, text: str) -> None:
    assert amount_text(Decimal(amount)) == text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_does_not_run_as_a_formula(start: str) -> None:
    text = csv_text([["name", 1], [f"{start}cmd|'/c calc'!A1", Decimal("-5.50")]])
    assert f"'{start}cmd" in text
    assert text.rstrip().endswith("-5.5")  # a number stays one


def test_values_of_every_kind() -> None:
    row: list[object] = [None, "a,b", ("x", "y"), [], 5, 0.25, Decimal("1.0"), "Größe"]
    assert csv_text([row]) == ',"a,b",x;y,,5,0.25,1,Größe\n'


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "excel.csv"
    path.write_bytes(f"\ufeff{HEAD}\r\n{GOOD}\r\n".encode())
    assert [cell.country for cell in read_cells(path)] == ["DE"]


@pytest.mark.parametrize(
    "head",
    [
        "",
        "country,median",
        HEAD.replace(",flags", ""),
        f"{HEAD},jobs",
        f"{HEAD},comment",
        f"{HEAD},flags",
        HEAD.replace("p25", "p10"),
        HEAD.replace(",", ";"),
    ],
)
def test_other_columns(faults: Faults, head: str) -> None:
    (fault,) = faults(GOOD, head=head)
    assert fault.startswith(f"1: the columns must be {HEAD}, or {HEAD},jobs,relative_error; here")


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        ("n", "-259", "n: “-259” is not a count"),
        ("n", "9", "n is 9; cells of fewer than 10"),
        ("n", "25.5", "is not a count"),
        ("n", "many", "is not a count"),
        ("n", "", "neither how many answered"),
        ("p50", "-87011", "p50: “-87011” is not an amount"),
        ("p50", "87,011", "columns instead of 15"),
        ("p50", "87011 €", "is not an amount"),
        ("p50", "8.7e4", "is not an amount"),
        ("p50", "NaN", "is not an amount"),
        ("p50", "٨٧", "is not an amount"),
        ("p50", "", "the median (p50) is missing"),
        ("p50", "0", "pay is more than nothing"),
        ("p50", "87011.123", "at most 2 decimal places"),
        ("p10", "64001", "p10 (64001) is above p25 (64000)"),
        ("ci_low", "87012", "begins (87012) above the median"),
        ("role", "wizard", "there is no role “wizard”"),
        ("employment", "", "there is no employment “”"),
        ("country", "XX", "there is no country “XX”"),
        ("dimension", "height", "there is no dimension “height”"),
        ("value", "Go", "belong together"),
        ("flags", "odd", "there is no flag “odd”"),
        ("year", "2024", "the year is “2024”; the edition is of 2025"),
    ],
)
def test_bad_values(faults: Faults, column: str, text: str, words: str) -> None:
    found = faults(
        GOOD.replace("back-end", "devops"), changed(column, text), countries={"DE"}, year=2025
    )
    assert found[0].startswith("3: ")
    assert words in found[0]


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@A1"])
def test_text_that_looks_like_a_formula(faults: Faults, value: str) -> None:
    (fault,) = faults(changed("value", value).replace("DE,all", "DE,language"))
    assert fault == f"2: the value “{value}” would run as a formula in a spreadsheet"


def test_every_fault_is_told_with_its_line(faults: Faults) -> None:
    found = faults(changed("n", "3"), GOOD, changed("role", "wizard"), "2025,back-end")
    assert found == [
        "2: n is 3; cells of fewer than 10 people are not kept",
        "3: the cell back-end / employed / DE / all / all stands in line 2 already",
        "4: there is no role “wizard”",
        "5: 2 columns instead of 15",
    ]


def test_a_cell_twice(faults: Faults) -> None:
    other = GOOD.replace("all,all", "org_size,2-9")
    same = GOOD.replace("all,all", "org_size,2 to 9 employees")
    assert faults(GOOD, GOOD) == [
        "3: the cell back-end / employed / DE / all / all stands in line 2 already"
    ]
    assert "stands in line 2 already" in faults(other, same)[0]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_another_encoding(faults: Faults, encoding: str) -> None:
    assert faults(GOOD, GOOD.replace("all,all", "city,Köln"), encoding=encoding) == [
        "3: holds a character that is not UTF-8"
    ]


def test_utf_16(faults: Faults) -> None:
    assert faults(GOOD, encoding="utf-16") == ["1: holds a character that is not UTF-8"]


def test_broken_quotes(faults: Faults) -> None:
    assert faults(GOOD, changed("value", '"Go" lang'))[0].startswith("3: this is not CSV: ")
    assert "this is not CSV" in faults(changed("value", '"never ends'))[0]


def test_a_line_that_never_ends(faults: Faults) -> None:
    assert faults(GOOD, "x" * 20_000) == ["3: this is not CSV: a line is longer than 10,000 bytes"]


def test_no_cells(faults: Faults) -> None:
    assert faults() == ["1: the file has no rows"]


def test_too_many_cells_stop_the_reading(faults: Faults, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edition_files, "MOST_CELLS", 3)
    rows = [GOOD.replace("all,all", f"language,L{number}") for number in range(9)]
    assert faults(*rows) == ["5: the file has more than 3 cells"]


def test_a_file_that_is_wrong_throughout_does_not_go_on_for_ever(faults: Faults) -> None:
    assert len(faults(*["a,b"] * 1000)) == 50


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"none\.csv:1: cannot be read: No such file"):
        list(read_cells(tmp_path / "none.csv"))


def test_the_good_rows_come_before_the_end(tmp_path: Path) -> None:
    """A stream: whoever stores cells does it in a transaction."""
    path = tmp_path / "table.csv"
    path.write_text(f"{HEAD}\n{GOOD}\nbroken\n", encoding="utf-8")
    cells = read_cells(path)
    assert next(cells).n == 259
    with pytest.raises(LibraryError):
        next(cells)


def test_reading_and_writing_agree_on_the_text() -> None:
    assert cells_text([cell()], year=2025).splitlines()[0] == HEAD
