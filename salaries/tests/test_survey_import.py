"""`import_salary_survey`: a draft, a publication, files, a report, or nothing at all."""

import gzip
import hashlib
import zipfile
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from core.library import LibraryError
from evidence.tests.factories import create_source
from salaries.detail_files import read_details
from salaries.edition_files import read_cells
from salaries.importers.country_names import CountryNames
from salaries.importers.progress import ProgressBar
from salaries.models import Edition, Figure
from salaries.tests.factories import country
from salaries.tests.survey_files import DETAILS, answers, run, write_details, write_survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """A survey of 20 people in Germany, with everything the database must know before."""
    create_source(slug="the-survey")
    for code in ("DE", "001"):
        country(code)
    return write_survey(tmp_path, answers(20))


def test_stores_a_draft(survey: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(survey, "--details", write_details(survey.parent))
    edition = Edition.objects.get()
    assert (edition.slug, edition.year, edition.published_at) == ("test-2025", 2025, None)
    assert edition.input_name == "survey.csv"
    assert edition.input_digest == hashlib.sha256(survey.read_bytes()).hexdigest()
    figure = Figure.objects.get(country="DE", role="back-end", dimension="all")
    assert (figure.n, str(figure.p50), figure.currency) == (20, "69500.00", "USD")
    assert "Stored as a draft: A survey (4 cells)" in capsys.readouterr().out
    assert not Figure.objects.public().exists()


def test_publishes_when_told(survey: Path) -> None:
    run(survey, "--details", write_details(survey.parent), "--publish")
    assert Edition.objects.published().get().figures_digest
    assert Figure.objects.public().filter(country="DE").exists()


@pytest.mark.parametrize("options", [(), ("--publish",)])
def test_a_dry_run_stores_nothing(
    survey: Path, options: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    run(survey, "--dry-run", *options, "--details", write_details(survey.parent))
    run(survey, "--dry-run", "--write", survey.parent)
    run(survey, "--dry-run")  # details are not needed to look at a file
    assert not Edition.objects.exists()
    assert not (survey.parent / "test-2025.csv").exists()
    said = capsys.readouterr().out
    assert said.count("A dry run: nothing was changed.") == 3
    assert "Stored" not in said


def test_a_dry_run_finds_what_the_database_would_refuse(survey: Path) -> None:
    details = write_details(survey.parent, DETAILS.replace("the-survey", "no-source"))
    with pytest.raises(CommandError, match=r"test-2025\.yaml:5: source: there is no source “no-s"):
        run(survey, "--dry-run", "--details", details)


def test_the_report_says_what_was_dropped_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [
        *answers(40),
        *answers(3, ConvertedCompYearly="NA"),
        *answers(2, Employment="Student"),
        *answers(4, ConvertedCompYearly="5000"),
        *answers(1, ConvertedCompYearly="990000"),
        *answers(1, Country="Nomadic"),
        *answers(2, DevType="Product manager"),
    ]
    saved = tmp_path / "quality.txt"
    run(write_survey(tmp_path, people), "--dry-run", "--report", saved)
    said = capsys.readouterr().out
    assert saved.read_text(encoding="utf-8") in said
    words = [" ".join(line.split()) for line in said.splitlines()]
    for expected in (
        "Rows read: 53",
        "Dropped: 10",
        "3 no pay given",
        "2 neither employed nor contractor, or not said",
        "4 below the floor of the country",
        "1 above the ceiling of the country",
        "Kept: 43",
        "1 of them without a country: they count for the world only",
        "2 of them in other roles: they count for their country’s median only",
        "DE Germany 52 3 2 4 1 42 8.5 2.1 47 77,000 9,625 770,000 monthly?",
    ):
        assert expected in words
    assert any(line.startswith("(no country) 1 0 0 0 0 1") for line in words)


def test_writes_files_that_the_library_takes(survey: Path) -> None:
    details = write_details(survey.parent)
    run(survey, "--write", survey.parent, "--details", details)
    figures = survey.parent / "test-2025.csv"
    assert len(list(read_cells(figures, year=2025))) == 4
    written = read_details(details)
    assert written.figures_digest == hashlib.sha256(figures.read_bytes()).hexdigest()
    assert written.fields["input_name"] == "survey.csv"
    assert details.read_text(encoding="utf-8").startswith(DETAILS)
    before = details.read_bytes()
    run(survey, "--write", survey.parent, "--details", details)
    assert details.read_bytes() == before
    assert sorted(path.name for path in survey.parent.iterdir()) == [
        *("survey.csv", "test-2025.csv", "test-2025.yaml")
    ]
    assert not Edition.objects.exists()


@pytest.mark.parametrize("packing", ["gz", "zip", "bom", "crlf"])
def test_reads_the_same_however_it_is_packed(survey: Path, packing: str) -> None:
    run(survey, "--write", survey.parent)
    expected = (survey.parent / "test-2025.csv").read_bytes()
    content = survey.read_bytes()
    path = survey.parent / f"packed.{packing}"
    if packing == "gz":
        path.write_bytes(gzip.compress(content))
    elif packing == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("survey_results_schema.csv", "qid\n")
            archive.writestr("__MACOSX/._results.csv", "\0")
            archive.writestr("2025/survey_results_public.csv", content)
    else:
        path.write_bytes(
            b"\xef\xbb\xbf" + content if packing == "bom" else content.replace(b"\n", b"\r\n")
        )
    run(path, "--write", survey.parent)
    assert (survey.parent / "test-2025.csv").read_bytes() == expected


def test_a_full_disk_leaves_the_old_files_as_they_were(survey: Path) -> None:
    details = write_details(survey.parent)
    old = survey.parent / "test-2025.csv"
    old.write_text("old", encoding="utf-8")
    full = OSError(28, "No space left on device", "somewhere")
    with (
        patch.object(Path, "write_text", side_effect=full),
        pytest.raises(CommandError, match="No space left"),
    ):
        run(survey, "--write", survey.parent, "--details", details)
    assert old.read_text(encoding="utf-8") == "old"
    assert len(list(survey.parent.iterdir())) == 3


def test_a_published_edition_is_never_replaced(survey: Path) -> None:
    details = write_details(survey.parent)
    run(survey, "--details", details, "--publish")
    before = list(Figure.objects.values_list())
    with pytest.raises(CommandError, match="never changes; take another slug"):
        run(survey, "--details", details)
    assert list(Figure.objects.values_list()) == before


def test_a_draft_is_not_replaced_unasked(survey: Path) -> None:
    details = write_details(survey.parent)
    run(survey, "--details", details)
    with pytest.raises(CommandError, match="exists as a draft already"):
        run(survey, "--details", details)
    assert Edition.objects.count() == 1


def test_a_country_that_the_database_lacks_stores_nothing(tmp_path: Path) -> None:
    create_source(slug="the-survey")
    country("001")
    path = write_survey(tmp_path, answers(20))
    with pytest.raises(CommandError, match="no country “DE”"):
        run(path, "--details", write_details(tmp_path))
    assert not Edition.objects.exists()
    assert not Figure.objects.exists()


def test_a_name_of_two_countries_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "countries.csv"
    path.write_text(
        "code,name,name_in_sentence,currency,aliases\n"
        "KP,North Korea,,KPW,Korea\nKR,South Korea,,KRW,Republic of Korea;korea\n",
        encoding="utf-8",
    )
    with pytest.raises(LibraryError, match=r"countries\.csv:3: “korea” means KP already"):
        CountryNames.from_file(path)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "test-2025.yaml is missing"),
        (("--details", "nowhere.yaml"), "nowhere.yaml:1: cannot be read"),
        (("--write", "nowhere"), "There is no folder nowhere"),
        (("--write", ".", "--publish"), "leave --publish out"),
        (("--dry-run", "--year", "2021"), "from 2022 on, not of 2021"),
    ],
)
def test_options_that_cannot_work(survey: Path, options: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(survey, *options)
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("slug", "message"),
    [
        ("../evil-2025", "takes a slug"),
        ("So 2025", "takes a slug"),
        ("a-survey", "Say so with --year"),
    ],
)
def test_slugs_that_cannot_be(survey: Path, slug: str, message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(survey, "--dry-run", edition=slug)


def test_details_of_another_year_are_refused(survey: Path) -> None:
    details = write_details(survey.parent, slug="test-2024")
    with pytest.raises(CommandError, match="year: 2025, but the survey is of 2024"):
        run(survey, "--details", details, edition="test-2024")


def test_the_bar_shows_on_a_terminal_only(capsys: pytest.CaptureFixture[str]) -> None:
    class Terminal:
        text = ""

        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> None:
            self.text += text

        def flush(self) -> None:
            pass

    terminal = Terminal()
    bar = ProgressBar(terminal, "Reading")
    for done in (0, 1, 500, 1000):
        bar(done, 1000)
    bar.close()
    assert terminal.text.endswith("[########################################] 100 %\n")
    assert terminal.text.count("\r") == 3  # only where the number changes


def test_without_a_terminal_there_is_no_bar(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(survey, "--dry-run")
    assert capsys.readouterr().err == ""


# What others printed from the publisher's own file; see docs/salary-import.md.
@pytest.mark.parametrize(
    ("code", "n", "median"),
    [
        ("US", "626", "175000"),
        ("DE", "259", "87011"),
        ("PL", "94", "64932.5"),
        ("IN", "181", "23248"),
    ],
)
def test_shipped_figures_match_published_ones(code: str, n: str, median: str) -> None:
    path = settings.CONTENT_DIR / "salaries" / "so-2025.csv"
    cells = {cell.key: cell for cell in read_cells(path, year=2025)}
    cell = cells["back-end", "employed", code, "all", "all"]
    assert (str(cell.n), str(cell.p50)) == (n, median)


def test_help_names_the_options(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        call_command("import_salary_survey", "--help")
    assert "--dry-run" in capsys.readouterr().out
