"""Putting an edition's files beside the others in `content/salaries/`, whole or not at all."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from salaries.cells import Cell
from salaries.edition_files import write_cells


def write_edition(
    folder: Path,
    slug: str,
    cells: Iterable[Cell],
    *,
    year: int,
    details: str,
    known: Mapping[str, str],
) -> list[Path]:
    """Write `<slug>.csv` and, where there are details, `<slug>.yaml`; return their paths.

    `details` is the text of the YAML file, in which the values that are `known`, and the digest of
    the figures, are brought up to date. Both files are written beside their places first, so that
    a full disk changes neither. Raises OSError.
    """
    figures, described = folder / f"{slug}.csv", folder / f"{slug}.yaml"
    waiting = {figures: _beside(figures)}
    try:
        digest = write_cells(waiting[figures], cells, year=year)
        if details:
            waiting[described] = _beside(described)
            text = _with_values(details, {**known, "figures_digest": digest})
            waiting[described].write_text(text, encoding="utf-8")
        for path, temporary in waiting.items():
            temporary.replace(path)
    finally:
        for temporary in waiting.values():
            temporary.unlink(missing_ok=True)
    return list(waiting)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def _with_values(text: str, values: Mapping[str, str]) -> str:
    """Return the text of a YAML mapping with some of its top keys set; the rest stays as it is."""
    for key, value in values.items():
        line = f"{key}: {json.dumps(value, ensure_ascii=False)}"  # quoted as YAML quotes, too
        found = re.search(rf"(?m)^{key}:(.*)$", text)
        if not found:
            text = f"{text.rstrip()}\n{line}\n"
        elif found[1].strip(" \"'") != value:
            text = text[: found.start()] + line + text[found.end() :]
    return text
