"""Reading a CSV that somebody made: as a stream, with the line of everything that is wrong."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from core.library import Fault, LibraryError

LONGEST_LINE = 10_000  # bytes; a row of pay needs about 150
LONGEST_HEADER = 300  # letters of a wrong one that are repeated
MOST_FAULTS = 50  # more of them in one file say nothing new


class Table:
    """A CSV file that has one of the accepted sets of columns; it notes faults and reads on.

    `name` is what faults call the file; with `may_have_more` it may have other columns as well.
    `columns` are the accepted ones that it has, `line` is the line read last.
    """

    def __init__(
        self, path: Path, *accepted: tuple[str, ...], name: str = "", may_have_more: bool = False
    ) -> None:
        self.path = path
        self.accepted = accepted
        self.name = name or path.name
        self.may_have_more = may_have_more
        self.columns: tuple[str, ...] = ()
        self.line = 0
        self.faults: list[Fault] = []

    def fault(self, message: str) -> None:
        """Note a fault at the present line. Raises LibraryError where there are too many."""
        self.faults.append(Fault(self.name, max(self.line, 1), message))
        if len(self.faults) >= MOST_FAULTS:
            raise LibraryError(self.faults)

    def rows(self) -> Iterator[dict[str, str]]:
        """Return the rows by column. Raises LibraryError with every fault once all are read."""
        try:
            with self.path.open("rb") as file:
                yield from self._rows(file)
        except OSError as error:
            self.fault(f"cannot be read: {error.strerror}")
        except csv.Error as error:
            self.fault(f"this is not CSV: {error}")
        except UnicodeDecodeError:
            self.fault("holds a character that is not UTF-8")
        if self.faults:
            raise LibraryError(self.faults)

    def _rows(self, file: BinaryIO) -> Iterator[dict[str, str]]:
        reader = csv.reader(self._lines(file), strict=True)
        header = tuple(next(reader, ()))
        if not self._accept(header):
            wanted = ", or ".join(",".join(columns) for columns in self.accepted)
            found = ",".join(header)[:LONGEST_HEADER] or "none"
            self.fault(f"the columns must be {wanted}; here they are {found}")
            return
        for row in reader:
            if len(row) == len(header):
                yield dict(zip(header, row, strict=True))
            else:
                self.fault(f"{len(row)} columns instead of {len(header)}")
        if self.line <= 1:
            self.fault("the file has no rows")

    def _accept(self, header: tuple[str, ...]) -> bool:
        names = set(header)
        for columns in self.accepted:
            if names == set(columns) or (self.may_have_more and names > set(columns)):
                self.columns = columns
                return len(names) == len(header)
        return False

    def _lines(self, file: BinaryIO) -> Iterator[str]:
        # One by one and never more than a limit, so that no file can fill the memory.
        while raw := file.readline(LONGEST_LINE + 1):
            self.line += 1
            if len(raw) > LONGEST_LINE:
                raise csv.Error(f"a line is longer than {LONGEST_LINE:,} bytes")
            text = raw.decode("utf-8")
            if "\0" in text:  # PostgreSQL stores no such text
                raise csv.Error("it holds a NUL byte")
            yield text.removeprefix("\ufeff") if self.line == 1 else text
