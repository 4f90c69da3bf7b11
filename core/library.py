"""Filling a site from the files in `content/` without ever overwriting what an editor wrote.

Each row remembers a digest of what the library last wrote into it. A row that still matches its
digest belongs to the library and follows the file; a row that differs belongs to the editors.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError

from core.frontmatter import StrictLoader


@dataclass(frozen=True)
class Fault:
    """Something wrong in a file of the library."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class LibraryError(Exception):
    """Raised when the library cannot be loaded; holds every fault that was found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.path, fault.line))
        super().__init__("\n".join(map(str, self.faults)))


@dataclass
class Report:
    """What a load did, in names of rows."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Item:
    """One entry of a YAML file, with the place it was written in."""

    path: str
    line: int
    data: dict[str, Any]

    def fault(self, message: str) -> Fault:
        """Return a fault at this entry."""
        return Fault(self.path, self.line, message)


def digest(data: Any) -> str:
    """Return a fingerprint (SHA-256, hex) of plain values; the order of keys does not matter."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def read_items(path: Path, *, root: Path, required: set[str], optional: set[str]) -> list[Item]:
    """Return the entries of a YAML file that holds a list of mappings.

    Raises LibraryError, with lines, for broken YAML, missing keys and keys nobody knows.
    """
    name = path.relative_to(root).as_posix()
    items, faults = [], []
    for line, data in _read_entries(path, name):
        if not isinstance(data, dict):
            faults.append(Fault(name, line, "the entry must be a mapping of keys and values"))
            continue
        if missing := sorted(required - data.keys()):
            faults.append(Fault(name, line, f"missing: {', '.join(missing)}"))
        if unknown := sorted(str(key) for key in data.keys() - required - optional):
            faults.append(Fault(name, line, f"unknown: {', '.join(unknown)}"))
        items.append(Item(name, line, data))
    if faults:
        raise LibraryError(faults)
    return items


def read_text(path: Path, name: str) -> str:
    """Return the text of a file. Raises LibraryError where it is missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise LibraryError([Fault(name, 1, f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise LibraryError([Fault(name, line, "holds a character that is not UTF-8")]) from error


def _read_entries(path: Path, name: str) -> list[tuple[int, Any]]:
    """Return each entry of the list with its line."""
    text = read_text(path, name)
    try:
        loader = StrictLoader(text)
        node = loader.get_single_node()
        if not isinstance(node, yaml.SequenceNode):
            raise LibraryError([Fault(name, 1, "the file must hold a list")])
        return [
            (entry.start_mark.line + 1, loader.construct_object(entry, deep=True))
            for entry in node.value
        ]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise LibraryError([Fault(name, line, str(error.problem))]) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise LibraryError([Fault(name, line, "a character is not allowed in YAML")]) from error


def sync(
    model: Any,
    items: Iterable[Item],
    *,
    key: str,
    report: Report,
    adapt: Callable[[dict[str, Any]], dict[str, Any]] = dict,
) -> dict[str, Any]:
    """Create or update the rows of a model from entries; return the rows by key.

    `adapt` turns the values of an entry into values of the model's fields, and may raise
    ValueError or ValidationError with a message. The model needs a `library_digest`. Rows that an
    editor changed are reported as kept. Runs inside a transaction. Raises LibraryError with every
    fault of every entry.
    """
    # Locked until the load is through: what an editor saves meanwhile would be written over.
    known = {getattr(row, key): row for row in model.objects.select_for_update()}
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for item in items:
        name = str(item.data[key])
        if name in seen:
            faults.append(item.fault(f"{name} stands in line {seen[name]} already"))
            continue
        seen[name] = item.line
        try:
            values = _typed(model, adapt(item.data))
            known[name] = _sync_one(model, known.get(name), values, name, report)
        except ValidationError as error:
            faults += [item.fault(f"{name}: {message}") for message in _messages(error)]
        except ValueError as error:
            faults.append(item.fault(f"{name}: {error}"))
    if faults:
        raise LibraryError(faults)
    return known


def _sync_one(model: Any, row: Any, values: dict[str, Any], name: str, report: Report) -> Any:
    label = f"{model._meta.verbose_name} {name}"
    wanted = digest(_plain(values))
    if row is None:
        row = model(**values, library_digest=wanted)
        report.created.append(label)
    elif row.library_digest == wanted:
        report.unchanged.append(label)
        return row
    elif digest(_plain({field: getattr(row, field) for field in values})) != row.library_digest:
        report.kept.append(label)
        return row
    else:
        for field_name, value in values.items():
            setattr(row, field_name, value)
        row.library_digest = wanted
        report.updated.append(label)
    row.full_clean()
    row.save()
    return row


def _typed(model: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values in the types of the fields, as the database will give them back.

    YAML reads `as_of: 2026` as a number; a digest of it would never match the row again. Raises
    ValidationError, by field, for a value of the wrong type.
    """
    typed, wrong = {}, {}
    for name, value in values.items():
        column = model._meta.get_field(name)
        try:
            typed[name] = value if column.is_relation else column.to_python(value)
        except ValidationError as error:
            wrong[name] = error
    if wrong:
        raise ValidationError(wrong)
    return typed


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Replace related rows by their keys, so that a digest holds values only."""
    return {name: getattr(value, "slug", value) for name, value in values.items()}


def _messages(error: ValidationError) -> list[str]:
    if hasattr(error, "error_dict"):
        return [
            f"{name}: {text}" if name != "__all__" else text
            for name, texts in error.message_dict.items()
            for text in texts
        ]
    return list(error.messages)
