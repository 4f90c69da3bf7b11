"""Files of comments, for tests: written, brought in, and written out again by the commands."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from comments.importing.content_files import _bytes_of


def export(folder: Path) -> str:
    """Write the comments of the site as files and return the report."""
    out = StringIO()
    call_command("export_comments", "--folder", str(folder), stdout=out)
    return out.getvalue()


def load(folder: Path, *options: str) -> str:
    """Bring comments in from files and return the report."""
    out = StringIO()
    call_command("import_comments", "--folder", str(folder), *options, stdout=out)
    return out.getvalue()


def entry(**fields: object) -> dict:
    """Return one comment as a file holds it."""
    return {
        "key": "a-key",
        "number": 1,
        "name": "Gus Guest",
        "date": "2024-05-04T10:30:00+00:00",
        "text": "A thought.",
        **fields,
    }


def write(folder: Path, *some: dict, name: str = "a-guide.yaml") -> Path:
    """Write a file of comments and return its folder."""
    (folder / name).write_bytes(_bytes_of(list(some)))
    return folder
