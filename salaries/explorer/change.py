"""How a figure moved since the edition before: in its currency, in local money, in real terms."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from evidence.models import Source
from salaries.cells import AMOUNTS
from salaries.charts.rows import Row, row_of
from salaries.charts.words import CURRENCIES
from salaries.models import ConsumerPrices, Edition, Figure
from salaries.money import Converter, Unit
from salaries.vocabulary import WORLD

ALIKE = ("series", "kind", "pay_basis", "period", "currency")


@dataclass(frozen=True)
class Step:
    """The earlier and the later median in one kind of money, and what lies between them.

    `per_cent` is whole and signed. `touching`: the two intervals overlap; None where one of them
    is not known. `is_real`: the earlier one is in the prices of the later year.
    """

    words: str
    before: Row
    after: Row
    per_cent: int
    touching: bool | None
    is_real: bool = False

    @property
    def change_words(self) -> str:
        """Return the change as a sentence has it: "up 4%", "unchanged"."""
        if not self.per_cent:
            return "unchanged"
        return f"{'up' if self.per_cent > 0 else 'down'} {abs(self.per_cent)}%"


def is_comparable(one: Edition, other: Edition, country: str) -> bool:
    """Return whether two editions measure the same thing in a country.

    They belong to one series and agree in what pay is. Where they were made for different places
    ("United States only"), the figures of a country can be compared, those of the world cannot.
    """
    alike = all(getattr(one, name) == getattr(other, name) for name in ALIKE)
    return alike and (one.scope == other.scope or country != WORLD)


def comparable(asked: Edition, editions: Iterable[Edition], country: str) -> list[Edition]:
    """Return the editions that a figure of a country can be set beside, oldest first."""
    found = [item for item in editions if is_comparable(asked, item, country)]
    return sorted(found, key=lambda item: item.year)


def previous(asked: Edition, editions: Iterable[Edition], country: str) -> Edition | None:
    """Return the edition before, or None."""
    earlier = [item for item in comparable(asked, editions, country) if item.year < asked.year]
    return earlier[-1] if earlier else None


@dataclass(frozen=True)
class Prices:
    """Consumer prices when pay of an edition was counted, by edition, and where they come from."""

    by_edition: Mapping[int, Decimal] = field(default_factory=dict)
    name: str = ""
    source: Source | None = None

    def factor(self, before: int, after: int) -> Decimal | None:
        """Return by what earlier pay is multiplied to stand in later prices, if that is known."""
        if before not in self.by_edition or after not in self.by_edition:
            return None
        return self.by_edition[after] / self.by_edition[before]


def prices_for(country: str, editions: Sequence[Edition]) -> Prices:
    """Return the consumer prices of a country for some editions. One query.

    The month is that of the first day of the fieldwork, or of its end where only that is known; an
    edition that is only dated by its year gets the mean of the year's twelve months, and nothing
    where one is missing.
    """
    when = {
        item.pk: item.fieldwork_from or item.fieldwork_to or str(item.year) for item in editions
    }
    years = {int(date[:4]) for date in when.values()}
    rows = ConsumerPrices.objects.filter(country=country, month__year__in=years)
    found = list(rows.select_related("source"))
    if not found:
        return Prices()
    by_month = {row.month: row.index for row in found}
    indexes = {pk: _index(date, by_month) for pk, date in when.items()}
    known = {pk: index for pk, index in indexes.items() if index is not None}
    return Prices(known, found[0].name, found[0].source)


def _index(when: str, by_month: Mapping[datetime.date, Decimal]) -> Decimal | None:
    year = int(when[:4])
    if len(when) > 4:
        return by_month.get(datetime.date(year, int(when[5:7]), 1))
    months = [by_month.get(datetime.date(year, month, 1)) for month in range(1, 13)]
    known = [index for index in months if index is not None]
    return sum(known, Decimal(0)) / 12 if len(known) == 12 else None


def in_prices_of(row: Row, factor: Decimal) -> Row:
    """Return a row with every amount multiplied: earlier pay in later prices."""
    changed = {name: getattr(row, name) for name in AMOUNTS}
    return replace(
        row, **{name: amount * factor for name, amount in changed.items() if amount is not None}
    )


def steps(before: Figure, after: Figure, rates: Converter, prices: Prices) -> list[Step]:
    """Return how the median moved, in each kind of money that is known for both editions.

    `rates` converts to local money; `prices` are used only where the figures are in the money of
    the country.
    """
    old, new = row_of("", before), row_of("", after)
    found = [_step(f"In {_currency(new.currency)} of each year", old, new)]
    if rates.unit == Unit.LOCAL and rates.currency(after) != after.currency:
        local = [row_of("", figure, converter=rates) for figure in (before, after)]
        if all(row.p50 is not None for row in local):
            found.append(_step(f"In {_currency(local[1].currency)} of each year", *local))
    elif factor := prices.factor(before.edition_id, after.edition_id):
        year = after.edition.year
        real = _step(f"In prices of {year} (real terms)", in_prices_of(old, factor), new)
        found.append(replace(real, is_real=True))
    return found


def _step(words: str, before: Row, after: Row) -> Step:
    assert before.p50 is not None
    assert after.p50 is not None
    share = (after.p50 / before.p50 - 1) * 100
    ends = (before.ci_low, before.ci_high, after.ci_low, after.ci_high)
    touching = None
    if None not in ends:
        touching = before.ci_low <= after.ci_high and after.ci_low <= before.ci_high  # type: ignore[operator]
    return Step(words, before, after, int(share.quantize(Decimal(1), ROUND_HALF_UP)), touching)


def _currency(code: str) -> str:
    return CURRENCIES.get(code, code)
