"""Amounts of pay as people read them: rounded, with their currency, in the money that was asked.

Rounding happens here and nowhere else. Files and downloads keep the exact amounts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from salaries.models import ConversionRate, Country, Edition, Figure, PriceLevel
from salaries.vocabulary import WORLD

NBSP = "\u00a0"
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "JPY": "¥"}
# International dollars (World Bank): what a dollar buys in the United States. No ISO 4217 code.
INTERNATIONAL = "Int$"
STEPS = {"year": 500, "month": 50}
FIGURES_KEPT = 3


class Unit(StrEnum):
    """In which money amounts are shown."""

    EDITION = "edition"
    LOCAL = "local"
    PRICE_LEVEL = "price-level"


def rounded(amount: Decimal, period: str = "year") -> int:
    """Return an amount as it is shown: never more exact than the figure behind it deserves.

    Below 100,000 to the nearest 500 (pay of a month: 50), halves upwards. From there three
    significant figures: the nearest 1,000 up to a million, then 10,000 and so on, which keeps
    rupees, forint, yen and pesos as short as dollars. An amount that would round to nothing keeps
    two significant figures.
    """
    if amount >= 100_000:
        step = Decimal(10) ** (amount.adjusted() - FIGURES_KEPT + 1)
    elif amount * 2 < STEPS[period]:
        step = Decimal(10) ** max(amount.adjusted() - 1, 0)
    else:
        step = Decimal(STEPS[period])
    return int((amount / step).quantize(Decimal(1), ROUND_HALF_UP) * step)


def with_currency(number: str, currency: str) -> str:
    """Return a written number with its currency: "$87,000", "PLN 238,000" (never parted)."""
    if currency == INTERNATIONAL:
        return f"{INTERNATIONAL}{number}"
    symbol = SYMBOLS.get(currency)
    return f"{symbol}{number}" if symbol else f"{currency}{NBSP}{number}"


def money(amount: Decimal, currency: str, period: str = "year") -> str:
    """Return a rounded amount in words: "$87,000", "PLN 238,000", "€5,300 a month".

    Yearly pay is the rule and goes without saying. `currency` is an ISO 4217 code or INTERNATIONAL.
    """
    text = with_currency(f"{rounded(amount, period):,}", currency)
    return f"{text}{NBSP}a{NBSP}month" if period == "month" else text


def money_range(low: Decimal, high: Decimal, currency: str, period: str = "year") -> str:
    """Return two amounts as one range: "$68,500 to $104,000", "€5,300 to €6,900 a month"."""
    first = with_currency(f"{rounded(low, period):,}", currency)
    return f"{first} to {money(high, currency, period)}"


def short_money(amount: Decimal, currency: str) -> str:
    """Return a round amount for an axis: "$0", "$50k", "₹2.5m", "COP 200m"."""
    for size, suffix in ((Decimal(1_000_000), "m"), (Decimal(1_000), "k")):
        if amount >= size:
            number = f"{(amount / size).quantize(Decimal('0.01')).normalize():f}"
            return with_currency(f"{number}{suffix}", currency)
    return with_currency(f"{amount.normalize():f}", currency)


@dataclass(frozen=True)
class Converter:
    """Turns amounts of figures into the asked money. `Converter.of` loads what it needs.

    Rates are keyed by edition and currency, price levels by country with the newest first.
    """

    unit: Unit = Unit.EDITION
    rates: Mapping[tuple[int, str], ConversionRate] = field(default_factory=dict)
    levels: Mapping[str, list[PriceLevel]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, unit: Unit | str, editions: Iterable[Edition], countries: Iterable[Country]
    ) -> "Converter":
        """Return a converter for these editions and countries; one query at most."""
        unit = Unit(unit)
        editions, countries = list(editions), list(countries)
        if unit == Unit.LOCAL:
            currencies = {item.currency for item in countries}
            found = ConversionRate.objects.filter(edition__in=editions, currency__in=currencies)
            return cls(unit, rates={(rate.edition_id, rate.currency): rate for rate in found})
        if unit == Unit.PRICE_LEVEL:
            levels: dict[str, list[PriceLevel]] = {}
            for level in PriceLevel.objects.filter(country__in=countries).order_by("-year"):
                levels.setdefault(level.country_id, []).append(level)
            return cls(unit, levels=levels)
        return cls(unit)

    @classmethod
    def for_figures(cls, unit: Unit | str, figures: Iterable[Figure]) -> "Converter":
        """Return a converter for figures whose edition and country are loaded."""
        figures = list(figures)
        editions = {figure.edition_id: figure.edition for figure in figures}
        countries = {figure.country_id: figure.country for figure in figures}
        return cls.of(unit, editions.values(), countries.values())

    def currency(self, figure: Figure) -> str:
        """Return the currency of converted amounts: a code, or INTERNATIONAL."""
        if self.unit == Unit.LOCAL:
            return figure.country.currency or figure.currency
        return INTERNATIONAL if self.unit == Unit.PRICE_LEVEL else figure.currency

    def convert(self, figure: Figure, amount: Decimal | None) -> Decimal | None:
        """Return an amount of the figure in the asked money, or None where there is no rate."""
        factor = self._factor(figure)
        return None if amount is None or factor is None else amount * factor

    def why_not(self, figure: Figure) -> str:
        """Return why amounts of the figure cannot be converted, in a sentence; "" if they can."""
        if self._factor(figure) is not None:
            return ""
        if figure.country_id == WORLD:
            reasons = {
                Unit.LOCAL: "The world has no money of its own.",
                Unit.PRICE_LEVEL: "The world has no one price level.",
            }
            return reasons[self.unit]
        place = figure.country.in_sentence
        if self.unit == Unit.LOCAL:
            return f"{figure.edition.short_title} states no rate for the money of {place}."
        return f"There is no price level for {place} up to {figure.edition.year}."

    def note(self, figure: Figure) -> str:
        """Return how the amounts of the figure were converted, in words; "" if they were not."""
        if self.unit == Unit.LOCAL and figure.country.currency != figure.currency:
            rate = self.rates.get((figure.edition_id, figure.country.currency))
            if rate is not None:
                pair = f"{rate.per_unit.normalize():.5g} {rate.currency} for 1 {figure.currency}"
                return f"Converted at {pair}, the rate of the edition ({_small(rate)})."
        if self.unit != Unit.PRICE_LEVEL or self._level(figure) is None:
            return ""
        return _price_note([f"prices in {self._prices(figure)}"])

    def notes(self, figures: Iterable[Figure]) -> list[str]:
        """Return the notes of several figures: each rate once, all price levels in one sentence."""
        figures = list(figures)
        if self.unit != Unit.PRICE_LEVEL:
            return list(dict.fromkeys(filter(None, map(self.note, figures))))
        known = [self._prices(item) for item in figures if self._level(item) is not None]
        first, *more = dict.fromkeys(known) or [""]
        return [_price_note([f"prices in {first}", *more])] if first else []

    def _prices(self, figure: Figure) -> str:
        """Return how dear the country is: "Germany in 2024 stood at 76%"."""
        level = self._level(figure)
        assert level is not None  # callers have looked
        per_cent = (level.ratio * 100).quantize(Decimal(1), ROUND_HALF_UP)
        return f"{figure.country.in_sentence} in {level.year} stood at {per_cent}%"

    def _factor(self, figure: Figure) -> Decimal | None:
        """Return by what an amount is multiplied.

        International dollars = dollars / price level, or national currency / purchasing power
        parity, which is the same (World Bank, PA.NUS.PPPC.RF and PA.NUS.PPP).
        """
        if self.unit == Unit.EDITION:
            return Decimal(1)
        if self.unit == Unit.LOCAL:
            if figure.country.currency == figure.currency:
                return Decimal(1)
            rate = self.rates.get((figure.edition_id, figure.country.currency))
            return rate.per_unit if rate is not None else None
        level = self._level(figure)
        if level is None:
            return None
        if figure.currency == "USD":
            return 1 / level.ratio
        return 1 / level.ppp if figure.currency == figure.country.currency else None

    def _level(self, figure: Figure) -> PriceLevel | None:
        """Return the newest price level of the country that is not after the edition's year."""
        levels = self.levels.get(figure.country_id, [])
        return next((item for item in levels if item.year <= figure.edition.year), None)


def _price_note(prices: list[str]) -> str:
    listed = ", ".join(
        text.replace(" stood", "") if number else text for number, text in enumerate(prices)
    )
    return (
        f"International dollars: {listed} of those in the United States (World Bank, whole "
        "economy). Rents and taxes of one city can be far from that."
    )


def _small(rate: ConversionRate) -> str:
    words = rate.get_kind_display()
    return words[:1].lower() + words[1:]
