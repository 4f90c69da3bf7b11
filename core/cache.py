"""The cache in files, with an `add` that can be relied on: limits take their lock by it."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache


class FileCache(FileBasedCache):
    """Django's cache in files, where of several that add the same key exactly one does."""

    def add(
        self,
        key: Any,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Store a value where there is none; return whether this call stored it.

        Django looks first and writes then, so two at once both succeed. A hard link is made once.
        """
        if self.has_key(key, version):  # also takes away what has run out
            return False
        self._createdir()  # type: ignore[attr-defined]
        name = self._key_to_file(key, version)  # type: ignore[attr-defined]
        with tempfile.NamedTemporaryFile(dir=self._dir) as file:  # type: ignore[attr-defined]
            self._write_content(file, timeout, value)  # type: ignore[attr-defined]
            file.flush()
            try:
                Path(name).hardlink_to(file.name)
            except FileExistsError:
                return False
        return True
