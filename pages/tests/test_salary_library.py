"""`load_library` brings countries, editions and salary guides, and never changes what is public."""

import hashlib
from pathlib import Path

import pytest
from django.core.management import CommandError

from articles.models import Article
from evidence.tests.factories import create_source
from pages.tests.small_library import FIRST, SECOND, edit, load, write_library
from salaries.edition_files import cells_text
from salaries.models import Country, Edition, Figure, PriceLevel, SalaryGuide
from salaries.tests.factories import cell, edition

pytestmark = pytest.mark.django_db

CELLS = [cell(), cell(country="PL", n=94, p50="64932.5", flags=("monthly-pay",))]
DETAILS = """\
title: Study 2025
short_title: Study 2025
series: study
kind: survey
source: study
year: 2025
fieldwork_from: 2025-05-29
population: Shop people.
method: Counted.
limits: Not everybody.
pay_basis: gross-total
period: year
currency: USD
conversion_on: 2025-06-24
verification: recomputed
licence: ODbL 1.0
attribution: Office
rates:
  - {currency: EUR, per_unit: 0.86196, kind: inferred, note: "Round numbers."}
figures_digest: DIGEST
"""
GUIDES = "salaries/guides.yaml"
STUDY = "salaries/study-2025.yaml"
FIGURES = "salaries/study-2025.csv"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_library(tmp_path)
    for name in (FIRST, SECOND):
        edit(tmp_path, name, "level: newcomer", "level: newcomer\nshelf: salaries")
    folder = tmp_path / "salaries"
    folder.mkdir()
    text = cells_text(CELLS, year=2025)
    files = {
        "countries.csv": (
            "code,name,name_in_sentence,currency,aliases\n001,The world,the world,,\n"
            "DE,Germany,,EUR,\nPL,Poland,,PLN,Polska\n"
        ),
        "price_levels.csv": (
            "country,year,ppp,market_rate,market_rate_note,ratio,source\n"
            "DE,2024,0.700862,0.9242,average of the year,0.7583,study\n"
        ),
        "consumer_prices.csv": "country,month,index,name,source\nDE,2025-05,121.8,VPI,study\n",
        "study-2025.csv": text,
        "study-2025.yaml": DETAILS.replace("DIGEST", hashlib.sha256(text.encode()).hexdigest()),
        "guides.yaml": (
            "- {slug: first, role: back-end, country: DE}\n- {slug: second, role: back-end}\n"
        ),
        "README.md": "Not read.",
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return tmp_path


def refused(root: Path) -> str:
    with pytest.raises(CommandError) as caught:
        load(root)
    return str(caught.value)


def test_everything_arrives_and_is_public(root: Path) -> None:
    load(root)
    study = Edition.objects.published().get()
    assert (study.slug, study.source.slug) == ("study-2025", "study")
    assert Figure.objects.public().count() == 2
    assert study.rates.count() == 1
    assert Country.objects.get(code="PL").currency == "PLN"
    assert PriceLevel.objects.count() == 1
    guide = SalaryGuide.objects.get(article__slug="first")
    assert (guide.role, guide.country_id) == ("back-end", "DE")
    assert SalaryGuide.objects.get(article__slug="second").country is None


def test_a_second_load_changes_nothing(root: Path, capsys) -> None:
    load(root)
    before = Edition.objects.values().get()
    load(root)
    assert "0 created, 0 updated" in capsys.readouterr().out.splitlines()[-1]
    assert Edition.objects.values().get() == before


def test_a_library_without_figures_is_fine(tmp_path: Path) -> None:
    write_library(tmp_path)
    load(tmp_path)
    assert not Edition.objects.exists()


def test_a_check_changes_nothing(root: Path) -> None:
    load(root, "--check")
    assert not Edition.objects.exists()
    assert not SalaryGuide.objects.exists()


def test_a_fault_anywhere_leaves_nothing(root: Path) -> None:
    edit(root, GUIDES, "country: DE", "country: XX")
    assert f"{GUIDES}:1: first: there is no country “XX”" in refused(root)
    assert not Edition.objects.exists()
    assert not Country.objects.exists()
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("title: Study 2025", "title: Another", "1: title: "),
        ("method: Counted.", "method: Guessed.", "9: method: "),
        ("2025-05-29", "2025-05-30", "7: fieldwork_from: "),
        ("0.86196", "0.9", "18: rates: "),
    ],
)
def test_a_published_edition_is_not_corrected(root: Path, old: str, new: str, line: str) -> None:
    load(root)
    path = root / STUDY
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    said = refused(root)
    assert f"{STUDY}:{line}" in said
    assert "what is published never changes" in said
    assert "study-2025-2" in said
    assert Edition.objects.get().title == "Study 2025"


def test_a_published_edition_whose_details_are_wrong_now(root: Path) -> None:
    load(root)
    edit(root, STUDY, "source: study", "source: nobody")
    assert f"{STUDY}:5: source: there is no source “nobody”" in refused(root)


