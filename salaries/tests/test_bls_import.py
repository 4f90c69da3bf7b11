"""US official wage statistics become an edition as printed, or nothing at all."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from evidence.tests.factories import create_source
from salaries.models import Edition, Figure
from salaries.tests.factories import country

pytestmark = pytest.mark.django_db

# The columns of national_M2025_dl.xlsx that matter, with one that does not.
OFFICIAL = (
    "AREA_TYPE,NAICS,NAICS_TITLE,OCC_CODE,OCC_TITLE,TOT_EMP,EMP_PRSE,A_MEAN,MEAN_PRSE,"
    "A_PCT10,A_PCT25,A_MEDIAN,A_PCT75,A_PCT90"
)
DEVELOPERS = (
    '1,000000,Cross-industry,15-1252,Software Developers,"1,687,890",0.5,148020,0.4,'
    "82460,105210,135980,171980,214670"
)
MANAGERS = (
    '1,000000,Cross-industry,11-3021,Managers,"645,970",0.6,187990,0.3,'
    "104450,134350,171200,216220,#"
)
LONG = (
    "source,year,reference_month,country,area,soc_code,occupation,industry_code,industry,"
    "employment,employment_rse_pct,mean,mean_rse_pct,p10,p25,p50,p75,p90,top_coded,currency,pay_basis"
)
LONG_ROW = (
    "bls-oews,2025,May,US,United States,15-1252,Software Developers,000000,Cross-industry,"
    "1687890,0.5,148020,0.4,82460,105210,135980,171980,214670,False,USD,gross annual wage"
)
DETAILS = """\
title: US wages, May 2025
short_title: US 2025
series: bls-oews
kind: official
source: bls
year: 2025
population: Employees.
method: As printed.
limits: Base pay.
pay_basis: gross-base
period: year
currency: USD
verification: quoted
licence: Public domain
attribution: US Bureau of Labor Statistics
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    country("US")
    create_source(slug="bls")
    (tmp_path / "bls-2025.yaml").write_text(DETAILS, encoding="utf-8")
    return tmp_path


def run(folder: Path, *lines: str, head: str = OFFICIAL, options: tuple[str, ...] = ()) -> None:
    table = folder / "national.csv"
    table.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    call_command(
        "import_bls_oews", table, "--details", folder / "bls-2025.yaml", *options, verbosity=0
    )


def refused(folder: Path, *lines: str, head: str = OFFICIAL) -> str:
    with pytest.raises(CommandError) as caught:
        run(folder, *lines, head=head)
    assert not Edition.objects.exists()
    return str(caught.value)


def test_the_published_figures_of_software_developers(folder: Path) -> None:
    run(folder, DEVELOPERS, options=("--publish",))
    figure = Figure.objects.public().get()
    assert (figure.role, figure.country_id, figure.employment) == ("soc-15-1252", "US", "employed")
    assert [figure.p10, figure.p50, figure.p90] == [82460, 135980, 214670]
    assert (figure.n, figure.jobs, figure.relative_error) == (None, 1687890, Decimal("0.4"))
    assert (figure.ci_low, figure.flags) == (None, [])


def test_the_long_form_gives_the_same(folder: Path) -> None:
    other_year = LONG_ROW.replace("2025", "2024").replace("135980", "133080")
    run(folder, other_year, LONG_ROW, head=LONG)
    figure = Figure.objects.get()
    assert [figure.p10, figure.p50, figure.p90] == [82460, 135980, 214670]
    assert figure.jobs == 1687890


def test_the_input_is_named(folder: Path) -> None:
    run(folder, DEVELOPERS)
    stored = Edition.objects.get()
    assert (stored.slug, stored.published_at, stored.input_name) == (
        "bls-2025",
        None,
        "national.csv",
    )
    assert len(stored.input_digest) == 64


def test_what_is_above_the_ceiling_is_empty_and_marked(folder: Path) -> None:
    run(folder, MANAGERS)
    figure = Figure.objects.get()
    assert (figure.p75, figure.p90, figure.flags) == (216220, None, ["top-coded"])


def test_the_long_form_says_what_is_above_the_ceiling(folder: Path) -> None:
    run(folder, LONG_ROW.replace("214670,False", ",True"), head=LONG)
    assert (Figure.objects.get().p90, Figure.objects.get().flags) == (None, ["top-coded"])


