"""Moments in words, in the time zone that is active, and never without its name."""

from datetime import datetime

from django.utils import dateformat, timezone

SHORT = "j M Y, H:i"
LONG = "j F Y, H:i"


def in_words(at: datetime, pattern: str = SHORT) -> str:
    """Return a moment in the active time zone, followed by the short name of that zone."""
    return dateformat.format(timezone.localtime(at), f"{pattern} T")
