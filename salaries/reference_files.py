"""Small tables that figures are read with: countries, price levels, consumer prices."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from core.library import Report
from evidence.models import Source
from salaries.edition_files import amount_of, count_of
from salaries.models import ConsumerPrices, Country, PriceLevel
from salaries.tables import Table

COUNTRY_COLUMNS = ("code", "name", "name_in_sentence", "currency", "aliases")
PRICE_LEVEL_COLUMNS = (
    *("country", "year", "ppp", "market_rate"),
    *("market_rate_note", "ratio", "source"),
)
CONSUMER_PRICES_COLUMNS = ("country", "month", "index", "name", "source")
COUNTRY_CODE = re.compile(r"[A-Z]{2}|001")
CURRENCY = re.compile(r"(?:[A-Z]{3})?")
RATIO_TOLERANCE = Decimal("0.0001")  # the file rounds to four places

Row = dict[str, str]


def load_countries(table: Table, report: Report) -> None:
    """Create countries, and bring them up to date: the file is the only place to edit them.

    Raises LibraryError with the faults of the file.
    """
    codes: dict[str, str] = {}

    def build(row: Row) -> Country:
        code = codes.setdefault(row["name"], row["code"])
        if code != row["code"]:
            raise ValueError(f"name: “{row['name']}” is that of {code} already")
        return _country(row)

    load_rows(table, build, key=("code",), report=report, overwrite=True)


def _country(row: Row) -> Country:
    if not COUNTRY_CODE.fullmatch(row["code"]):
        raise ValueError(f"code: “{row['code']}” is not of the form DE, and not 001")
    if not CURRENCY.fullmatch(row["currency"]):
        raise ValueError(f"currency: “{row['currency']}” is not of the form EUR")
    return Country(**{name: row[name] for name in COUNTRY_COLUMNS[:4]})


def load_price_levels(table: Table, report: Report, *, overwrite: bool = False) -> None:
    """Create price levels; those that are stored with other values are kept, or overwritten.

    Raises LibraryError with the faults of the file.
    """
    codes, sources = _codes(), _sources()

    def build(row: Row) -> PriceLevel:
        ppp, market_rate, ratio = (
            _amount(row, name, table) for name in ("ppp", "market_rate", "ratio")
        )
        if not market_rate or abs(ppp / market_rate - ratio) > RATIO_TOLERANCE:
            raise ValueError("the ratio is not ppp divided by market_rate")
        return PriceLevel(
            country_id=_known(row["country"], codes, "country"),
            year=count_of(row, "year", table) or 0,
            ppp=ppp,
            market_rate=market_rate,
            market_rate_note=row["market_rate_note"],
            ratio=ratio,
            source=sources[_known(row["source"], sources, "source")],
        )

    load_rows(table, build, key=("country_id", "year"), report=report, overwrite=overwrite)


def load_consumer_prices(table: Table, report: Report, *, overwrite: bool = False) -> None:
    """Create monthly consumer prices; stored ones with other values are kept, or overwritten.

    Raises LibraryError with the faults of the file.
    """
    codes, sources = _codes(), _sources()

    def build(row: Row) -> ConsumerPrices:
        try:
            month = date.fromisoformat(f"{row['month']}-01")
        except ValueError as error:
            raise ValueError(f"“{row['month']}” is no month; write it as in 2025-05") from error
        return ConsumerPrices(
            country_id=_known(row["country"], codes, "country"),
            month=month,
            index=_amount(row, "index", table),
            name=row["name"],
            source=sources[_known(row["source"], sources, "source")],
        )

    load_rows(table, build, key=("country_id", "month"), report=report, overwrite=overwrite)


def load_rows(
    table: Table,
    build: Callable[[Row], Any],
    *,
    key: tuple[str, ...],
    report: Report,
    overwrite: bool,
) -> None:
    """Store the rows of a table, each built by `build`, which may raise ValueError.

    `key` names the fields that tell a row from the others. Raises LibraryError, and then nothing
    was stored.
    """
    rows: dict[tuple[Any, ...], Any] = {}
    for values in table.rows():
        try:
            row = build(values)
            row.clean_fields(exclude={"country", "source"})
        except ValidationError as error:
            for field, texts in error.message_dict.items():
                table.fault(f"{field}: {' '.join(texts)}")
        except ValueError as error:
            table.fault(str(error))
        else:
            name = _key_of(row, key)
            if name in rows:
                table.fault(f"{' '.join(map(str, name))} stands there twice")
            rows[name] = row
    if rows:
        _store(rows, key, report, overwrite)


def _store(
    rows: dict[tuple[Any, ...], Any], key: tuple[str, ...], report: Report, overwrite: bool
) -> None:
    model = type(next(iter(rows.values())))
    stored = {_key_of(row, key): row for row in model.objects.all()}
    new = []
    for name, row in rows.items():
        label = f"{model._meta.verbose_name} {' '.join(map(str, name))}"
        if name not in stored:
            new.append(row)
            report.created.append(label)
        elif _values(stored[name]) == _values(row):
            report.unchanged.append(label)
        elif overwrite:
            row.pk = stored[name].pk
            row.save(force_update=True)
            report.updated.append(label)
        else:
            report.kept.append(label)
    model.objects.bulk_create(new)


def _key_of(row: Any, key: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in key)


def _values(row: Any) -> dict[str, Any]:
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname != "id"
    }


def _codes() -> set[str]:
    return set(Country.objects.values_list("code", flat=True))


def _sources() -> dict[str, Source]:
    return {source.slug: source for source in Source.objects.all()}


def _known(name: str, names: Any, kind: str) -> str:
    if name not in names:
        raise ValueError(f"there is no {kind} “{name}”")
    return name


def _amount(row: Row, name: str, table: Table) -> Decimal:
    amount = amount_of(row, name, table)
    if not amount:
        raise ValueError(f"{name} is missing, or nothing")
    return amount
