"""Time zones: what people may choose, in words, and the one to show a person's own pages in."""

import zoneinfo
from collections import defaultdict
from functools import cache
from pathlib import Path

from django.utils import timezone

from accounts.models import User
from accounts.models.user import time_zones

UTC = zoneinfo.ZoneInfo("UTC")
REGIONS = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
]

Choice = tuple[str, str]


def choices(current: str = "") -> list[Choice | tuple[str, list[Choice]]]:
    """Return the zones for a list to choose from, by region; UTC first, then `current` if rare."""
    regions: dict[str, list[Choice]] = defaultdict(list)
    names = without_aliases()
    for name in names:
        region, _, place = name.partition("/")
        if region in REGIONS:
            regions[region].append((name, place.replace("_", " ")))
    first: list[Choice] = [("UTC", "UTC (Coordinated Universal Time)")]
    if current and not (current in names and current.partition("/")[0] in {"UTC", *REGIONS}):
        first.append((current, current))
    return [*first, *((region, regions[region]) for region in REGIONS if regions[region])]


@cache
def without_aliases() -> list[str]:
    """Return the zones that places have today, without the older names of the same places.

    Read from the table that comes with the zones; where a machine has none, all names are there.
    """
    every = time_zones()
    for folder in zoneinfo.TZPATH:
        table = Path(folder) / "zone.tab"
        if table.is_file():
            lines = table.read_text(encoding="utf-8").splitlines()
            named = {line.split("\t")[2] for line in lines if line.count("\t") >= 2}
            return ["UTC", *(name for name in every if name in named)]
    return every


def zone_of(user: User) -> zoneinfo.ZoneInfo:
    """Return a person's zone; UTC where this machine does not know it."""
    try:
        return zoneinfo.ZoneInfo(user.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def time_there(user: User) -> str:
    """Return the time in a person's zone now, so that the choice can be checked at a glance."""
    return f"{timezone.now().astimezone(zone_of(user)):%H:%M}"
