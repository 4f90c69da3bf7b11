"""A progress bar of plain characters, for people at a terminal only."""

from typing import TextIO

WIDTH = 40


class ProgressBar:
    """Shows on a stream how much of a file is read; silent where the stream is no terminal."""

    def __init__(self, stream: TextIO, label: str) -> None:
        self._stream = stream if stream.isatty() else None
        self._label = label
        self._shown = -1

    def __call__(self, done: int, size: int) -> None:
        """Show that `done` of `size` bytes are read."""
        percent = 100 * done // max(size, 1)
        if self._stream and percent != self._shown:
            self._shown = percent
            bar = "#" * (WIDTH * percent // 100)
            self._stream.write(f"\r{self._label} [{bar:.<{WIDTH}}] {percent:3d} %")
            self._stream.flush()

    def close(self) -> None:
        """End the line, so that what follows stands on its own."""
        if self._stream and self._shown >= 0:
            self._stream.write("\n")
            self._stream.flush()
            self._shown = -1
