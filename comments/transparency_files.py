"""The public figures of moderation to take away: the same as on the page, as CSV and JSON.

Each row of the CSV carries its definition, its period and the licence, so that it stays citable
when it is cut out of its file.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from comments.counting import FEWEST, Waits
from comments.house_rules import HOUSE_RULES
from comments.states import Reason
from comments.transparency import DEFINITIONS, Figures
from salaries.edition_files import csv_text

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
COLUMNS = (
    *("table", "key", "label", "part_of", "definition", "first_day", "last_day", "value", "unit"),
    *("counted_at", "log_begins", "licence", "attribution", "source"),
)
HELD = "Comments that were put before a moderator for this reason."
REJECTED = (
    "Comments that a moderator rejected or removed for this reason. Given only where at least "
    f"{FEWEST} were rejected in the twelve months."
)
WAITS = (
    "The median: half of the cases took less. From the moment when a comment had arrived and its "
    "writer had confirmed it, an appeal was made, or a notice was sent, to the first decision of "
    f"a moderator. Given only for at least {FEWEST} cases."
)
PROGRAMS = {
    "held": "Comments that this kind of program put before a moderator.",
    "decided": "Those of them that a moderator has decided about.",
    "approved": (
        "Those of the decided that a moderator approved, so where the program was wrong. Given "
        f"only where at least {FEWEST} were decided."
    ),
}
WAITING = "Comments that wait for a moderator at the moment of counting."


def as_json(found: Figures) -> dict[str, Any]:
    """Return the figures with what they mean, for a JSON file."""
    return {
        **_facts(found),
        "spans": [
            {"first_day": _day(span.start), "last_day": _day(span.last_day)} for span in found.spans
        ],
        "fewest": FEWEST,
        "decisions": [
            {
                "key": line.key,
                "label": line.label,
                "part_of": part_of,
                "definition": DEFINITIONS[line.key],
                "counts": line.counts,
                "total": line.total,
            }
            for line, part_of in _lines(found)
        ],
        **_groups(found),
        "waiting_now": {
            "definition": WAITING,
            "count": found.waiting,
            "since": _moment(found.waiting_since),
        },
    }


def _groups(found: Figures) -> dict[str, Any]:
    """Return what stands around the table of the page: reasons, waiting times, programs."""
    return {
        "held": {
            "definition": HELD,
            "reasons": [_reason(reason, count) for reason, count in found.held],
        },
        "rejected": {
            "definition": REJECTED,
            "reasons": [_reason(reason, count) for reason, count in _rejected(found)],
        },
        "waits": {
            "definition": WAITS,
            "kinds": [
                {"key": key, "count": waits.count, "median_seconds": _seconds(waits)}
                for key, waits in _waits(found)
            ],
        },
        "programs": {
            "definitions": PROGRAMS,
            "kinds": [
                {"key": reason.value, "label": str(reason.label), **counts}
                for reason, counts in _programs(found)
            ],
        },
    }


def as_json_text(found: Figures) -> str:
    """Return the JSON file."""
    return json.dumps(as_json(found), ensure_ascii=False, indent=1) + "\n"


def as_csv(found: Figures) -> str:
    """Return the CSV file: one number a row, empty where too few were counted."""
    facts = _facts(found)
    tail = tuple(facts[name] for name in COLUMNS[-5:])
    return csv_text([COLUMNS, *((*row, *tail) for row in _rows(found))])


def _rows(found: Figures) -> Iterator[tuple[object, ...]]:
    """Return the rows up to their unit."""
    whole = (_day(found.spans[0].start), _day(found.spans[-1].last_day))
    for line, part_of in _lines(found):
        head = ("decisions", line.key, line.label, part_of, DEFINITIONS[line.key])
        for span, count in zip(found.spans, line.counts, strict=True):
            yield (*head, _day(span.start), _day(span.last_day), count, "count")
        yield (*head, *whole, line.total, "count")
    for reason, count in found.held:
        yield ("held", reason.value, reason.label, "held", HELD, *whole, count, "comments")
    for reason, count in _rejected(found):
        yield (
            "rejected",
            reason.value,
            reason.label,
            "rejected",
            REJECTED,
            *whole,
            count,
            "comments",
        )
    for key, waits in _waits(found):
        label = f"{key.capitalize()} until the first decision"
        yield ("waits", key, label, "", WAITS, *whole, _seconds(waits), "seconds")
        yield ("waits", key, label, "", WAITS, *whole, waits.count, "cases")
    for reason, counts in _programs(found):
        for name, count in counts.items():
            key = f"{reason.value}: {name}"
            yield ("programs", key, reason.label, "", PROGRAMS[name], *whole, count, "comments")
    day = _day(found.counted_at)
    yield ("now", "waiting", "Waiting now", "", WAITING, day, day, found.waiting, "comments")


def _facts(found: Figures) -> dict[str, Any]:
    """Return what must be said of the figures wherever they go."""
    return {
        "about": "How comments are moderated, counted over twelve months up to and with this one.",
        "counted_at": _moment(found.counted_at),
        "log_begins": None if found.begins is None else _day(found.begins),
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "attribution": settings.SITE_NAME,
        "source": settings.SITE_URL + reverse("comments:transparency"),
    }


def _lines(found: Figures) -> Iterator[tuple[Any, str]]:
    """Return the lines of the page, each with the key of the line of which it is a part."""
    whole = ""
    for line in found.lines:
        whole = whole if line.is_part else line.key
        yield line, whole if line.is_part else ""


def _rejected(found: Figures) -> list[tuple[Reason, int]]:
    if not found.rejected:
        return []
    return [(Reason(rule.reason), found.rejected.get(rule.reason, 0)) for rule in HOUSE_RULES]


def _waits(found: Figures) -> list[tuple[str, Waits]]:
    return [
        ("comments", found.first_decision),
        ("appeals", found.appeals),
        ("notices", found.notices),
    ]


def _programs(found: Figures) -> Iterator[tuple[Reason, dict[str, int | None]]]:
    """Return, for each kind of program, what the page says of it and no more."""
    for one in found.programs:
        decided, approved = (one.decided, one.approved) if one.is_telling else (None, None)
        yield one.reason, {"held": one.held, "decided": decided, "approved": approved}


def _reason(reason: Reason, count: int) -> dict[str, Any]:
    return {"key": reason.value, "label": str(reason.label), "count": count}


def _seconds(waits: Waits) -> int | None:
    return None if waits.middle is None else round(waits.middle.total_seconds())


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d}"


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
