"""The axis of money: from zero, with a few round ticks."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from salaries.charts.rows import Row
from salaries.charts.svg import NARROWEST, per_cent, text, text_width
from salaries.money import short_money

__all__ = ["Scale", "per_cent"]

TICK = 13  # size of the words of a tick
BETWEEN_TICKS = 12  # px, at least, on the narrowest screens
OVERHANG = 12  # px that the words of the last tick may reach beyond the drawing
DRAWN = ("p10", "p25", "p50", "p75", "p90", "ci_low", "ci_high")


@dataclass(frozen=True)
class Scale:
    """Where amounts stand between zero and `top`, the largest amount that is drawn."""

    top: Decimal
    step: Decimal
    currency: str

    @classmethod
    def of(
        cls, rows: Iterable[Row], names: Iterable[str] = DRAWN, *, headroom: Decimal = Decimal(1)
    ) -> "Scale":
        """Return a scale that holds the named amounts of all rows, times `headroom`.

        One row at least must have amounts.
        """
        rows = [row for row in rows if row.p50 is not None]
        names = list(names)
        amounts = [getattr(row, name) for row in rows for name in names]
        top = max(amount for amount in amounts if amount is not None)
        top *= headroom
        return cls(top, _step(top, rows[0].currency), rows[0].currency)

    def share(self, amount: Decimal) -> float:
        """Return the place of an amount in per cent of the axis."""
        return float(amount / self.top * 100)

    def at(self, amount: Decimal) -> str:
        """Return the place of an amount as an SVG length: "43.5%"."""
        return per_cent(self.share(amount))

    def ticks(self) -> list[tuple[Decimal, str]]:
        """Return the round amounts from zero up, each with its words."""
        amounts = [self.step * number for number in range(int(self.top / self.step) + 1)]
        return [(amount, short_money(amount, self.currency)) for amount in amounts]


def tick_words(scale: Scale, y: float) -> str:
    """Return the words of all ticks on a line at y px, each over its place of the axis."""
    out = ""
    for amount, words in scale.ticks():
        share = scale.share(amount)
        over = share / 100 * NARROWEST + text_width(words, TICK) / 2 - NARROWEST - OVERHANG
        shift = -round(max(over, 0))
        out += text("p-tick", words, per_cent(share), y, "middle" if amount else "", shift=shift)
    return out


def _step(top: Decimal, currency: str) -> Decimal:
    """Return the smallest of 1, 2, 2.5 or 5 times a power of ten whose ticks have room."""
    power = Decimal(10) ** (top.adjusted() - 1)
    steps = [power * factor for factor in (1, 2, Decimal("2.5"), 5, 10, 20, 25, 50)]
    return next(step for step in steps if _width_of_ticks(top, step, currency) <= NARROWEST)


def _width_of_ticks(top: Decimal, step: Decimal, currency: str) -> float:
    """Return how wide an axis must be, in px, for ticks one step apart."""
    count = int(top / step)
    words = max((short_money(step * number, currency) for number in range(count + 1)), key=len)
    return float(top / step) * (text_width(words, TICK) + BETWEEN_TICKS)
