"""The answers of a survey in memory: a few bytes each, so that a big file needs little."""

import math
import re
from array import array
from collections import Counter
from collections.abc import Callable
from decimal import Decimal

from salaries.cells import FORMULA_STARTS, LONGEST_VALUE
from salaries.importers.country_names import CountryNames
from salaries.importers.files import CsvFile
from salaries.importers.layouts import Layout, LayoutError, layout_for
from salaries.vocabulary import DIMENSIONS, EMPLOYMENTS, SURVEY_ROLES

EMPLOYMENT_CODES = tuple(EMPLOYMENTS)
NO_PAY = "no pay given"
NO_EMPLOYMENT = "neither employed nor contractor, or not said"
MAX_KINDS_OF_ANSWER = 2_000  # of one question; more means that the column holds free text
_MISSING = ("", "NA")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]{1,3})?")
_MORE_THAN_ANY_CEILING = Decimal(10) ** 12
_YEARS_IN_WORDS = {"less than 1 year": 0.0, "more than 50 years": 51.0}


class Column:
    """The answers to one question: none, one or several for each person."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}
        self._flat = array("H")
        self._ends = array("I", [0])

    def add(self, texts: list[str]) -> None:
        """Keep the answers of the next person. Raises ValueError for what is no closed question."""
        for text in texts:
            number = self._numbers.get(text)
            if number is None:
                number = self._new(text)
            self._flat.append(number)
        self._ends.append(len(self._flat))

    def of(self, person: int) -> array[int]:
        """Return the numbers of a person's answers, as positions in `texts`."""
        return self._flat[self._ends[person] : self._ends[person + 1]]

    def _new(self, text: str) -> int:
        if len(text) > LONGEST_VALUE:
            raise ValueError(f"the answer “{text[:40]}…” is longer than {LONGEST_VALUE} characters")
        if not text.isprintable():
            raise ValueError(f"the answer {text[:40]!a} holds a character that is none to read")
        if text.startswith(FORMULA_STARTS):
            raise ValueError(f"the answer “{text[:40]}” would run as a formula in a spreadsheet")
        if len(self.texts) == MAX_KINDS_OF_ANSWER:
            raise ValueError(f"more than {MAX_KINDS_OF_ANSWER:,} different answers; free text?")
        self.texts.append(text)
        return self._numbers.setdefault(text, len(self._numbers))


class Answers:
    """Everybody with pay who is employed or a contractor; people are numbered from 0.

    `pay` is in cents. `country` counts in `countries`, the first of which stands for none;
    `employment` in EMPLOYMENT_CODES; `roles` is a bit for each of SURVEY_ROLES.
    """

    def __init__(self, layout: Layout, lacking: list[str]) -> None:
        self.layout = layout
        self.lacking = lacking
        self.pay = array("q")
        self.country = array("H")
        self.employment = array("B")
        self.roles = array("B")
        self.in_world = array("B")
        self.countries: dict[str, int] = {"": 0}
        self.columns = {
            dimension: Column()
            for dimension, column in layout.columns.items()
            if column not in lacking
        }
        self.rows_read = 0
        self.dropped: Counter[tuple[int, str]] = Counter()  # by country and reason

    def __len__(self) -> int:
        return len(self.pay)


def read_answers(
    file: CsvFile,
    year: int,
    names: CountryNames,
    progress: Callable[[int, int], None] = lambda done, size: None,
) -> Answers:
    """Return the answers of a survey file of a year.

    Raises SurveyFileError, with the line, for anything that is not as the year's layout says.
    """
    rows = file.rows(progress)
    line, header = next(rows, (1, []))
    header = [name.strip() for name in header]
    if not any(header):
        raise file.error(None, "the file is empty")
    try:
        layout = layout_for(year, header)
    except LayoutError as error:
        raise file.error(line, str(error)) from error
    reader = _Reader(layout, header, names)
    if twice := sorted(name for name, count in Counter(header).items() if count > 1 and name):
        raise file.error(line, f"columns that stand there twice: {', '.join(twice)}")
    for line, fields in rows:
        if len(fields) != len(header):
            raise file.error(line, f"{len(fields)} fields instead of {len(header)}")
        try:
            reader.add(fields)
        except ValueError as error:
            raise file.error(line, str(error)) from error
    if not reader.answers.rows_read:
        raise file.error(None, "the file has a header and no answers")
    return reader.answers


