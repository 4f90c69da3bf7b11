"""Which country a survey means by a name."""

from pathlib import Path

from salaries.reference_files import COUNTRY_COLUMNS
from salaries.tables import Table

# Answers that name no country: such people count for the world only.
NO_COUNTRY = ("", "Nomadic", "Other Country (Not Listed Above)")


class CountryNames:
    """The codes of countries by every name that surveys use, from `countries.csv`."""

    def __init__(self, codes: dict[str, str], names: dict[str, str]) -> None:
        self._codes = {_plain(name): code for name, code in codes.items()}
        self._codes |= {_plain(name): "" for name in NO_COUNTRY}
        self._names = names

    @classmethod
    def from_file(cls, path: Path) -> "CountryNames":
        """Read the file; its aliases are separated by semicolons.

        Raises LibraryError, also for a name that two countries have: which one counts would
        depend on their order.
        """
        codes: dict[str, str] = {}
        names: dict[str, str] = {}
        table = Table(path, COUNTRY_COLUMNS)
        for row in table.rows():
            names[row["code"]] = row["name"]
            for name in (row["name"], *filter(None, row["aliases"].split(";"))):
                code = codes.setdefault(_plain(name), row["code"])
                if code != row["code"]:
                    table.fault(f"“{name}” means {code} already")
        return cls(codes, names)

    def code(self, name: str) -> str:
        """Return the code; empty for people without a country. Raises KeyError for others."""
        return self._codes[_plain(name)]

    def name(self, code: str) -> str:
        """Return how we write a country's name; the code itself where it is not in the file."""
        return self._names.get(code, code)


def _plain(name: str) -> str:
    """Return a name without the differences that mean nothing."""
    return name.strip().replace("’", "'").casefold()
