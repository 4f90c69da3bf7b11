"""A survey's results file, from reading to cells."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from salaries.importers.aggregation import Cells, Trim, cells_of, trims_of
from salaries.importers.answers import Answers, read_answers
from salaries.importers.country_names import CountryNames
from salaries.importers.files import CsvFile


@dataclass(frozen=True)
class Survey:
    """What a results file gave.

    `digest` is the SHA-256 of the file as it lies there, `csv_digest` that of the CSV in it, which
    is what the publisher prints.
    """

    name: str
    year: int
    digest: str
    csv_digest: str
    answers: Answers
    trims: list[Trim]
    cells: Cells


def read_survey(
    path: Path,
    year: int,
    names: CountryNames,
    progress: Callable[[int, int], None] = lambda done, size: None,
) -> Survey:
    """Return the figures of a survey of a year; `progress` hears the bytes read and their total.

    Raises SurveyFileError, with the line, where the file cannot be used or gives no figure.
    """
    file = CsvFile(path)
    answers = read_answers(file, year, names, progress)
    trims = trims_of(answers)
    cells = cells_of(answers, trims)
    if not cells.kept:
        raise file.error(None, "no group of 10 people or more, so there are no figures")
    return Survey(path.name, year, _digest_of(path), file.digest, answers, trims, cells)


def _digest_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
