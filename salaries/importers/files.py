"""Reading a big CSV file, packed or not, line by line; what is wrong is said with its line."""

import csv
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

MAX_ROWS = 2_000_000  # twenty times the largest survey so far
MAX_LINE = 2_000_000  # bytes; a file without line ends must not fill the memory
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LFS_POINTER = b"version https://git-lfs.github.com/spec"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BROKEN_PACKING = (EOFError, gzip.BadGzipFile, zlib.error, zipfile.BadZipFile)


class SurveyFileError(ValueError):
    """Raised for a file that cannot be used; tells the file, the line and what to do."""

    def __init__(self, path: Path, line: int | None, message: str) -> None:
        self.line = line
        where = f"{path}:{line}" if line else str(path)
        super().__init__(f"{where}: {message}")


class CsvFile:
    """The rows of a CSV file (plain, .gz or .zip), each with the line it begins in.

    After reading, `digest` is the SHA-256 of the unpacked CSV, which is what publishers print.
    """

    def __init__(self, path: Path, *, max_rows: int | None = None) -> None:
        self.path = path
        self.max_rows = max_rows or MAX_ROWS
        self.lines_read = 0
        self._hash = hashlib.sha256()

    @property
    def digest(self) -> str:
        """Return the SHA-256, in hex, of what was read so far."""
        return self._hash.hexdigest()

    def rows(self, progress: Callable[[int, int], None]) -> Iterator[tuple[int, list[str]]]:
        """Yield the line and fields of each record, the header first.

        `progress` is told the bytes read of the file as it lies on the disk, and its size, each
        thousand rows. Raises SurveyFileError.
        """
        with self._opened() as (packed, size, stream):
            reader = csv.reader(self._lines(stream), strict=True)
            begins = 1
            for count, fields in enumerate(self._records(reader)):
                if count > self.max_rows:
                    raise self.error(
                        begins, f"more than {self.max_rows:,} answers; is it the right file?"
                    )
                if fields:
                    yield begins, fields
                begins = reader.line_num + 1
                if count % 1000 == 0:
                    progress(packed.tell(), size)
            progress(size, size)

    def error(self, line: int | None, message: str) -> SurveyFileError:
        """Return an error at a line of this file."""
        return SurveyFileError(self.path, line, message)

    def _records(self, reader: Iterator[list[str]]) -> Iterator[list[str]]:
        begins = 1
        while True:
            try:
                fields = next(reader, None)
            except csv.Error as error:
                raise self.error(
                    begins,
                    f"the record that begins here is not CSV ({error}); "
                    "is a quotation mark missing, or the file cut off?",
                ) from error
            if fields is None:
                return
            begins = self.lines_read + 1
            yield fields

    def _lines(self, stream: IO[bytes]) -> Iterator[str]:
        while line := self._next_line(stream):
            self.lines_read += 1
            self._hash.update(line)
            if self.lines_read == 1:
                self._check_beginning(line)
                line = line.removeprefix(b"\xef\xbb\xbf")
            if len(line) > MAX_LINE:
                raise self.error(self.lines_read, f"longer than {MAX_LINE:,} bytes; not a CSV file")
            if b"\0" in line:
                raise self.error(self.lines_read, "holds a NUL byte; save the file as UTF-8")
            try:
                yield line.decode("utf-8")
            except UnicodeDecodeError as error:
                message = f"byte {error.start + 1} is not UTF-8; save the file as UTF-8"
                raise self.error(self.lines_read, message) from error

    def _next_line(self, stream: IO[bytes]) -> bytes:
        try:
            return stream.readline(MAX_LINE + 1)
        except _BROKEN_PACKING as error:
            raise self.error(
                self.lines_read + 1, f"the packed file is cut off or damaged here ({error})"
            ) from error

    def _check_beginning(self, line: bytes) -> None:
        if line.startswith(_UTF16):
            raise self.error(1, "the file is UTF-16; save it as UTF-8")
        if line.startswith(_LFS_POINTER):
            raise self.error(1, "a Git LFS pointer and not the file itself; fetch it with git lfs")

    @contextmanager
    def _opened(self) -> Iterator[tuple[IO[bytes], int, IO[bytes]]]:
        """Open the file; give its bytes on disk, their number, and the unpacked stream."""
        try:
            packed = self.path.open("rb")
            size = self.path.stat().st_size
        except OSError as error:
            raise self.error(None, f"cannot be read: {error.strerror}") from error
        with packed:
            magic = packed.read(4)
            packed.seek(0)
            if not size:
                raise self.error(None, "the file is empty")
            if magic.startswith(b"\x1f\x8b"):
                with gzip.GzipFile(fileobj=packed) as unpacked:
                    yield packed, size, io.BufferedReader(unpacked)
            elif magic in _ZIP:
                with self._member(packed) as stream:
                    yield packed, size, stream
            else:
                yield packed, size, packed

    def _member(self, packed: IO[bytes]) -> IO[bytes]:
        """Open the one results file of a zip archive."""
        try:
            archive = zipfile.ZipFile(packed)
            return archive.open(self._results_name(archive.namelist()))
        except zipfile.BadZipFile as error:
            raise self.error(None, f"a damaged or cut off zip archive ({error})") from error
        except (RuntimeError, NotImplementedError) as error:
            raise self.error(None, f"the zip archive cannot be opened ({error})") from error

    def _results_name(self, names: list[str]) -> str:
        found = [
            name
            for name in names
            if name.lower().endswith(".csv")
            and "schema" not in PurePosixPath(name).name.lower()
            and not name.startswith("__MACOSX/")
        ]
        if not found:
            raise self.error(None, "the zip archive holds no .csv file with results")
        if len(found) > 1:
            raise self.error(
                None, f"the zip archive holds several .csv files ({', '.join(found)}); unpack one"
            )
        return found[0]