def test_an_industry_is_a_dimension(folder: Path) -> None:
    construction = DEVELOPERS.replace("000000,Cross-industry", "23,Construction")
    run(folder, DEVELOPERS, construction)
    assert set(Figure.objects.values_list("dimension", "value", "value_slug")) == {
        ("all", "all", "all"),
        ("industry", "Construction", "construction"),
    }


def test_rows_that_give_no_figure_are_counted(folder: Path, capsys) -> None:
    run(
        folder,
        DEVELOPERS,
        DEVELOPERS.replace("15-1252", "35-2014"),
        DEVELOPERS.replace("1,000000", "2,000000"),
        DEVELOPERS.replace("15-1252", "15-1251").replace("135980", "*"),
        DEVELOPERS.replace("15-1252", "15-1254").replace("135980", "#"),
        DEVELOPERS.replace("15-1252", "15-1255").replace('"1,687,890"', "**"),
    )
    assert Figure.objects.count() == 1
    said = capsys.readouterr().out
    assert "rows left out of an occupation that we do not show: 1" in said
    assert "rows left out of another area than the whole country: 1" in said
    assert "rows left out without a median: 2" in said
    assert "rows left out without a number of jobs: 1" in said


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("135980", "-135980", "national.csv:3: p50: “-135980” is not a number"),
        ("135980", "high", "national.csv:3: p50: “high” is not a number"),
        ("82460", "902460", "national.csv:3: p10 (902460) is above p25 (105210)"),
        ("82460", "1,2", "national.csv:3: 15 columns instead of 14"),
        ("135980", "0", "national.csv:3: p50 is 0; pay is more than nothing"),
        ("0.4", "4000", "national.csv:3: relative_error is not a share"),
        ('"1,687,890"', '"1,68,789"', "national.csv:3: jobs: “1,68,789” is not a number"),
        ("000000,Cross-industry", "23,=1+1", "national.csv:3: the value “=1+1” would run"),
    ],
)
def test_a_bad_row_undoes_everything(folder: Path, old: str, new: str, words: str) -> None:
    assert words in refused(folder, MANAGERS, DEVELOPERS.replace(old, new))


def test_an_occupation_twice(folder: Path) -> None:
    assert "national.csv:3: the cell" in refused(folder, DEVELOPERS, DEVELOPERS)


def test_other_columns(folder: Path) -> None:
    assert "national.csv:1: the columns must be OCC_CODE,NAICS" in refused(
        folder, "x,y", head="country,median"
    )


def test_the_wrong_year(folder: Path) -> None:
    said = refused(folder, LONG_ROW.replace("2025", "2024"), head=LONG)
    assert "national.csv:1: no row of 2025 has a median" in said


def test_another_encoding(folder: Path) -> None:
    table = folder / "national.csv"
    table.write_bytes(f"{OFFICIAL}\n{DEVELOPERS}\n".replace("Software", "Köln").encode("latin-1"))
    with pytest.raises(CommandError, match=r"national\.csv:2: holds a character that is not UTF-8"):
        call_command("import_bls_oews", table, "--details", folder / "bls-2025.yaml")


def test_a_dry_run_changes_nothing(folder: Path, capsys) -> None:
    run(folder, DEVELOPERS, options=("--dry-run", "--publish"))
    assert not Edition.objects.exists()
    assert "nothing was changed" in capsys.readouterr().out


def test_the_files_of_the_edition_can_be_written(folder: Path) -> None:
    run(folder, DEVELOPERS, options=(f"--write={folder}",))
    assert not Edition.objects.exists()
    head, row = (folder / "bls-2025.csv").read_text(encoding="utf-8").splitlines()
    assert head.endswith(",flags,jobs,relative_error")
    assert row.endswith(",82460,105210,135980,171980,214670,,,,1687890,0.4")
    details = (folder / "bls-2025.yaml").read_text(encoding="utf-8")
    assert 'input_name: "national.csv"' in details
    assert "figures_digest: " in details


def test_details_that_do_not_fit(folder: Path) -> None:
    path = folder / "bls-2025.yaml"
    path.write_text(DETAILS.replace("source: bls", "source: nobody"), encoding="utf-8")
    assert "there is no source “nobody”" in refused(folder, DEVELOPERS)
    path.write_text(DETAILS.replace("year: 2025\n", ""), encoding="utf-8")
    assert "say of which year" in refused(folder, DEVELOPERS)
    path.unlink()
    assert "cannot be read" in refused(folder, DEVELOPERS)
