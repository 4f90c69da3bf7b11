"""Looks through every column of every table for one person, and knows nothing of models.

The person has a number that nothing else has, so that it can be looked for in columns of any kind:
as a foreign key, in the number of an object that a log names, inside text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils.http import int_to_base36

NUMBER = 918_273_645
SESSIONS = "django_session"


@dataclass(frozen=True)
class Hit:
    """A row that mentions the person."""

    table: str
    column: str
    found: str
    row: dict[str, Any] = field(hash=False, compare=False)

    def __str__(self) -> str:
        return f"{self.table}.{self.column} holds {self.found}"


def number_the_next_user() -> None:
    """Have the next account get the number that is looked for."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'accounts_user'")
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES ('accounts_user', %s)",
                [NUMBER - 1],
            )
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('accounts_user', 'id'), %s)", [NUMBER - 1]
            )


def tables() -> list[str]:
    """Return the names of all tables."""
    with connection.cursor() as cursor:
        return sorted(connection.introspection.table_names(cursor))


def rows(table: str) -> Iterator[dict[str, Any]]:
    """Yield all rows of a table as the database has them; sessions are read."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        names = [column[0] for column in cursor.description]
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            if table == SESSIONS:
                row["session_data"] = repr(SessionStore().decode(row["session_data"]))
            yield row


def hits(words: list[str]) -> list[Hit]:
    """Return every row that holds the person's number or one of the words, in any case."""
    numbers = rf"(?<![\w]){NUMBER}(?![\w])|'{int_to_base36(NUMBER)}'"
    pattern = re.compile("|".join([numbers, *map(re.escape, words)]), re.IGNORECASE)
    found = []
    for table in tables():
        for row in rows(table):
            for column, value in row.items():
                if hit := pattern.search(_as_text(value)):
                    found.append(Hit(table, column, hit[0], row))
    return found


def marks(row: dict[str, Any], words: list[str]) -> set[str]:
    """Return by what a row can be known again in the archive: its moments, and words of its own."""
    own: set[str] = set()
    for value in row.values():
        if moment := _moment(value):
            own.add(moment)
        elif isinstance(value, str) and len(value) > 5 and value.lower() not in words:
            own.add(value)
    return own


def _moment(value: Any) -> str:
    """Return a moment as the archive writes it, to the millisecond; empty for anything else."""
    text = value.isoformat(sep="T") if isinstance(value, datetime) else str(value)
    if isinstance(value, date | str | datetime) and re.match(r"\d{4}-\d\d-\d\d[ T]\d\d:", text):
        return text.replace(" ", "T")[:23]
    return ""


def _as_text(value: Any) -> str:
    """Return a value with what JSON and HTML hide undone."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return text.replace("&#x27;", "'").replace("\\u00e9", "é")
