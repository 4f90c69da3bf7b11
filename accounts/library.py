"""The texts in `content/policies/`: terms, privacy, community rules, as a fresh site begins.

What is published stays, so a file never changes a version. It brings the next one, with a number of
its own, as long as the version before came from the library too; where whoever runs the site wrote
their own at the desk, theirs is kept.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Document, DocumentVersion
from accounts.terms import documents
from core.frontmatter import FrontMatterError, split
from core.library import Fault, LibraryError, Report, digest, read_text
from core.markup import MarkupError

FOLDER = "policies"
KINDS: dict[str, type] = {"number": int, "in_force_from": date, "is_notable": bool, "change": str}
# Of the privacy text alone: a fingerprint of the table it was written for. A test compares it.
TABLE = "table"


@dataclass(frozen=True)
class PolicyFile:
    """One document as its file has it."""

    path: str
    document: Document
    head: dict[str, Any]
    text: str
    body_line: int

    @property
    def label(self) -> str:
        """Return how a report names it."""
        return f"{self.document}, version {self.head['number']}"

    def digest(self) -> str:
        """Return a fingerprint of what people read."""
        return digest({"text": self.text, **{key: self.head[key] for key in KINDS}})

    def fault(self, message: str, line: int = 1) -> Fault:
        """Return a fault in this file."""
        return Fault(self.path, line, message)


def load(root: Path, report: Report) -> None:
    """Publish what is new in the files. A library without the folder has no such texts.

    Raises LibraryError with every fault found; the caller undoes the transaction.
    """
    if not (root / FOLDER).is_dir():
        return
    faults: list[Fault] = []
    for document in Document:
        try:
            _load_one(read(root, document), report)
        except LibraryError as error:
            faults += error.faults
    if faults:
        raise LibraryError(faults)


def read(root: Path, document: Document) -> PolicyFile:
    """Return the file of a document. Raises LibraryError with every fault of its head."""
    name = f"{FOLDER}/{document}.md"
    try:
        head, text, body_line = split(read_text(root / name, name))
    except FrontMatterError as error:
        raise LibraryError([Fault(name, error.line, error.message)]) from error
    known = {*KINDS, TABLE} if document == Document.PRIVACY else set(KINDS)
    problems = [f"unknown: {key}" for key in sorted(head.keys() - known)]
    for key, kind in KINDS.items():
        if key not in head:
            problems.append(f"missing: {key}")
        elif type(head[key]) is not kind:
            problems.append(f"{key} must be a {kind.__name__}")
    if problems:
        raise LibraryError([Fault(name, 1, problem) for problem in problems])
    above = len(text) - len(text.lstrip("\n"))
    return PolicyFile(name, document, head, text.strip() + "\n", body_line + above)


def _load_one(file: PolicyFile, report: Report) -> None:
    """Publish a file if it brings the next version."""
    latest = DocumentVersion.objects.of(file.document).first()
    if latest is not None:
        if latest.library_digest == file.digest():
            report.unchanged.append(file.label)
            return
        if not latest.library_digest:
            report.kept.append(file.label)
            return
        if file.head["number"] <= latest.number:
            raise LibraryError([file.fault(_needs_a_number(latest))])
    _publish(file, report)


def _needs_a_number(latest: DocumentVersion) -> str:
    return (
        f"version {latest.number} is published with other words and stays as it is; "
        f"give this text a number from {latest.number + 1} on"
    )


def _publish(file: PolicyFile, report: Report) -> None:
    """Store a file as a version: from its day on, or from today where that day has passed."""
    head = file.head
    try:
        documents.publish(
            file.document,
            text=file.text,
            change=head["change"],
            is_notable=head["is_notable"],
            in_force_from=max(head["in_force_from"], timezone.now().date()),
            number=head["number"],
            library_digest=file.digest(),
            first_line=file.body_line,
        )
    except MarkupError as error:
        faults = [file.fault(one.message, one.line or 1) for one in error.problems]
        raise LibraryError(faults) from error
    except ValidationError as error:
        raise LibraryError([file.fault(text) for text in error.messages]) from error
    report.created.append(file.label)
