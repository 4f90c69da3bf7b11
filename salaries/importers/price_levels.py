"""Price levels from purchasing power parities and market rates of a currency."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from salaries.edition_files import amount_of, amount_text
from salaries.reference_files import PRICE_LEVEL_COLUMNS, Row
from salaries.tables import Table

# The long form of public copies of the World Bank's series PA.NUS.PPP beside yearly rates.
LONG_COLUMNS = ("country", "year", "ppp_lcu_per_intl_usd", "fx_lcu_per_usd", "fx_kind")
# What they call a rate, and how we say it.
RATE_NOTES = {
    "USD": "the US dollar itself",
    "annual-average": "average of the year, US Federal Reserve (H.10)",
    "survey-conversion (mid-June 2024)": "June 2024, implied by answers to Stack Overflow’s survey",
}
EIGHT, FOUR = Decimal("1e-8"), Decimal("1e-4")  # what the database keeps


class PriceLevelTable(Table):
    """The rows of either form, in the columns of `content/salaries/price_levels.csv`.

    A price level is the parity divided by the market rate, both in national currency per dollar:
    https://datahelpdesk.worldbank.org/knowledgebase/articles/114942. Rows of the long form without
    either are left out and counted, as are those of countries that `codes` does not hold.
    """

    def __init__(self, path: Path, *, source: str, codes: set[str], name: str = "") -> None:
        super().__init__(path, PRICE_LEVEL_COLUMNS, LONG_COLUMNS, name=name, may_have_more=True)
        self.source = source
        self.codes = codes
        self.left_out = 0

    def rows(self) -> Iterator[Row]:
        """Return the rows. Raises LibraryError with every fault once all are read."""
        for row in super().rows():
            if self.columns == PRICE_LEVEL_COLUMNS:
                yield row
            elif row["country"] in self.codes and (converted := self._converted(row)):
                yield converted
            else:
                self.left_out += 1

    def _converted(self, row: Row) -> Row | None:
        ppp, rate = (
            amount_of(row, name, self) for name in ("ppp_lcu_per_intl_usd", "fx_lcu_per_usd")
        )
        if not ppp or not rate:
            return None
        ppp, rate = ppp.quantize(EIGHT), rate.quantize(EIGHT)
        return {
            "country": row["country"],
            "year": row["year"],
            "ppp": amount_text(ppp),
            "market_rate": amount_text(rate),
            "market_rate_note": RATE_NOTES.get(row["fx_kind"], row["fx_kind"]),
            "ratio": amount_text((ppp / rate).quantize(FOUR)),
            "source": self.source,
        }
