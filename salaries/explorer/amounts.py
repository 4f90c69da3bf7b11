"""Reading an amount of pay as people write it, and saying back how it was read."""

import re
import unicodedata
from decimal import Decimal

from salaries.money import NBSP, SYMBOLS

LONGEST = 30  # characters
LARGEST = Decimal(10) ** 12
BLANKS = " '’_"
_PLAIN = re.compile(r"[0-9][0-9., '’_]*")
_BY_THREE = re.compile(r"[0-9]{1,3}(?:[., '’_][0-9]{3})+")
_LAKHS = re.compile(r"[0-9]{1,2}(?:[, ][0-9]{2})*[, ][0-9]{3}")


class AmountError(ValueError):
    """What was written is no amount of pay; the message says how to write it."""


def read_amount(text: str, currency: str) -> Decimal:
    """Return the amount that somebody wrote, in units of `currency` (ISO 4217).

    "87.500", "87,500", "87 500", "87'500", "12,34,567" and "87.5k" are understood, and the sign or
    code of the currency beside them. A single point or comma before exactly three digits separates
    thousands. Raises AmountError for everything else, for nothing, less, and 10^12 or more.
    """
    written = " ".join(unicodedata.normalize("NFKC", text).split())
    if not written:
        raise AmountError("Write what you earn, for example 87500.")
    if len(written) > LONGEST:
        raise AmountError("That is too long for an amount. Write the number alone: 87500.")
    if written[0] in "-−–":
        raise AmountError("Pay is more than nothing. Write it without a minus sign.")
    number = _without_currency(written, currency)
    thousands = number[-1:] in ("k", "K")
    if thousands:
        number = number[:-1].rstrip()
    if not _PLAIN.fullmatch(number):
        raise AmountError("That is not a number. Write digits, for example 87500 or 87,500.")
    amount = _decimal(number) * (1000 if thousands else 1)
    if amount <= 0:
        raise AmountError("Pay is more than nothing.")
    if amount >= LARGEST:
        raise AmountError("That is more than anybody earns. Look at the number of digits.")
    return amount


def exact(amount: Decimal, currency: str) -> str:
    """Return an amount as it was read, unrounded: "€87,500", "PLN 87,500.50"."""
    number = f"{amount:,.2f}".removesuffix(".00")
    symbol = SYMBOLS.get(currency)
    return f"{symbol}{number}" if symbol else f"{currency}{NBSP}{number}"


def _without_currency(written: str, currency: str) -> str:
    for mark in (currency, currency.lower(), SYMBOLS.get(currency, currency)):
        written = written.removeprefix(mark).removesuffix(mark).strip()
    return written


def _decimal(number: str) -> Decimal:
    """Return a written number, telling what separates thousands from what begins the cents."""
    marks = [mark for mark in number if not mark.isdigit()]
    whole, cents = number, ""
    if marks and marks[-1] in ".,":
        last = marks[-1]
        head, _, tail = number.rpartition(last)
        is_decimal = marks.count(last) == 1 and (len(tail) in (1, 2) or head == "0")
        if is_decimal or not tail:
            whole, cents = head, tail
    marks = [mark for mark in whole if not mark.isdigit()]
    if len(set(marks)) > 1 or (
        marks and not (_BY_THREE.fullmatch(whole) or _LAKHS.fullmatch(whole))
    ):
        raise AmountError("We cannot tell the thousands from the cents. Write 87500 or 87,500.")
    digits = "".join(filter(str.isdigit, whole))
    return Decimal(f"{digits}.{cents}" if cents else digits)
