"""Price levels and consumer prices come with their source, or not at all."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from evidence.tests.factories import create_source
from salaries.models import ConsumerPrices, PriceLevel
from salaries.tests.factories import country

pytestmark = pytest.mark.django_db

OURS = "country,year,ppp,market_rate,market_rate_note,ratio,source"
GERMANY = "DE,2024,0.700862,0.9242,average of the year,0.7583,world-bank"
LONG = "country,country_name,year,currency,ppp_lcu_per_intl_usd,fx_lcu_per_usd,fx_kind"
PRICES = "country,month,index,name,source"
MAY = 'US,2025-05,321.465,"CPI-U, all items",bls'


@pytest.fixture(autouse=True)
def known() -> None:
    for code in ("DE", "PL", "US"):
        country(code)
    create_source(slug="world-bank")
    create_source(slug="bls")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


def run(table: Path, *lines: str, command: str = "import_price_levels", options=()) -> None:
    table.write_text("\n".join([*lines, ""]), encoding="utf-8")
    call_command(command, table, *options)


def refused(table: Path, *lines: str, command: str = "import_price_levels") -> str:
    with pytest.raises(CommandError) as caught:
        run(table, *lines, command=command)
    assert not PriceLevel.objects.exists()
    assert not ConsumerPrices.objects.exists()
    return str(caught.value)


def test_price_levels_are_stored_with_year_and_source(table: Path) -> None:
    run(table, OURS, GERMANY)
    level = PriceLevel.objects.get()
    assert (level.country_id, level.year, level.ratio) == ("DE", 2024, Decimal("0.7583"))
    assert (level.market_rate_note, level.source.slug) == ("average of the year", "world-bank")


def test_parities_and_rates_become_price_levels(table: Path, capsys) -> None:
    run(
        table,
        LONG,
        "DE,Germany,2024,EUR,0.700862,0.9242,annual-average",
        "PL,Poland,2024,PLN,1.949414,4.040983392861798,survey-conversion (mid-June 2024)",
        "PL,Poland,2023,PLN,1.920474,,",
        "XX,Nowhere,2024,XXX,1,2,annual-average",
        options=("--source=world-bank",),
    )
    levels = {level.country_id: level for level in PriceLevel.objects.all()}
    assert levels["DE"].ratio == Decimal("0.7583")
    assert levels["DE"].market_rate_note == "average of the year, US Federal Reserve (H.10)"
    assert levels["PL"].ratio == Decimal("0.4824")
    assert levels["PL"].market_rate == Decimal("4.04098339")
    assert "without a rate or a country: 2" in capsys.readouterr().out


def test_our_form_can_be_written(table: Path, tmp_path: Path) -> None:
    target = tmp_path / "price_levels.csv"
    rows = (LONG, "DE,Germany,2024,EUR,0.700862,0.9242,annual-average")
    run(table, *rows, options=("--source=world-bank", f"--write={target}"))
    note = '"average of the year, US Federal Reserve (H.10)"'
    row = f"DE,2024,0.700862,0.9242,{note},0.7583,world-bank"
    assert target.read_text(encoding="utf-8") == f"{OURS}\n{row}\n"


def test_a_second_import_corrects(table: Path, capsys) -> None:
    run(table, OURS, GERMANY)
    run(table, OURS, GERMANY.replace("0.700862", "0.71").replace("0.7583", "0.7682"))
    assert PriceLevel.objects.get().ratio == Decimal("0.7682")
    assert "0 created, 1 updated, 0 unchanged" in capsys.readouterr().out


def test_a_dry_run_changes_nothing(table: Path) -> None:
    run(table, OURS, GERMANY, options=("--dry-run",))
    assert not PriceLevel.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("DE", "XX", "table.csv:3: there is no country “XX”"),
        ("world-bank", "nobody", "table.csv:3: there is no source “nobody”"),
        ("0.7583", "0.7", "table.csv:3: the ratio is not ppp divided by market_rate"),
        ("0.9242", "0", "table.csv:3: market_rate is missing, or nothing"),
        ("0.9242", "", "table.csv:3: market_rate is missing"),
        ("0.700862", "-0.7", "table.csv:3: ppp: “-0.7” is not an amount"),
        ("0.700862", "cheap", "table.csv:3: ppp: “cheap” is not an amount"),
        ("2024", "last year", "table.csv:3: year: “last year” is not a count"),
        ("average of the year", "", "table.csv:3: market_rate_note: "),
        (",world-bank", "", "table.csv:3: 6 columns instead of 7"),
    ],
)
def test_a_bad_row_undoes_everything(table: Path, old: str, new: str, words: str) -> None:
    first = "PL,2024,2,4,average of the year,0.5,world-bank"
    assert words in refused(table, OURS, first, GERMANY.replace(old, new))


def test_a_year_twice(table: Path) -> None:
    assert "table.csv:3: DE 2024 stands there twice" in refused(table, OURS, GERMANY, GERMANY)


def test_other_columns_and_other_encodings(table: Path) -> None:
    assert "table.csv:1: the columns must be country,year,ppp" in refused(table, "a,b", "1,2")
    table.write_bytes(f"{OURS}\n{GERMANY.replace('average', 'Mittel über')}\n".encode("latin-1"))
    with pytest.raises(CommandError, match=r"table\.csv:2: holds a character that is not UTF-8"):
        call_command("import_price_levels", table)

    said = refused(table, OURS, GERMANY.replace("average", "aver\0age"))
    assert "table.csv:2: this is not CSV: it holds a NUL byte" in said


def test_a_file_that_cannot_be_written_undoes_everything(table: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere/levels\.csv: No such file"):
        run(table, OURS, GERMANY, options=(f"--write={tmp_path / 'nowhere' / 'levels.csv'}",))
    assert not PriceLevel.objects.exists()


def test_consumer_prices_are_stored_by_month(table: Path) -> None:
    run(table, PRICES, MAY, command="import_consumer_prices")
    prices = ConsumerPrices.objects.get()
    assert (prices.month, prices.index) == (date(2025, 5, 1), Decimal("321.465"))
    run(table, PRICES, MAY.replace("321.465", "321.5"), command="import_consumer_prices")
    assert ConsumerPrices.objects.get().index == Decimal("321.5")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2025-05", "May 2025", "“May 2025” is no month"),
        ("2025-05", "2025-13", "“2025-13” is no month"),
        ("321.465", "", "index is missing"),
        ("321.465", "0", "index is missing, or nothing"),
        ("321.465", "321,465", "columns instead of 5"),
        ("US", "XX", "there is no country “XX”"),
        ("bls", "nobody", "there is no source “nobody”"),
        ('"CPI-U, all items"', "", "name: "),
    ],
)
def test_bad_consumer_prices(table: Path, old: str, new: str, words: str) -> None:
    said = refused(table, PRICES, MAY.replace(old, new), command="import_consumer_prices")
    assert "table.csv:2: " in said
    assert words in said