class _Reader:
    """Turns the rows of one file into answers."""

    def __init__(self, layout: Layout, header: list[str], names: CountryNames) -> None:
        self.answers = Answers(layout, layout.lacking(header))
        self._layout = layout
        self._names = names
        self._at = {name: index for index, name in enumerate(header)}
        self._questions = [
            (dimension, layout.columns[dimension], column)
            for dimension, column in self.answers.columns.items()
        ]

    def add(self, row: list[str]) -> None:
        """Keep a row or count why not. Raises ValueError for what cannot be understood."""
        answers, layout = self.answers, self._layout
        answers.rows_read += 1
        pay = _cents(self._text(row, layout.pay), layout.pay)
        country = self._country(row)
        if pay is None:
            answers.dropped[country, NO_PAY] += 1
            return
        employment = layout.employment_of(
            self._text(row, layout.employment), self._text(row, layout.org_size)
        )
        if not employment:
            answers.dropped[country, NO_EMPLOYMENT] += 1
            return
        roles = layout.roles_of(self._text(row, layout.role))
        answers.pay.append(pay)
        answers.country.append(country)
        answers.employment.append(EMPLOYMENT_CODES.index(employment))
        answers.roles.append(
            sum(1 << place for place, role in enumerate(SURVEY_ROLES) if role in roles)
        )
        answers.in_world.append(layout.has_world and self._says_yes(row, layout.in_world))
        has_technologies = self._says_yes(row, layout.in_technologies)
        for dimension, name, column in self._questions:
            asked = has_technologies or not DIMENSIONS[dimension].is_technology
            column.add(_values(dimension, self._text(row, name), name) if asked else [])

    def _text(self, row: list[str], column: str) -> str:
        """Return an answer without outer blanks; empty where there is none."""
        if not column:
            return ""
        text = row[self._at[column]].strip()
        return "" if text in _MISSING else text

    def _says_yes(self, row: list[str], columns: tuple[str, ...]) -> bool:
        return not columns or any(self._text(row, column) == "True" for column in columns)

    def _country(self, row: list[str]) -> int:
        layout, countries = self._layout, self.answers.countries
        code = layout.everybody_in
        if layout.country:
            name = self._text(row, layout.country)
            try:
                code = self._names.code(name)
            except KeyError:
                raise ValueError(
                    f"unknown country “{name}”; add it to the aliases in countries.csv"
                ) from None
        return countries.setdefault(code, len(countries))


def _cents(text: str, column: str) -> int | None:
    """Return yearly pay in cents. Raises ValueError for what is no amount."""
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{column} “{text[:40]}” is not a number")
    amount = Decimal(text)
    if amount < 0:
        raise ValueError(f"{column} {text[:40]} is negative")
    return round(min(amount, _MORE_THAN_ANY_CEILING) * 100)


def _values(dimension: str, text: str, column: str) -> list[str]:
    """Return the values that a person has in a dimension, each once."""
    if not text:
        return []
    item = DIMENSIONS[dimension]
    if dimension == "years_coding_total":
        return [_band(_years(text, column), (5, 10, 15, 20))]
    if dimension in ("years_code_pro", "work_experience"):
        return [_band(_years(text, column), (2, 5, 10, 15))]
    if item.is_partition:
        return [text]
    return list(dict.fromkeys(filter(None, (part.strip() for part in text.split(";")))))


def _years(text: str, column: str) -> float:
    if (years := _YEARS_IN_WORDS.get(text.casefold())) is not None:
        return years
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)) or float(text) < 0:
        raise ValueError(f"{column} “{text[:40]}” is not a number of years")
    return float(text)


def _band(years: float, borders: tuple[int, ...]) -> str:
    """Return the band of years: "0-1", "2-4", …, "15+"; each begins at a border."""
    starts = (0, *borders)
    for start, after in zip(starts, borders, strict=False):
        if years < after:
            return f"{start}-{after - 1}"
    return f"{borders[-1]}+"
