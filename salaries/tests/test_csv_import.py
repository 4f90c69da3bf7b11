"""The general CSV: figures and details in our own form become an edition, whole or not at all."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from evidence.tests.factories import create_source
from salaries.models import Edition, Figure
from salaries.tests.factories import cell, country, edition

pytestmark = pytest.mark.django_db

HEAD = "year,role,employment,country,dimension,value,n,p10,p25,p50,p75,p90,ci_low,ci_high,flags"
GERMANY = "2025,back-end,employed,DE,all,all,259,41764.2,64000,87011,105000,130000,83000,90000,"
POLAND = "2025,back-end,employed,PL,all,all,94,,,64932.5,,,,,monthly-pay"
DETAILS = """\
title: A survey of 2025
short_title: Survey 2025
series: survey
kind: survey
source: survey
year: 2025
fieldwork_from: 2025-05-29
population: People who answered.
method: |
  Percentiles.
limits: Not everybody.
pay_basis: gross-total
period: year
currency: USD
verification: recomputed
licence: ODbL 1.0
attribution: A survey
rates:
  - {currency: EUR, per_unit: 0.86196, kind: inferred, note: "Round numbers."}
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    country("DE")
    country("PL")
    create_source(slug="survey")
    path = tmp_path / "survey-2025.csv"
    path.write_text(f"{HEAD}\n{GERMANY}\n{POLAND}\n", encoding="utf-8")
    path.with_suffix(".yaml").write_text(DETAILS, encoding="utf-8")
    return path


def refused(table: Path, *options: str) -> str:
    with pytest.raises(CommandError) as caught:
        call_command("import_salary_csv", table, *options)
    assert not Edition.objects.exists()
    assert not Figure.objects.exists()
    return str(caught.value)


def test_a_table_becomes_a_draft(table: Path, capsys) -> None:
    call_command("import_salary_csv", table)
    stored = Edition.objects.get()
    assert (stored.slug, stored.published_at, stored.fieldwork_from) == (
        "survey-2025",
        None,
        "2025-05-29",
    )
    assert stored.figures.count() == 2
    assert str(stored.rates.get().per_unit) == "0.86196000"
    assert "Stored as a draft: A survey of 2025 (2 cells)" in capsys.readouterr().out


def test_it_can_be_published_and_exported_byte_for_byte(table: Path, tmp_path: Path) -> None:
    call_command("import_salary_csv", table, "--publish")
    assert Figure.objects.public().count() == 2
    target = tmp_path / "again.csv"
    call_command("export_edition", "survey-2025", f"--output={target}")
    assert target.read_bytes() == table.read_bytes()


def test_the_input_that_the_details_name_stays(table: Path) -> None:
    path = table.with_suffix(".yaml")
    path.write_text(f"{DETAILS}input_name: answers.csv\n", encoding="utf-8")
    call_command("import_salary_csv", table)
    assert Edition.objects.get().input_name == "answers.csv"


def test_rows_in_another_order_are_put_in_order(table: Path, tmp_path: Path) -> None:
    table.write_text(f"{HEAD}\n{POLAND}\n{GERMANY}\n", encoding="utf-8")
    call_command("import_salary_csv", table, f"--write={tmp_path}")
    assert table.read_text(encoding="utf-8").splitlines()[1:] == [GERMANY, POLAND]
    assert "figures_digest: " in table.with_suffix(".yaml").read_text(encoding="utf-8")
    assert not Edition.objects.exists()


def test_the_export_goes_to_the_console(table: Path, capfdbinary) -> None:
    call_command("import_salary_csv", table, stdout=io.StringIO())
    call_command("export_edition", "survey-2025")
    assert capfdbinary.readouterr().out == table.read_bytes()


def test_the_export_of_an_edition_that_is_not_there() -> None:
    edition(slug="so-2025")
    with pytest.raises(CommandError, match=r"no edition so-2024. There are: so-2025"):
        call_command("export_edition", "so-2024")


def test_the_export_to_a_folder_that_is_not_there(tmp_path: Path) -> None:
    edition(slug="so-2025")
    with pytest.raises(CommandError, match="No such file"):
        call_command("export_edition", "so-2025", f"--output={tmp_path}/none/so.csv")


def test_withheld_cells_are_in_the_export(monkeypatch, capfdbinary) -> None:
    monkeypatch.setattr("salaries.editions.protect", lambda cells: {0})
    edition(cell(), cell(country="PL"), slug="so-2025")
    call_command("export_edition", "so-2025")
    assert capfdbinary.readouterr().out.count(b"\n") == 3


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("87011", "-87011", "survey-2025.csv:2: p50: “-87011” is not an amount"),
        ("87011", "much", "survey-2025.csv:2: p50: “much” is not an amount"),
        (",94,", ",9,", "survey-2025.csv:3: n is 9"),
        ("PL", "XX", "survey-2025.csv:3: there is no country “XX”"),
        ("PL", "DE", "survey-2025.csv:3: the cell"),
        ("flags", "comment", "survey-2025.csv:1: the columns must be"),
        ("2025,back-end,employed,PL", "2024,back-end,employed,PL", "csv:3: the year is “2024”"),
    ],
)
def test_a_bad_table(table: Path, old: str, new: str, words: str) -> None:
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace(old, new), encoding="utf-8")
    assert words in refused(table)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("source: survey", "source: nobody", "yaml:5: source: there is no source “nobody”"),
        ("kind: survey", "kind: rumour", "yaml:4: kind: Value 'rumour' is not a valid choice"),
        ("limits: Not everybody.\n", "", "limits: This field cannot be blank"),
        ("title: A survey of 2025\n", "title: [A\n", "survey-2025.yaml:2: "),
        ("licence:", "series:", "survey-2025.yaml:16: the key “series” is written twice"),
        ("note:", "notes:", "survey-2025.yaml:18: rates: each has currency"),
        ("0.86196", "little", "survey-2025.yaml:18: rates: each has currency"),
        ("0.86196", "-1", "survey-2025.yaml:18: rates: EUR: "),
        ("year: 2025", "year: 2025!", "survey-2025.yaml:6: year: say of which year"),
        ("currency: USD", "currency: USD\ncolour: green", "colour: there is no such field"),
    ],
)
def test_bad_details(table: Path, old: str, new: str, words: str) -> None:
    path = table.with_suffix(".yaml")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert words in refused(table)


def test_details_that_are_no_mapping(table: Path) -> None:
    table.with_suffix(".yaml").write_text("- one\n", encoding="utf-8")
    assert "survey-2025.yaml:1: the file must hold keys and values" in refused(table)


def test_details_in_another_encoding(table: Path) -> None:
    table.with_suffix(".yaml").write_bytes(DETAILS.replace("survey", "Köln").encode("latin-1"))
    assert "survey-2025.yaml:1: holds a character that is not UTF-8" in refused(table)


def test_no_details(table: Path) -> None:
    table.with_suffix(".yaml").unlink()
    assert "survey-2025.yaml:1: cannot be read" in refused(table)


def test_a_dry_run_finds_faults_and_changes_nothing(table: Path, capsys) -> None:
    call_command("import_salary_csv", table, "--dry-run", "--publish")
    assert not Edition.objects.exists()
    assert "nothing was changed" in capsys.readouterr().out
    assert "leave --publish out" in refused(table, "--write=/tmp", "--publish")


def test_a_slug_that_is_taken(table: Path) -> None:
    call_command("import_salary_csv", table, "--publish")
    with pytest.raises(CommandError, match="already exists"):
        call_command("import_salary_csv", table)
    assert Figure.objects.count() == 2
