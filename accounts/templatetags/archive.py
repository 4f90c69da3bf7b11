"""How the values of the archive read: moments as dates, lists as lists, empty ones said so."""

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)")
NOTHING = format_html('<span class="none">{}</span>', "nothing")


@register.filter
def label(key: str) -> str:
    """Return a key as words: "written_at" reads "Written at"."""
    words = str(key).replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def is_blank(item: Any) -> bool:
    """Return whether there is nothing; 0 and "no" are something."""
    return item is None or (isinstance(item, str | list | tuple | dict) and not item)


@register.filter
def filled(row: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return what a row says something under."""
    return [(key, item) for key, item in row.items() if not is_blank(item)]


@register.filter
def blank(row: dict[str, Any]) -> list[str]:
    """Return what a row says nothing under: that nothing is there is part of the answer."""
    return [key for key, item in row.items() if is_blank(item)]


@register.filter
def value(item: Any) -> SafeString:
    """Return a value as HTML; whatever people wrote is escaped."""
    if is_blank(item):
        return NOTHING
    if isinstance(item, bool):
        return format_html("{}", "yes" if item else "no")
    if isinstance(item, str) and MOMENT.fullmatch(item):
        item = parse_datetime(item) or item
    if isinstance(item, datetime):
        return _moment(item)
    if isinstance(item, date):
        return format_html('<time datetime="{}">{}</time>', item, format_date(item, "j F Y"))
    if isinstance(item, dict):
        return format_html("<dl>{}</dl>", _pairs(item))
    if isinstance(item, list | tuple):
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", _each(item)))
    text = str(item)
    if "\n" in text.strip():
        return format_html('<div class="text">{}</div>', text)
    return format_html("{}", text)


def _moment(item: datetime) -> SafeString:
    at = item.astimezone(timezone.get_default_timezone())
    words = format_date(at, "j F Y, H:i")
    return format_html('<time datetime="{}">{} UTC</time>', at.isoformat(timespec="seconds"), words)


def _pairs(item: dict) -> SafeString:
    pairs = ((label(key), value(inner)) for key, inner in item.items())
    return format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", pairs)


def _each(items: list | tuple) -> list[tuple[SafeString]]:
    return [(value(inner),) for inner in items]