def test_other_figures_need_another_slug(root: Path) -> None:
    load(root)
    digest = Edition.objects.get().figures_digest
    text = cells_text([cell(n=300), CELLS[1]], year=2025)
    (root / FIGURES).write_text(text, encoding="utf-8")
    edit(root, STUDY, digest, hashlib.sha256(text.encode()).hexdigest())
    assert f"{STUDY}:20: figures_digest: study-2025 is published with another" in refused(root)
    assert Edition.objects.get().figures_digest == digest
    for name in ("study-2025.csv", "study-2025.yaml"):
        path = root / "salaries" / name
        path.rename(path.with_stem("study-2025-2"))
    load(root)
    assert Edition.objects.published().count() == 2


def test_a_file_that_is_gone_leaves_the_edition(root: Path) -> None:
    load(root)
    (root / STUDY).unlink()
    load(root)
    assert Edition.objects.published().count() == 1


def test_figures_that_are_not_those_of_the_details(root: Path) -> None:
    edit(root, FIGURES, "87011", "87012")
    assert f"{STUDY}:20: figures_digest: {FIGURES} has other figures" in refused(root)


def test_figures_in_another_order(root: Path) -> None:
    head, *rows = (root / FIGURES).read_text(encoding="utf-8").splitlines()
    text = "\n".join([head, *reversed(rows), ""])
    digest = hashlib.sha256(text.encode()).hexdigest()
    (root / FIGURES).write_text(text, encoding="utf-8")
    (root / STUDY).write_text(DETAILS.replace("DIGEST", digest), encoding="utf-8")
    assert f"{FIGURES}:1: the rows are not in the order and form of an export" in refused(root)


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("countries.csv", "PL,Poland", "pl,Poland", "countries.csv:4: code: "),
        ("countries.csv", "PLN", "zloty", "countries.csv:4: currency: "),
        ("countries.csv", "PL,Poland", "DE,Poland", "countries.csv:4: DE stands there twice"),
        ("countries.csv", "Poland", "Germany", "countries.csv:4: name: “Germany” is that of DE"),
        ("countries.csv", ",aliases", "", "countries.csv:1: the columns must be code,name"),
        ("price_levels.csv", "0.7583", "0.9", "price_levels.csv:2: the ratio is not"),
        ("consumer_prices.csv", "2025-05", "May", "consumer_prices.csv:2: “May” is no month"),
        ("study-2025.yaml", "source: study", "source: x", "study-2025.yaml:5: source: there is"),
        ("study-2025.yaml", "kind: survey", "kind: x", "study-2025.yaml:4: kind: "),
        ("guides.yaml", "slug: second", "slug: third", "guides.yaml:2: there is no guide “third”"),
        ("guides.yaml", "slug: second", "slug: first", "guides.yaml:2: first stands there twice"),
        (
            "guides.yaml",
            "{slug: second, role: back-end",
            "{slug: second, role: king",
            "guides.yaml:2: second: Value 'king'",
        ),
    ],
)
def test_faults_name_file_and_line(root: Path, name: str, old: str, new: str, words: str) -> None:
    path = root / "salaries" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    said = refused(root)
    assert f"salaries/{name}:" in said
    assert words in said
    assert not Country.objects.exists()


def test_a_cell_that_does_not_fit_is_told_with_its_line(root: Path) -> None:
    text = (root / FIGURES).read_text(encoding="utf-8").replace(",94,", ",4,")
    digest = hashlib.sha256(text.encode()).hexdigest()
    (root / FIGURES).write_text(text, encoding="utf-8")
    (root / STUDY).write_text(DETAILS.replace("DIGEST", digest), encoding="utf-8")
    assert f"{FIGURES}:3: n is 4" in refused(root)


def test_figures_that_are_missing(root: Path) -> None:
    (root / FIGURES).unlink()
    assert f"{FIGURES}:1: cannot be read" in refused(root)


def test_a_draft_of_the_desk_is_kept(root: Path, capsys) -> None:
    create_source(slug="other")
    edition(slug="study-2025", is_published=False)
    load(root)
    assert "Kept as it is, because an editor changed it: edition study-2025 (a draft)" in (
        capsys.readouterr().out
    )
    assert Edition.objects.get().published_at is None


def test_a_country_follows_the_file(root: Path) -> None:
    load(root)
    edit(root, "salaries/countries.csv", "Germany", "Deutschland")
    load(root)
    assert Country.objects.get(code="DE").name == "Deutschland"


def test_a_price_level_that_was_imported_is_kept(root: Path, capsys) -> None:
    load(root)
    PriceLevel.objects.update(ratio="0.8")
    load(root)
    assert PriceLevel.objects.get().ratio.normalize().to_eng_string() == "0.8"
    assert "price level DE 2024" in capsys.readouterr().out


def test_a_salary_guide_follows_its_file_unless_an_editor_changed_it(root: Path, capsys) -> None:
    load(root)
    edit(root, GUIDES, "country: DE", "country: PL")
    load(root)
    assert SalaryGuide.objects.get(article__slug="first").country_id == "PL"
    SalaryGuide.objects.filter(article__slug="first").update(role="full-stack")
    edit(root, GUIDES, "country: PL", "country: DE")
    load(root)
    assert SalaryGuide.objects.get(article__slug="first").role == "full-stack"
    assert "salary guide first" in capsys.readouterr().out


def test_two_guides_for_one_role_and_place(root: Path) -> None:
    edit(
        root,
        GUIDES,
        "{slug: second, role: back-end}",
        "{slug: second, role: back-end, country: DE}",
    )
    assert "There is a salary guide for this role and place already." in refused(root)
